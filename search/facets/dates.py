"""The date facet: how many of the found articles are of each day, month or year, before all."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from search.facets.histogram import INTERVALS, Histogram, told_apart
from search.request import Request
from search.snapshot import Snapshot

_FINEST_FIRST = tuple(INTERVALS)


def date_facet(
    snapshot: Snapshot, request: Request, found: np.ndarray, inside: np.ndarray
) -> dict[str, Any]:
    """The facet as the API gives it: of ``found``, which the request's dates do not narrow, and
    as ``closer`` of those ``inside`` its dates, where they are few enough for a finer interval;
    docids (n,) each. Where hits are folded, a story counts once in each interval in which it was
    published, so that as many are found there. ``auto`` is the interval that is taken where none
    is asked for, ``intervals`` are those that it makes sense to ask for."""

    def counted(docids: np.ndarray, interval: str = "auto") -> Histogram:
        repeated = snapshot.reprints.told_again(docids) if request.folded else None
        return snapshot.calendar.histogram(docids, interval, repeated)

    whole = counted(found)
    auto = request.interval == "auto"
    bars = whole if auto else counted(found, request.interval)
    answer = _rows(snapshot, request, bars)
    answer |= {"auto": whole.interval, "intervals": told_apart(whole), "closer": None}
    if auto and (request.date_from or request.date_to):
        within = counted(inside)
        if within.starts and _finer(within.interval, bars.interval):
            answer["closer"] = _rows(snapshot, request, within)
    return answer


def _finer(one: str, other: str) -> bool:
    return _FINEST_FIRST.index(one) < _FINEST_FIRST.index(other)


def _rows(snapshot: Snapshot, request: Request, bars: Histogram) -> dict[str, Any]:
    return {
        "interval": bars.interval,
        "coarse": bars.coarse,
        "missing": bars.missing,
        "values": beside_all(snapshot, bars, request.folded),
    }


def beside_all(snapshot: Snapshot, bars: Histogram, stories: bool = False) -> Sequence[dict]:
    """The bars of a histogram, each with ``all``: how many articles (or stories) of its dates the
    whole archive holds."""
    everything = snapshot.whole(bars.interval, stories)
    return [
        {"start": start, "count": count, "all": everything.get(start, 0)}
        for start, count in zip(bars.starts, bars.counts)
    ]

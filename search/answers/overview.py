"""The overview: what an archive holds, month by month, and who is named in it of late."""

from collections import Counter
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from index.dates import days, spanning
from index.schema import NO_DATE
from search.answers.examples import live_examples
from search.facets.columns import FacetColumn
from search.facets.histogram import units
from search.facets.values import EntityCounts, entity_reference
from search.snapshot import Snapshot

MOST_NAMED = 8
"""Persons, and organizations, of the last month that are listed."""

MOST_SOURCES = 10
"""Sources whose months are counted, those with the most articles."""

MONTHS = 12
LONGEST_MONTH = 31
YEAR_0 = 1970
"""Where NumPy counts years and months from."""

_known: WeakKeyDictionary[Snapshot, dict[str, Any]] = WeakKeyDictionary()
"""The overviews of the snapshots that are open: each reader begins with it."""


def overview_answer(snapshot: Snapshot) -> dict[str, Any]:
    """What the start page tells: ``named``, who is in the articles of the archive's last month
    and how often, against the month before; ``calendar``, the articles of each month, of the
    archive and of its main sources; ``examples``, queries that find something."""
    if snapshot not in _known:
        _known[snapshot] = _overview(snapshot)
    return _known[snapshot]


def _overview(snapshot: Snapshot) -> dict[str, Any]:
    alive = snapshot.everything
    return {
        "named": _named(snapshot, alive),
        "calendar": _calendar(snapshot, alive),
        "examples": live_examples(snapshot),
    }


def _named(snapshot: Snapshot, alive: np.ndarray) -> dict[str, Any] | None:
    """Who is named in the last month, or None where nobody is, or no article has so precise a
    date."""
    first, last = snapshot.first_days[alive], snapshot.last_days[alive]
    fine = _has_month(first, last)
    if not fine.any():
        return None
    end = int(first[fine].max())
    month = spanning(end, end)[: len("2022-08")]
    before_end = days(month)[0] - 1
    before = spanning(before_end, before_end)[: len("2022-08")] if before_end > 0 else None
    found = [
        alive[(first >= days(m)[0]) & (last <= days(m)[1])] if m else alive[:0]
        for m in (month, before)
    ]
    persons = _ranked(snapshot.column("person"), *found)
    organizations = _ranked(snapshot.column("org"), *found)
    if not persons and not organizations:
        return None
    return {
        "month": month,
        "before": before,
        "articles": len(found[0]),
        "articles_before": len(found[1]),
        "persons": persons,
        "organizations": organizations,
    }


def _ranked(column: FacetColumn, now: np.ndarray, before: np.ndarray) -> list[dict[str, Any]]:
    counts, earlier = EntityCounts(column, now), EntityCounts(column, before)
    return [
        entity_reference(column, n) | {"count": counts[n], "before": earlier[n]}
        for n in counts.commonest(MOST_NAMED)
    ]


def _calendar(snapshot: Snapshot, alive: np.ndarray) -> dict[str, Any]:
    """By source (None: the whole archive) the years that have articles, a year as 12 months (None
    before the first article and after the last), those without a month (``coarse``), and all;
    ``gaps`` are months without an article between others."""
    column = snapshot.column("source")
    counts = EntityCounts(column, alive)
    main = counts.commonest(MOST_SOURCES)
    rows = [{"source": None, **_years(snapshot, alive)}]
    if counts.total > 1:
        rows += [
            {"source": column.entities.name(n), **_years(snapshot, column.documents(n))}
            for n in main
        ]
    return {"sources": counts.total, "rows": rows}


def _years(snapshot: Snapshot, docids: np.ndarray) -> dict[str, Any]:
    first, last = snapshot.first_days[docids], snapshot.last_days[docids]
    fine = _has_month(first, last)
    months = units("month", first, last)[fine] + YEAR_0 * MONTHS
    coarse = Counter((units("year", first, last)[(first != NO_DATE) & ~fine] + YEAR_0).tolist())
    counted = Counter(months.tolist())
    span = range(int(months.min()), int(months.max()) + 1) if len(months) else range(0)
    return {
        "articles": len(docids),
        "undated": int((first == NO_DATE).sum()),
        "gaps": len(span) - len(counted),
        "years": [
            {
                "year": year,
                "months": [
                    counted[month] if month in span else None
                    for month in range(year * MONTHS, (year + 1) * MONTHS)
                ],
                "coarse": coarse[year],
                "articles": sum(counted[year * MONTHS + month] for month in range(MONTHS))
                + coarse[year],
            }
            for year in sorted({month // MONTHS for month in counted} | coarse.keys())
        ],
    }


def _has_month(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Which dates are a day or a month, by their first and last days."""
    return (first != NO_DATE) & (last - first < LONGEST_MONTH)

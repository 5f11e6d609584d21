"""Comparison: how often several persons, organizations or queries come up, on one time line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.answers.export.spreadsheet import table_lines
from search.answers.search import found
from search.facets.histogram import Histogram, told_apart
from search.facets.selection import Filter
from search.parameters import PARAMETERS, ParameterError, choice, unknown
from search.query.notes import warnings
from search.query.parser import parse
from search.request import Request
from search.snapshot import Snapshot

FIELDS = ("person", "org", "q")
"""What can be compared, each by the search parameter that finds it."""

MOST_COMPARED = 5
FORMATS = choice("json", "csv")

_OTHERS = ("from", "to", "interval")


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things that are compared: a value of one of the FIELDS, and the search for it
    within the dates of the comparison."""

    field: str
    value: str
    request: Request


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, in a range of dates, by day, month or year."""

    items: tuple[Item, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    interval: str = "auto"

    @classmethod
    def from_params(cls, pairs: Iterable[tuple[str, str]]) -> Comparison:
        """The comparison that parameters of the API describe; empty ones count as not given, and
        a thing that is given twice counts once.

        Raises ParameterError for one that is unknown, cannot be understood or is too many.
        """
        given: list[tuple[str, str]] = []
        dates: list[tuple[str, str]] = []
        interval = "auto"
        for name, value in pairs:
            value = value.encode(errors="replace").decode().strip()
            if name not in (*FIELDS, *_OTHERS):
                raise unknown(name, value, (*FIELDS, *_OTHERS))
            if value and name == "interval":
                interval = PARAMETERS["interval"].kind.read(name, value)
            elif value:
                (given if name in FIELDS else dates).append((name, value))
        given = sorted(dict.fromkeys(given), key=lambda pair: FIELDS.index(pair[0]))
        if len(given) > MOST_COMPARED:
            name, value = given[MOST_COMPARED]
            message = f"at most {MOST_COMPARED} things are compared, found {len(given)}"
            raise ParameterError(name, value, "most", message, most=MOST_COMPARED)
        dated = Request.from_params(dates)
        items = tuple(Item(n, v, Request.from_params([(n, v), *dates])) for n, v in given)
        return cls(items, dated.date_from, dated.date_to, interval)

    def to_params(self) -> list[tuple[str, str]]:
        """The parameters that describe the comparison, those with their default left out."""
        pairs = [(item.field, item.value) for item in self.items]
        pairs += [("from", self.date_from)] if self.date_from else []
        pairs += [("to", self.date_to)] if self.date_to else []
        return pairs + ([("interval", self.interval)] if self.interval != "auto" else [])

    def within(self, start: str) -> tuple[str, str]:
        """The first and the last partial date of an interval, by its start, as far as it lies
        within the dates of the comparison."""
        ends = self.date_from or start, self.date_to or start
        first, last = (end if end.startswith(start) else start for end in ends)
        return first, last


def comparison_answer(snapshot: Snapshot, asked: Comparison) -> dict[str, Any]:
    """The answer of ``GET /api/v1/compare``: every item with its number of articles, those of
    each interval beside all articles of the archive in it, and how many two items share. ``auto``
    and ``intervals`` are those of the date facet."""
    left = [Filter(snapshot, item.request) for item in asked.items]
    docids = [found(snapshot, item.request, f) for item, f in zip(asked.items, left)]
    held = _held(snapshot.n_docs, docids)
    dated = np.flatnonzero(held.any(axis=0))
    auto = snapshot.calendar.histogram(dated)
    whole = snapshot.calendar.histogram(dated, asked.interval)
    bars = [snapshot.calendar.histogram(one, whole.interval) for one in docids]
    return {
        "generation": snapshot.generation,
        "interval": whole.interval,
        "auto": auto.interval,
        "intervals": told_apart(auto),
        "items": [
            _item(snapshot, item, f)
            | {"articles": len(one), "coarse": bar.coarse, "missing": bar.missing}
            for item, f, one, bar in zip(asked.items, left, docids, bars)
        ],
        "values": list(_values(snapshot, asked, whole, bars)),
        "together": [[int(row[one].sum()) for one in docids] for row in held],
    }


def comparison_csv(answer: dict[str, Any]) -> str:
    """A comparison as CSV: a line of names, then one of numbers for each interval."""
    names = [item["name"] for item in answer["items"]]
    numbers = [[value["start"], *value["counts"], value["total"]] for value in answer["values"]]
    return "".join(table_lines([answer["interval"], *names, "all"], numbers))


def _item(snapshot: Snapshot, item: Item, left: Filter) -> dict[str, Any]:
    described = {"field": item.field, "value": item.value, "id": None, "name": item.value}
    if item.field != "q":
        entities = snapshot.column(item.field).entities
        ordinals = left.chosen[item.field].values[item.value]
        if len(ordinals) == 1:
            described |= {"id": entities.id(ordinals[0]), "name": entities.name(ordinals[0])}
    return described | {"warnings": warnings(snapshot, parse(item.request.q), left)}


def _values(
    snapshot: Snapshot, asked: Comparison, whole: Histogram, bars: list[Histogram]
) -> Iterator[dict[str, Any]]:
    if not whole.starts:
        return
    first, last = asked.within(whole.starts[0])[0], asked.within(whole.starts[-1])[1]
    span = Request(date_from=first, date_to=last)
    everything = found(snapshot, span, Filter(snapshot, span))
    bars = [*bars, snapshot.calendar.histogram(everything, whole.interval)]
    counts = [dict(zip(bar.starts, bar.counts)) for bar in bars]
    for start in whole.starts:
        *of_items, total = (count.get(start, 0) for count in counts)
        yield {"start": start, "total": total, "counts": of_items}


def _held(n_docs: int, docids: list[np.ndarray]) -> np.ndarray:
    """Which documents each item has, (n_items, n_docs) bool."""
    held = np.zeros((len(docids), n_docs), bool)
    for row, one in zip(held, docids):
        row[one] = True
    return held

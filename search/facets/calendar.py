"""The calendar: the dates of all documents, as the few different spans of days that they are."""

import numpy as np

from index.segment.arrays import distinct
from search.facets.counting import Held, ValueColumn, told_again
from search.facets.histogram import INTERVALS, Histogram, by_start, counted, fitting, units

_SPAN = 1 << 32

Repeated = tuple[np.ndarray, np.ndarray]


def held_spans(first_days: np.ndarray, last_days: np.ndarray) -> tuple[np.ndarray, Held]:
    """The different spans of days that dates are, each one number, and which each document has:
    ``first_days`` and ``last_days`` (n_docs,), ordinals of days."""
    one_day = first_days == last_days
    longer = np.flatnonzero(~one_day)
    longer_spans = first_days[longer].astype(np.int64) * _SPAN + last_days[longer]
    held = np.zeros(int(first_days.max(initial=0)) + 1, bool)
    held[first_days[one_day]] = True
    days = np.flatnonzero(held)
    spans = distinct(np.concatenate((days * (_SPAN + 1), longer_spans)))
    number_of = np.zeros(len(held), np.int32)
    number_of[days] = np.searchsorted(spans, days * (_SPAN + 1))
    numbers = number_of.take(first_days)
    numbers[longer] = np.searchsorted(spans, longer_spans)
    counts = np.bincount(numbers, minlength=len(spans))
    return spans, Held(np.ones(len(numbers), np.uint8), numbers, counts)


class Calendar:
    """The dates of documents: ``spans`` as ``held_spans`` finds them, ``column`` who has which,
    and ``ordinals`` (n_docs,) the one that each has."""

    def __init__(self, spans: np.ndarray, column: ValueColumn, ordinals: np.ndarray):
        self._column, self._ordinals = column, ordinals
        self._first_days, self._last_days = np.divmod(spans[column.ordinal_of], _SPAN)
        self._fitting = {i for i in INTERVALS if self._fitted(i, slice(None)) == i}
        self._units: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def histogram(
        self, docids: np.ndarray, interval: str = "auto", repeated: Repeated | None = None
    ) -> Histogram:
        """How many of some documents are of each interval; see ``search.facets.histogram``.
        Those of one group count once for an interval that any of them is of: ``repeated`` are the
        documents that have others of their group among them, and their groups."""
        if interval not in self._fitting:
            found = self._column.counts(docids)
            held = np.flatnonzero(found.counts) if found.numbers is None else found.numbers
            interval = self._fitted(interval, held)
        return counted(interval, *self._in_units(docids, interval, repeated))

    def of_each(
        self, docids: np.ndarray, interval: str, repeated: Repeated | None = None
    ) -> dict[str, int]:
        """The same of each day, month or year that has any, by its start."""
        return by_start(interval, *self._in_units(docids, interval, repeated))

    def _fitted(self, interval: str, spans: np.ndarray | slice) -> str:
        return fitting(interval, self._first_days[spans], self._last_days[spans])

    def _in_units(
        self, docids: np.ndarray, interval: str, repeated: Repeated | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The units that some documents are of, ascending, and how many are of each."""
        units, places = self._units_of(interval)
        found = self._column.counts(docids)
        held = places if found.numbers is None else places.take(found.numbers)
        articles = np.bincount(held, found.counts, len(units)).astype(np.int64)
        if repeated:
            docids, groups = repeated
            places = places.take(self._column.number_of.take(self._ordinals.take(docids)))
            again = told_again(groups, places, len(units))
            articles -= np.bincount(again, minlength=len(units))
        left = np.flatnonzero(articles)
        return units[left], articles[left]

    def _units_of(self, interval: str) -> tuple[np.ndarray, np.ndarray]:
        """The different units of an interval that there are, and the place of each span's unit
        among them."""
        if interval not in self._units:
            of_spans = units(interval, self._first_days, self._last_days)
            self._units[interval] = np.unique(of_spans, return_inverse=True)
        return self._units[interval]

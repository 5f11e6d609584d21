"""The calendar: the dates of all documents, as the few different spans of days that they are."""

import numpy as np

from index.segment.arrays import distinct
from search.facets.counting import Held, ValueColumn, told_again
from search.facets.histogram import Histogram, by_start, counted, fitting, units

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
        self._units: dict[str, np.ndarray] = {}

    def histogram(
        self, docids: np.ndarray, interval: str = "auto", repeated: Repeated | None = None
    ) -> Histogram:
        """How many of some documents are of each interval; see ``search.facets.histogram``.
        Those of one group count once for an interval that any of them is of: ``repeated`` are the
        documents that have others of their group among them, and their groups."""
        held, articles = self._held(docids)
        interval = fitting(interval, self._first_days[held], self._last_days[held])
        return counted(interval, *self._in_units(interval, held, articles, repeated))

    def of_each(
        self, docids: np.ndarray, interval: str, repeated: Repeated | None = None
    ) -> dict[str, int]:
        """The same of each day, month or year that has any, by its start."""
        held, articles = self._held(docids)
        return by_start(interval, *self._in_units(interval, held, articles, repeated))

    def _in_units(
        self, interval: str, held: np.ndarray, articles: np.ndarray, repeated: Repeated | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The units of spans, and the articles of each; then the units that come again in a
        group, with one less."""
        units = self._units_of(interval)
        if repeated is None:
            return units[held], articles
        docids, groups = repeated
        different, place = np.unique(units, return_inverse=True)
        place = place[self._column.number_of[self._ordinals[docids]]]
        again = different[told_again(groups, place, len(different))]
        less = np.full(len(again), -1, articles.dtype)
        return np.concatenate((units[held], again)), np.concatenate((articles, less))

    def _held(self, docids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which spans some documents have, and how many of them have each."""
        found = self._column.counts(docids)
        if found.numbers is not None:
            return found.numbers, found.counts
        held = np.flatnonzero(found.counts)
        return held, found.counts[held]

    def _units_of(self, interval: str) -> np.ndarray:
        if interval not in self._units:
            self._units[interval] = units(interval, self._first_days, self._last_days)
        return self._units[interval]

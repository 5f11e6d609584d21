"""The calendar: the dates of all documents, as the few different spans of days that they are."""

from functools import cached_property

import numpy as np

from index.schema import NO_DATE
from search.counting import Held, ValueColumn
from search.histogram import Histogram, fitting, histogram, interval_numbers

_SPAN = 1 << 32


def held_spans(first_days: np.ndarray, last_days: np.ndarray) -> tuple[np.ndarray, Held]:
    """The different spans of days that dates are, each one number, and which each document has:
    ``first_days`` and ``last_days`` (n_docs,), ordinals of days."""
    spans, numbers = np.unique(
        first_days.astype(np.int64) * _SPAN + last_days, return_inverse=True
    )
    return spans, Held(np.arange(len(numbers)), numbers, len(spans))


class Calendar:
    """The dates of documents: ``spans`` as ``held_spans`` finds them, ``column`` who has which."""

    def __init__(self, spans: np.ndarray, column: ValueColumn):
        self._column = column
        self._first_days, self._last_days = np.divmod(spans[column.ordinal_of], _SPAN)
        self._intervals: dict[str, tuple[np.ndarray, tuple[str, ...]]] = {}

    def histogram(self, docids: np.ndarray, interval: str = "auto") -> Histogram:
        """How many of some documents are of each interval; see ``search.histogram``."""
        found = self._column.counts(docids)
        held = np.flatnonzero(found.counts) if found.numbers is None else found.numbers
        counts = found.counts[held] if found.numbers is None else found.counts
        if interval == "auto":
            dated = held[self._first_days[held] != NO_DATE]
            interval = fitting(self._first_days[dated], self._last_days[dated])
        units, labels = self._of(interval)
        articles = np.bincount(units[held], counts, len(labels) + 1).astype(np.int64)
        filled = np.flatnonzero(articles[1:])
        inside = slice(int(filled[0]), int(filled[-1]) + 1) if len(filled) else slice(0)
        return Histogram(
            interval, labels[inside], tuple(articles[1:][inside].tolist()), int(articles[0])
        )

    def _of(self, interval: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """The number of each span's interval from 1 on, 0 where it has none or is coarser,
        (n_spans,) int64, and the labels of the intervals."""
        if interval not in self._intervals:
            first, last = self._first_days, self._last_days
            fine, units = interval_numbers(first, last, interval)
            numbers = np.zeros(len(first), np.int64)
            numbers[fine] = units - (units.min() if len(units) else 0) + 1
            self._intervals[interval] = numbers, histogram(first, last, interval).starts
        return self._intervals[interval]

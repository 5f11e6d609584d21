"""The calendar: the dates of all documents, as the few different spans of days that they are."""

from functools import cached_property

import numpy as np

from index.schema import NO_DATE
from search.histogram import Histogram, fitting, histogram, interval_numbers

_SPAN = 1 << 32


class Calendar:
    """The dates of documents: ``first_days`` and ``last_days`` (n_docs,), the days that each
    date spans as ordinals."""

    def __init__(self, first_days: np.ndarray, last_days: np.ndarray):
        self.first_days, self.last_days = first_days, last_days
        spans = first_days.astype(np.int64) * _SPAN + last_days
        self._spans, self._numbers = np.unique(spans, return_inverse=True)
        self._span_days = np.divmod(self._spans, _SPAN)
        self._intervals: dict[str, tuple[np.ndarray, tuple[str, ...]]] = {}
        self._whole = np.bincount(self._numbers, minlength=len(self._spans))

    def _counts(self, docids: np.ndarray) -> np.ndarray:
        """How many of some documents have each of the different spans, (n_spans,) int64."""
        if len(docids) == len(self._numbers):
            return self._whole
        return np.bincount(self._numbers[docids], minlength=len(self._spans))

    def histogram(self, docids: np.ndarray, interval: str = "auto") -> Histogram:
        """How many of some documents are of each interval; see ``search.histogram``."""
        counts = self._counts(docids)
        first, last = self._span_days
        if interval == "auto":
            held = (counts > 0) & (first != NO_DATE)
            interval = fitting(first[held], last[held])
        units, labels = self._of(interval)
        articles = np.bincount(units, counts, len(labels) + 1).astype(np.int64)
        held = np.flatnonzero(articles[1:])
        inside = slice(int(held[0]), int(held[-1]) + 1) if len(held) else slice(0)
        return Histogram(
            interval, labels[inside], tuple(articles[1:][inside].tolist()), int(articles[0])
        )

    def _of(self, interval: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """The number of each span's interval from 1 on, 0 where it has none or is coarser,
        (n_spans,) int64, and the labels of the intervals."""
        if interval not in self._intervals:
            first, last = self._span_days
            whole = histogram(first, last, interval)
            fine, units = interval_numbers(first, last, interval)
            numbers = np.zeros(len(first), np.int64)
            numbers[fine] = units - (units.min() if len(units) else 0) + 1
            self._intervals[interval] = numbers, whole.starts
        return self._intervals[interval]

    @cached_property
    def newest_first(self) -> np.ndarray:
        """All documents by date, the newest first, undated ones last, (n_docs,) intp."""
        return np.argsort(-self.first_days.astype(np.int64), kind="stable")

"""The calendar: the dates of all documents, as the few different spans of days that they are."""

from functools import cached_property

import numpy as np

from search.histogram import Histogram, histogram

_SPAN = 1 << 32


class Calendar:
    """The dates of documents: ``first_days`` and ``last_days`` (n_docs,), the days that each
    date spans as ordinals."""

    def __init__(self, first_days: np.ndarray, last_days: np.ndarray):
        self.first_days, self.last_days = first_days, last_days
        spans, self._numbers = np.unique(
            first_days.astype(np.int64) * _SPAN + last_days, return_inverse=True
        )
        self._firsts, self._lasts = np.divmod(spans, _SPAN)
        self._whole = np.bincount(self._numbers, minlength=len(spans))

    def histogram(self, docids: np.ndarray, interval: str = "auto") -> Histogram:
        """How many of some documents are of each interval; see ``search.histogram``."""
        if len(docids) == len(self._numbers):
            articles = self._whole
        else:
            articles = np.bincount(self._numbers[docids], minlength=len(self._whole))
        held = articles > 0
        return histogram(self._firsts[held], self._lasts[held], interval, articles[held])

    @cached_property
    def newest_first(self) -> np.ndarray:
        """All documents by date, the newest first, undated ones last, (n_docs,) intp."""
        return np.argsort(-self.first_days.astype(np.int64), kind="stable")

"""The calendar: the dates of all documents, as the few different spans of days that they are."""

import numpy as np

from search.counting import Held, ValueColumn
from search.histogram import Histogram, counted, fitting, units

_SPAN = 1 << 32


def held_spans(first_days: np.ndarray, last_days: np.ndarray) -> tuple[np.ndarray, Held]:
    """The different spans of days that dates are, each one number, and which each document has:
    ``first_days`` and ``last_days`` (n_docs,), ordinals of days."""
    spans, numbers = np.unique(first_days.astype(np.int64) * _SPAN + last_days, return_inverse=True)
    documents = np.arange(len(numbers), dtype=np.int32)
    return spans, Held(documents, numbers.astype(np.int32), len(spans))


class Calendar:
    """The dates of documents: ``spans`` as ``held_spans`` finds them, ``column`` who has which."""

    def __init__(self, spans: np.ndarray, column: ValueColumn):
        self._column = column
        self._first_days, self._last_days = np.divmod(spans[column.ordinal_of], _SPAN)
        self._units: dict[str, np.ndarray] = {}

    def histogram(self, docids: np.ndarray, interval: str = "auto") -> Histogram:
        """How many of some documents are of each interval; see ``search.histogram``."""
        found = self._column.counts(docids)
        held = np.flatnonzero(found.counts) if found.numbers is None else found.numbers
        articles = found.counts[held] if found.numbers is None else found.counts
        interval = fitting(interval, self._first_days[held], self._last_days[held])
        if interval not in self._units:
            self._units[interval] = units(interval, self._first_days, self._last_days)
        return counted(interval, self._units[interval][held], articles)

"""Counting: how many documents hold each value of a column.

Values are numbered by how many documents of the whole index hold them, so that the commonest
among any documents are likely to have small numbers, and few are looked at to find them.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.segment.arrays import ranges, starts

FEW = 16
"""Documents with fewer values than one in FEW of all different ones are counted by sorting."""

PREFIX = 1024
"""Values that are looked at first for the commonest."""


@dataclass(frozen=True)
class Counts:
    """Counts of some documents: ``numbers`` (n,) ascending and their ``counts`` (n,) above 0, or,
    where ``numbers`` is None, the counts of all numbers, (n_values,), from the commonest on.
    ``missing`` documents hold no value."""

    numbers: np.ndarray | None
    counts: np.ndarray
    missing: int

    @cached_property
    def total(self) -> int:
        """How many different values there are."""
        return len(self.counts) if self.numbers is not None else int(np.count_nonzero(self.counts))

    def of(self, number: int) -> int:
        """The count of a value."""
        if self.numbers is None:
            return int(self.counts[number])
        place = int(np.searchsorted(self.numbers, number))
        held = place < len(self.numbers) and self.numbers[place] == number
        return int(self.counts[place]) if held else 0


class ValueColumn:
    """The values of each document: ``docids`` and ``ordinals`` (n_held,), docids ascending, a
    value once a document; ``n_values`` different ones."""

    def __init__(self, docids: np.ndarray, ordinals: np.ndarray, n_docs: int, n_values: int):
        held = np.bincount(ordinals, minlength=n_values)
        self.ordinal_of = np.argsort(-held, kind="stable")
        self.number_of = np.empty(n_values, np.intp)
        self.number_of[self.ordinal_of] = np.arange(n_values)
        self._n_docs = n_docs
        self._numbers = self.number_of[ordinals].astype(np.uint32)
        self._lengths = np.bincount(docids, minlength=n_docs)
        self._starts = starts(self._lengths)
        self.empty = self._lengths == 0
        self._whole = Counts(None, held[self.ordinal_of], int(np.count_nonzero(self.empty)))

    def counts(self, docids: np.ndarray) -> Counts:
        """The counts of some documents, (n,) ascending and distinct."""
        if len(docids) == self._n_docs:
            return self._whole
        if 2 * len(docids) > self._n_docs:
            left = np.ones(self._n_docs, bool)
            left[docids] = False
            others = self._counted(np.flatnonzero(left))
            missing = self._whole.missing - others.missing
            return Counts(None, self._whole.counts - self._all(others), missing)
        return self._counted(docids)

    def _counted(self, docids: np.ndarray) -> Counts:
        lengths = self._lengths[docids]
        missing = len(docids) - int(np.count_nonzero(lengths))
        numbers = self._numbers.take(ranges(self._starts[docids], lengths))
        if len(numbers) * FEW > len(self._whole.counts):
            return Counts(None, np.bincount(numbers, minlength=len(self._whole.counts)), missing)
        numbers.sort()
        first = np.ones(len(numbers) + 1, bool)
        np.not_equal(numbers[1:], numbers[:-1], out=first[1:-1])
        begins = np.flatnonzero(first)
        return Counts(numbers[begins[:-1]], begins[1:] - begins[:-1], missing)

    def _all(self, counts: Counts) -> np.ndarray:
        if counts.numbers is None:
            return counts.counts
        found = np.zeros(len(self._whole.counts), np.intp)
        found[counts.numbers] = counts.counts
        return found

    def holding(self, ordinal: int) -> np.ndarray:
        """The documents that hold a value, ascending."""
        number = int(self.number_of[ordinal])
        return self._holders[self._holder_starts[number] : self._holder_starts[number + 1]]

    def commonest(self, counts: Counts, size: int) -> dict[int, int]:
        """The counts of the ``size`` commonest values and of those that are as common as the
        last of them, by ordinal."""
        found, numbers = counts.counts, counts.numbers
        if numbers is None:
            end = PREFIX
            while end < len(found) and self._whole.counts[end] >= _least(found[:end], size):
                end *= 2
            found = found[:end]
        places = np.flatnonzero(found >= _least(found, size))
        held = places if numbers is None else numbers[places]
        return dict(zip(self.ordinal_of[held].tolist(), found[places].tolist()))

    @cached_property
    def _holders(self) -> np.ndarray:
        docids = np.repeat(np.arange(self._n_docs, dtype=np.uint32), self._lengths)
        return docids[np.argsort(self._numbers, kind="stable")]

    @cached_property
    def _holder_starts(self) -> np.ndarray:
        return starts(self._whole.counts)


def _least(counts: np.ndarray, size: int) -> int:
    """The count of the last of the ``size`` commonest, at least 1."""
    return max(int(np.partition(counts, -size)[-size]) if len(counts) > size else 1, 1)

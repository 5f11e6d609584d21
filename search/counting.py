"""Counting: how many documents hold each value of several columns, all in one pass.

A table has a row of numbers for each document: the values that it holds in all columns of the
table. The values of a column are numbered by how many documents hold them, so that the commonest
among any documents are likely to have small numbers, and few are looked at to find them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.segment.arrays import ranges, starts

FEW = 16
"""Documents with fewer values than one in FEW of all different ones are counted by sorting."""

PREFIX = 1024
"""Values of a column that are looked at first for the commonest."""

CHUNK = 1 << 14
"""Documents whose rows are counted at a time, so that these stay in the processor's cache."""

IN_ROWS = 0.9
"""The share of documents whose values have room in a row; the others' last values lie apart."""


@dataclass(frozen=True, slots=True)
class Held:
    """What documents hold of one column: ``docids`` and ``ordinals`` (n_held,) of the values,
    docids ascending, a value once a document; ``n_values`` different ones. ``ranks``
    (n_values,) order values that are equally common, by ordinal if there are none."""

    docids: np.ndarray
    ordinals: np.ndarray
    n_values: int
    ranks: np.ndarray | None = None


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


class ValueTable:
    """The values that documents hold in some columns; ``columns`` are these.

    Numbers in a row: first one for each place of a row that is left empty, then, column by
    column, one for no value at all and those of the values.
    """

    def __init__(self, columns: Sequence[Held], n_docs: int):
        self.n_docs = n_docs
        self.columns: list[ValueColumn] = []
        docids, numbers, end = [], [], 0
        for held in columns:
            column = ValueColumn(self, held, end)
            empty = np.flatnonzero(np.bincount(held.docids, minlength=n_docs) == 0)
            docids += [held.docids, empty]
            numbers += [1 + end + column.number_of[held.ordinals], np.full(len(empty), end)]
            end += 1 + held.n_values
            self.columns.append(column)
        self._fill(np.concatenate(docids), np.concatenate(numbers), end)
        self._counted: tuple[np.ndarray, tuple[np.ndarray | None, np.ndarray]] | None = None

    def _fill(self, docids: np.ndarray, numbers: np.ndarray, n_numbers: int) -> None:
        lengths = np.bincount(docids, minlength=self.n_docs)
        width = int(np.quantile(lengths, IN_ROWS)) if self.n_docs else 1
        self.width = -(-max(width, 1) // 4) * 4
        self.n_numbers = self.width + n_numbers
        order = np.argsort(docids, kind="stable")
        docids, numbers = docids[order], (numbers[order] + self.width).astype(np.uint32)
        places = np.arange(len(docids)) - starts(lengths)[docids]
        inside = places < self.width
        self._rows = np.tile(np.arange(self.width, dtype=np.uint32), (self.n_docs, 1))
        self._rows[docids[inside], places[inside]] = numbers[inside]
        self._longer = lengths > self.width
        self._rest = numbers[~inside]
        self._rest_starts = starts(np.maximum(lengths - self.width, 0))
        self._whole = np.bincount(numbers, minlength=self.n_numbers)

    def counts(self, docids: np.ndarray) -> tuple[np.ndarray | None, np.ndarray]:
        """The numbers that some documents, (n,) ascending and distinct, hold, and the count of
        each; all counts where None is instead of the numbers."""
        if self._counted is None or self._counted[0] is not docids:
            self._counted = docids, self._count(docids)
        return self._counted[1]

    def _count(self, docids: np.ndarray) -> tuple[np.ndarray | None, np.ndarray]:
        if len(docids) == self.n_docs:
            return None, self._whole
        if 2 * len(docids) > self.n_docs:
            left = np.ones(self.n_docs, bool)
            left[docids] = False
            return None, self._whole - self._all_counts(np.flatnonzero(left))
        if len(docids) * self.width * FEW > self.n_numbers:
            return None, self._all_counts(docids)
        numbers = np.concatenate((self._rows[docids].ravel(), self._apart(docids)))
        numbers.sort()
        numbers = numbers[np.searchsorted(numbers, self.width) :]
        first = np.ones(len(numbers) + 1, bool)
        np.not_equal(numbers[1:], numbers[:-1], out=first[1:-1])
        begins = np.flatnonzero(first)
        return numbers[begins[:-1]].astype(np.intp), begins[1:] - begins[:-1]

    def _all_counts(self, docids: np.ndarray) -> np.ndarray:
        total = np.bincount(self._apart(docids), minlength=self.n_numbers)
        for first in range(0, len(docids), CHUNK):
            rows = self._rows.take(docids[first : first + CHUNK], axis=0)
            total += np.bincount(rows.ravel(), minlength=self.n_numbers)
        return total

    def _apart(self, docids: np.ndarray) -> np.ndarray:
        """The values of some documents that have no room in their rows."""
        longer = docids[self._longer[docids]]
        first = self._rest_starts[longer]
        return self._rest[ranges(first, self._rest_starts[longer + 1] - first)]


class ValueColumn:
    """A column of a table, whose numbers begin at ``offset`` there."""

    def __init__(self, table: ValueTable, held: Held, offset: int):
        counts = np.bincount(held.ordinals, minlength=held.n_values)
        self.ranks = np.arange(held.n_values) if held.ranks is None else held.ranks
        self.ordinal_of = np.argsort(-counts, kind="stable")
        self.number_of = np.empty(held.n_values, np.intp)
        self.number_of[self.ordinal_of] = np.arange(held.n_values)
        self._table, self._held, self._offset = table, held, offset
        self._whole = counts[self.ordinal_of]

    @cached_property
    def empty(self) -> np.ndarray:
        """The documents that hold no value, (n_docs,) bool."""
        return np.bincount(self._held.docids, minlength=self._table.n_docs) == 0

    def counts(self, docids: np.ndarray) -> Counts:
        """The counts of some documents, (n,) ascending and distinct."""
        numbers, counts = self._table.counts(docids)
        first = self._table.width + self._offset
        if numbers is None:
            inside = counts[first : first + 1 + len(self._whole)]
            return Counts(None, inside[1:], int(inside[0]))
        inside = slice(*np.searchsorted(numbers, (first, first + 1 + len(self._whole))))
        numbers, counts = numbers[inside] - (first + 1), counts[inside]
        if len(numbers) and numbers[0] < 0:
            return Counts(numbers[1:], counts[1:], int(counts[0]))
        return Counts(numbers, counts, 0)

    def counts_of_stories(
        self, docids: np.ndarray, repeated: tuple[np.ndarray, np.ndarray]
    ) -> Counts:
        """The counts of some documents where those of one group count once for a value that any
        of them holds: ``repeated`` are the documents that have others of their group among them,
        (n,) ascending, and their groups."""
        counts, (docids, groups) = self.counts(docids), repeated
        first, last = (np.searchsorted(self._held.docids, docids, s) for s in ("left", "right"))
        held = self._held.ordinals[ranges(first, last - first)]
        empty = len(self._whole)
        numbers = np.append(self.number_of[held], np.full(np.count_nonzero(first == last), empty))
        owners = np.append(np.repeat(groups, last - first), groups[first == last])
        pairs = np.sort(owners.astype(np.int64) * (empty + 1) + numbers)
        again = pairs[1:][pairs[1:] == pairs[:-1]] % (empty + 1)
        again, times = np.unique(again, return_counts=True)
        missing = int(times[again == empty].sum())
        again, times = again[again < empty], times[again < empty]
        left = counts.counts.copy()
        left[again if counts.numbers is None else np.searchsorted(counts.numbers, again)] -= times
        return Counts(counts.numbers, left, counts.missing - missing)

    def holding(self, ordinal: int) -> np.ndarray:
        """The documents that hold a value, ascending."""
        number = int(self.number_of[ordinal])
        return self._holders[self._holder_starts[number] : self._holder_starts[number + 1]]

    def commonest(self, counts: Counts, size: int) -> list[tuple[int, int]]:
        """The ordinals and counts of the ``size`` commonest values, equally common ones by their
        ranks."""
        found, numbers = counts.counts, counts.numbers
        if numbers is None:
            end = PREFIX
            while end < len(found) and self._whole[end] >= _least(found[:end], size):
                end *= 2
            found = found[:end]
        places = np.flatnonzero(found >= _least(found, size))
        ordinals = self.ordinal_of[places if numbers is None else numbers[places]]
        best = np.lexsort((self.ranks[ordinals], -found[places]))[:size]
        return list(zip(ordinals[best].tolist(), found[places[best]].tolist()))

    @cached_property
    def _holders(self) -> np.ndarray:
        order = np.argsort(self.number_of[self._held.ordinals], kind="stable")
        return self._held.docids[order].astype(np.uint32)

    @cached_property
    def _holder_starts(self) -> np.ndarray:
        return starts(self._whole)


def _least(counts: np.ndarray, size: int) -> int:
    """The count of the last of the ``size`` commonest, at least 1."""
    return max(int(np.partition(counts, -size)[-size]) if len(counts) > size else 1, 1)

"""Counting: how many documents hold each value of several columns, all in one pass.

A table has a row of numbers for each document: the values that it holds in all columns of the
table. The values of a column are numbered by how many documents hold them, so that the commonest
among any documents are likely to have small numbers, and few are looked at to find them.
"""

import threading
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import neg

import numpy as np

from index.segment.arrays import ranges, smallest, smallest_type, starts, true_places

FEW = 16
"""Documents with fewer values than one in FEW of all different ones are counted by sorting."""

PREFIX = 1024
"""Values of a column that are looked at first for the commonest."""

CHUNK = 1 << 11
"""Documents whose rows are counted at a time, so that these stay in the processor's cache."""

AT_ONCE = 1 << 16
"""Documents whose values are put into rows at a time, so that little memory is needed beside."""

IN_ROWS = 0.8
"""The share of documents whose values have room in a row; the others' last values lie apart."""

_ONE = np.int32(1)
"""Added to counts of its own type, and only then, as fast as bincount, which needs new ones."""


@dataclass(frozen=True, slots=True)
class Held:
    """What documents hold of one column: how many values each, ``lengths`` (n_docs,), and the
    ``ordinals`` (n_held,) of these, document after document, a value once a document; ``counts``
    (n_values,) of the documents that hold each value. ``ranks`` (n_values,) order values that are
    equally common, by ordinal if there are none."""

    lengths: np.ndarray
    ordinals: np.ndarray
    counts: np.ndarray
    ranks: np.ndarray | None = None

    @property
    def n_values(self) -> int:
        """How many different values there are."""
        return len(self.counts)


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
        return int(self.of_each(np.array([number]))[0])

    def of_each(self, numbers: np.ndarray) -> np.ndarray:
        """The counts of some values, (n,)."""
        if self.numbers is None:
            return self.counts[numbers]
        if not len(self.numbers):
            return np.zeros(len(numbers), np.int64)
        places = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        return np.where(self.numbers[places] == numbers, self.counts[places], 0)


class ValueTable:
    """The values that documents hold in some columns; ``columns`` are these.

    What is told again of ``everything``, the documents that are not deleted, is kept.

    Numbers in a row: first one for each place of a row that is left empty, then, column by
    column, one for no value at all and those of the values, and after these one for each document
    that holds more than a row has room for, in its last place: the rest of its values lie apart.
    """

    def __init__(self, columns: Sequence[Held], n_docs: int, everything: np.ndarray | None = None):
        self.n_docs = n_docs
        self._everything = everything
        self._of_everything: tuple[np.ndarray, np.ndarray] | None = None
        in_all = np.zeros(n_docs, np.int32)
        for held in columns:
            in_all += np.maximum(held.lengths, 1).astype(np.int32)
        width = int(np.quantile(in_all, IN_ROWS)) if n_docs else 1
        self.width = -(-max(width, 1) // 2) * 2
        self.n_numbers = self.width + sum(1 + held.n_values for held in columns)
        self.columns: list[ValueColumn] = []
        longer = np.flatnonzero(in_all > self.width)
        free = np.full(n_docs, self.width, np.int32)
        free[longer] -= 1
        self._dtype = smallest_type(self.n_numbers + len(longer))
        self._rows = np.tile(np.arange(self.width, dtype=self._dtype), (n_docs, 1))
        self._whole = np.zeros(self.n_numbers, np.int32)
        rest: list[tuple[np.ndarray, np.ndarray]] = [(np.zeros(0, np.intp), self._rows[:0, 0])]
        offset = self.width
        for held in columns:
            column = ValueColumn(self, held, offset)
            numbers = (offset + 1 + column.number_of).astype(self._dtype)
            begin = 0
            for first in range(0, n_docs, AT_ONCE):
                part = slice(first, first + AT_ONCE)
                counts = held.lengths[part].astype(np.intp)
                end = begin + int(counts.sum())
                self._put(first, counts, free[part], numbers.take(held.ordinals[begin:end]), rest)
                none = column.empty[part].astype(np.intp)
                nothing = np.full(np.count_nonzero(none), offset, self._dtype)
                self._put(first, none, free[part], nothing, rest)
                begin = end
            self._whole[offset] = np.count_nonzero(column.empty)
            self._whole[offset + 1 : offset + 1 + held.n_values] = column.whole
            offset += 1 + held.n_values
            self.columns.append(column)
        docids, numbers = (np.concatenate(side) for side in zip(*rest))
        self._rest = numbers[np.argsort(docids, kind="stable")]
        self._rest_starts = smallest(starts(in_all[longer] - (self.width - 1)))
        self._rows[longer, -1] = self.n_numbers + np.arange(len(longer))
        self._memo = threading.local()

    def _put(
        self,
        first: int,
        counts: np.ndarray,
        free: np.ndarray,
        numbers: np.ndarray,
        rest: list[tuple[np.ndarray, np.ndarray]],
    ) -> None:
        """Put numbers into the last ``free`` places of the rows of the documents from ``first``
        on, ``counts`` of them into each row; those without room into ``rest``, with their
        documents."""
        docids = np.arange(first, first + len(counts))
        begins, room = starts(counts)[:-1], np.minimum(free, counts)
        places = np.repeat(docids * self.width + free - 1 + begins, counts)
        places -= np.arange(len(places))
        free -= room
        longer = np.flatnonzero(room < counts)
        if len(longer):
            beyond = (counts - room)[longer]
            apart = ranges((begins + room)[longer], beyond)
            rest.append((np.repeat(docids[longer], beyond), numbers[apart]))
            inside = np.ones(len(numbers), bool)
            inside[apart] = False
            places, numbers = places[inside], numbers[inside]
        self._rows.ravel()[places] = numbers

    def counts(self, docids: np.ndarray) -> tuple[np.ndarray | None, np.ndarray]:
        """The numbers that some documents, (n,) ascending and distinct, hold, and the count of
        each; all counts where None is instead of the numbers."""
        counted = getattr(self._memo, "counted", None)
        if counted is None or counted[0] is not docids:
            counted = self._memo.counted = docids, self._count(docids)
        return counted[1]

    def _count(self, docids: np.ndarray) -> tuple[np.ndarray | None, np.ndarray]:
        if len(docids) == self.n_docs:
            return None, self._whole
        if 2 * len(docids) > self.n_docs:
            left = np.ones(self.n_docs, bool)
            left[docids] = False
            return None, self._whole - self._all_counts(true_places(left))
        if len(docids) * self.width * FEW > self.n_numbers:
            return None, self._all_counts(docids)
        rows = self._rows.take(docids, axis=0)
        last = rows[:, -1]
        longer = last[last >= self.n_numbers] - self.n_numbers
        numbers = np.append(rows.ravel(), self._apart(longer)[0])
        numbers.sort()
        numbers = numbers[slice(*np.searchsorted(numbers, (self.width, self.n_numbers)))]
        first = np.ones(len(numbers) + 1, bool)
        np.not_equal(numbers[1:], numbers[:-1], out=first[1:-1])
        begins = np.flatnonzero(first)
        return numbers[begins[:-1]].astype(np.intp), begins[1:] - begins[:-1]

    def _all_counts(self, docids: np.ndarray) -> np.ndarray:
        counts = np.zeros(self.n_numbers + len(self._rest_starts) - 1, np.int32)
        for first in range(0, len(docids), CHUNK):
            rows = self._rows.take(docids[first : first + CHUNK], axis=0)
            np.add.at(counts, rows.ravel().astype(np.intp), _ONE)
        longer = true_places(counts[self.n_numbers :] > 0)
        np.add.at(counts, self._apart(longer)[0].astype(np.intp), _ONE)
        return counts[: self.n_numbers]

    def told_again(
        self, docids: np.ndarray, repeated: tuple[np.ndarray, np.ndarray]
    ) -> tuple[np.ndarray, np.ndarray]:
        """The numbers, ascending, that several documents of one group among some documents
        hold, and how often more than once; see ``ValueColumn.counts_of_stories``."""
        if docids is self._everything:
            if self._of_everything is None:
                self._of_everything = self._told_again(*repeated)
            return self._of_everything
        told = getattr(self._memo, "told", None)
        if told is None or told[0] is not docids:
            told = self._memo.told = docids, self._told_again(*repeated)
        return told[1]

    def _told_again(self, docids: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        rows = self._rows.take(docids, axis=0)
        longer = np.flatnonzero(rows[:, -1] >= self.n_numbers)
        apart, lengths = self._apart(rows[longer, -1] - self.n_numbers)
        numbers = np.append(rows.ravel(), apart)
        groups = np.append(np.repeat(groups, self.width), np.repeat(groups[longer], lengths))
        held = np.flatnonzero((numbers >= self.width) & (numbers < self.n_numbers))
        again = told_again(groups[held], numbers[held], self.n_numbers)
        return np.unique(again, return_counts=True)

    def _apart(self, longer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The numbers that have no room in the rows of some documents that have such, and how
        many these are of each."""
        first, end = self._rest_starts.take(longer), self._rest_starts.take(longer + 1)
        return self._rest.take(ranges(first, end - first)), end - first


class ValueColumn:
    """A column of a table, whose numbers begin at ``offset`` there; ``empty`` (n_docs,) bool
    documents hold no value, ``whole`` (n_values,) are the counts of all documents."""

    def __init__(self, table: ValueTable, held: Held, offset: int):
        self.ranks = np.arange(held.n_values) if held.ranks is None else held.ranks
        self.ordinal_of = np.argsort(-held.counts, kind="stable").astype(np.int32)
        self.number_of = np.empty(held.n_values, np.int32)
        self.number_of[self.ordinal_of] = np.arange(held.n_values, dtype=np.int32)
        self.empty = held.lengths == 0
        self.whole = held.counts[self.ordinal_of]
        self._whole = memoryview(self.whole)
        self._table, self._offset = table, offset

    def counts(self, docids: np.ndarray) -> Counts:
        """The counts of some documents, (n,) ascending and distinct."""
        numbers, counts = self._table.counts(docids)
        first = self._offset
        if numbers is None:
            inside = counts[first : first + 1 + len(self.whole)]
            return Counts(None, inside[1:], int(inside[0]))
        inside = slice(*np.searchsorted(numbers, (first, first + 1 + len(self.whole))))
        numbers, counts = numbers[inside] - (first + 1), counts[inside]
        if len(numbers) and numbers[0] < 0:
            return Counts(numbers[1:], counts[1:], int(counts[0]))
        return Counts(numbers, counts, 0)

    def counts_of_stories(
        self, docids: np.ndarray, repeated: tuple[np.ndarray, np.ndarray]
    ) -> Counts:
        """The counts of some documents where those of one group count once for a value that any
        of them holds: ``repeated`` are the documents that have others of their group among them,
        and their groups, (n,) each."""
        counts = self.counts(docids)
        again, times = self._table.told_again(docids, repeated)
        first = self._offset
        inside = slice(*np.searchsorted(again, (first, first + 1 + len(self.whole))))
        again, times = again[inside] - (first + 1), times[inside]
        missing = int(times[again < 0].sum())
        again, times = again[again >= 0], times[again >= 0]
        left = counts.counts.copy()
        left[again if counts.numbers is None else np.searchsorted(counts.numbers, again)] -= times
        return Counts(counts.numbers, left, counts.missing - missing)

    def commonest(self, counts: Counts, size: int) -> list[tuple[int, int]]:
        """The ordinals and counts of the ``size`` commonest values, equally common ones by their
        ranks."""
        found, numbers = counts.counts, counts.numbers
        head = np.sort(found[:PREFIX])
        bound = max(int(head[-size]) if len(head) >= size else 0, 1)
        if numbers is None:
            found = found[: bisect_right(self._whole, -bound, key=neg)]
        places = np.flatnonzero(found >= bound)
        ordinals = self.ordinal_of.take(places if numbers is None else numbers.take(places))
        found = found.take(places)
        key = self.ranks.take(ordinals) - found * float(2 * len(self.whole))
        best = np.argpartition(key, size)[:size] if len(key) > size else np.arange(len(key))
        best = best[np.argsort(key[best])]
        return list(zip(ordinals[best].tolist(), found[best].tolist()))


def told_again(groups: np.ndarray, numbers: np.ndarray, n_numbers: int) -> np.ndarray:
    """The ``numbers``, (n,) below ``n_numbers``, that come again in the same one of ``groups``,
    once for each time but the first."""
    pairs = np.sort(groups.astype(np.int64) * n_numbers + numbers)
    return pairs[1:][pairs[1:] == pairs[:-1]] % n_numbers

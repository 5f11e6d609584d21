"""Fields of a segment: the arrays of names and of words, as a reader sees them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.segment.arrays import Arrays, ranges, starts
from index.segment.layout import POSTING_BLOCK
from index.segment.strings import Strings, read_strings


@dataclass(frozen=True)
class NameField:
    """A field of verbatim names: see ``index.segment.layout``."""

    terms: Strings
    posting_starts: np.ndarray
    docids: np.ndarray
    value_starts: np.ndarray
    values: np.ndarray

    def postings(self, number: int) -> np.ndarray:
        """The documents that hold a name, ascending."""
        return self.docids[int(self.posting_starts[number]) : int(self.posting_starts[number + 1])]

    def n_postings(self, number: int) -> int:
        """How many documents hold a name."""
        return int(self.posting_starts[number + 1]) - int(self.posting_starts[number])

    def names(self, docid: int) -> list[bytes]:
        """The names that a document holds, in its order."""
        first, last = int(self.value_starts[docid]), int(self.value_starts[docid + 1])
        return [self.terms[number] for number in self.values[first:last].tolist()]


@dataclass(frozen=True)
class Postings:
    """The postings of one term, of which ``field`` has others: ``docids`` and ``codes``
    (n_postings,), ``marked_positions`` (as they are stored) and ``forms`` (n_occurrences,).
    ``first`` and ``begin`` are the numbers in the field of the first posting and occurrence."""

    docids: np.ndarray
    codes: np.ndarray
    marked_positions: np.ndarray
    forms: np.ndarray
    field: "WordField"
    first: int
    begin: int

    @cached_property
    def starts(self) -> np.ndarray:
        """Where each posting's occurrences begin, and the last one's end, (n_postings + 1,)."""
        return posting_starts(self.marked_positions)

    def positions(self, occurrences: np.ndarray | slice) -> np.ndarray:
        """The positions of some occurrences, int64."""
        return self.marked_positions[occurrences].astype(np.int64) >> 1

    def occurrences(self, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The occurrences of some postings: for each the number in ``which`` of its posting,
        and its own number."""
        if 0 < len(which) * POSTING_BLOCK < len(self.docids):
            first, end = self._looked_up(which)
        else:
            first, end = self.starts[which], self.starts[which + 1]
        return np.repeat(np.arange(len(which)), end - first), ranges(first, end - first)

    def _looked_up(self, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where the occurrences of a few postings begin and end, from their blocks alone."""
        block, inside = np.divmod(self.first + which, POSTING_BLOCK)
        blocks = self.field.occurrence_blocks
        begins, ends = blocks[block].astype(np.int64), blocks[block + 1].astype(np.int64)
        looked_at = ranges(begins, ends - begins)
        marked = np.flatnonzero(_first(self.field.positions.take(looked_at)))
        before = np.searchsorted(marked, starts(ends - begins)[:-1])
        first = looked_at[marked[before + inside]]
        following = np.minimum(before + inside + 1, len(marked) - 1)
        last = inside == POSTING_BLOCK - 1
        last[-1] |= before[-1] + inside[-1] + 1 == len(marked)
        end = np.where(last, ends, looked_at[marked[following]])
        return first - self.begin, end - self.begin


def posting_starts(marked_positions: np.ndarray) -> np.ndarray:
    """Where each posting's occurrences begin, and the last one's end, (n_postings + 1,) intp."""
    return np.append(np.flatnonzero(_first(marked_positions)), len(marked_positions))


def _first(marked_positions: np.ndarray) -> np.ndarray:
    """Which occurrences are the first of a posting, (n,) bool: what flatnonzero is fastest on."""
    return (marked_positions & 1).astype(np.uint8).view(bool)


@dataclass(frozen=True)
class WordField:
    """A field of words: see ``index.segment.layout``."""

    terms: Strings
    posting_starts: np.ndarray
    docids: np.ndarray
    codes: np.ndarray
    occurrence_starts: np.ndarray
    occurrence_blocks: np.ndarray
    positions: np.ndarray
    forms: np.ndarray
    form_starts: np.ndarray
    form_numbers: np.ndarray
    lengths: np.ndarray
    sentence_starts: np.ndarray
    sentences: np.ndarray

    def n_postings(self, number: int) -> int:
        """How many documents hold a term."""
        return int(self.posting_starts[number + 1]) - int(self.posting_starts[number])

    def documents(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """The documents of a term, ascending, and the code of each posting."""
        part = slice(int(self.posting_starts[number]), int(self.posting_starts[number + 1]))
        return self.docids[part], self.codes[part]

    def postings(self, number: int) -> Postings:
        """The postings of a term."""
        first, last = int(self.posting_starts[number]), int(self.posting_starts[number + 1])
        begin, end = int(self.occurrence_starts[number]), int(self.occurrence_starts[number + 1])
        return Postings(
            self.docids[first:last],
            self.codes[first:last],
            self.positions[begin:end],
            self.forms[begin:end],
            self,
            first,
            begin,
        )

    def forms_of(self, number: int) -> np.ndarray:
        """The forms of a term, as numbers in the segment's table of forms."""
        return self.form_numbers[int(self.form_starts[number]) : int(self.form_starts[number + 1])]


NAME_ARRAYS = ("posting_starts", "docids", "value_starts", "values")
WORD_ARRAYS = (
    "posting_starts", "docids", "codes", "occurrence_starts", "occurrence_blocks",
    "positions", "forms", "form_starts", "form_numbers", "lengths", "sentence_starts", "sentences",
)  # fmt: skip


def name_field(arrays: Arrays, field: str) -> NameField:
    """A field of names in a segment."""
    parts = (arrays[f"{field}.{part}"] for part in NAME_ARRAYS)
    return NameField(read_strings(arrays, f"{field}.terms"), *parts)


def word_field(arrays: Arrays, field: str) -> WordField:
    """A field of words in a segment."""
    parts = (arrays[f"{field}.{part}"] for part in WORD_ARRAYS)
    return WordField(read_strings(arrays, f"{field}.terms"), *parts)

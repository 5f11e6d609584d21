"""Fields of a segment: the arrays of names and of words, as a reader sees them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.segment.arrays import Arrays
from index.segment.documents import Documents, read_documents
from index.segment.layout import POSTING_BLOCK
from index.segment.strings import Strings, read_strings


@dataclass(frozen=True)
class NameField:
    """A field of verbatim names: see ``index.segment.layout``."""

    terms: Strings
    posting_starts: np.ndarray
    docids: Documents
    value_starts: np.ndarray
    values: np.ndarray

    def postings(self, number: int) -> np.ndarray:
        """The documents that hold a name, ascending, (n,) intp."""
        first, last = int(self.posting_starts[number]), int(self.posting_starts[number + 1])
        return self.docids.between(first, last)

    def n_postings(self, number: int) -> int:
        """How many documents hold a name."""
        return int(self.posting_starts[number + 1]) - int(self.posting_starts[number])

    def names(self, docid: int) -> list[bytes]:
        """The names that a document holds, in its order."""
        first, last = int(self.value_starts[docid]), int(self.value_starts[docid + 1])
        return [self.terms[number] for number in self.values[first:last].tolist()]


@dataclass(frozen=True)
class Postings:
    """The postings of one term, of which ``field`` has others: ``codes`` (n_postings,),
    ``marked_positions`` (as they are stored) and ``forms`` (n_occurrences,). ``first`` and
    ``begin`` are the numbers in the field of the first posting and occurrence."""

    codes: np.ndarray
    marked_positions: np.ndarray
    forms: np.ndarray
    field: "WordField"
    first: int
    begin: int

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def docids(self) -> np.ndarray:
        """The documents, ascending, (n_postings,) intp."""
        return self.field.docids.between(self.first, self.first + len(self))

    def find(self, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where some documents (ascending) stand among these, and which of them stand there."""
        return self.field.docids.find(self.first, self.first + len(self), wanted)

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
        if 0 < len(which) * POSTING_BLOCK < len(self):
            first, end = self.field.occurrences_of(self.first + which)
            first -= self.begin
            end -= self.begin
        else:
            first, end = self.starts.take(which), self.starts[1:].take(which)
        ends = (end - first).cumsum()
        owners = np.arange(len(which)).repeat(end - first)
        return owners, (end - ends).take(owners) + np.arange(len(owners))


def posting_starts(marked_positions: np.ndarray) -> np.ndarray:
    """Where each posting's occurrences begin, and the last one's end, (n_postings + 1,) intp."""
    starts = np.flatnonzero(_first(marked_positions))
    return np.concatenate((starts, (len(marked_positions),)))


def _first(marked_positions: np.ndarray) -> np.ndarray:
    """Which occurrences are the first of a posting, (n,) bool: what flatnonzero is fastest on."""
    return (marked_positions & 1).astype(np.uint8).view(bool)


@dataclass(frozen=True)
class WordField:
    """A field of words: see ``index.segment.layout``."""

    terms: Strings
    posting_starts: np.ndarray
    docids: Documents
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
        """The documents of a term, ascending, (n,) intp, and the code of each posting."""
        first, last = int(self.posting_starts[number]), int(self.posting_starts[number + 1])
        return self.docids.between(first, last), self.codes[first:last]

    def postings(self, number: int) -> Postings:
        """The postings of a term."""
        first, last = int(self.posting_starts[number]), int(self.posting_starts[number + 1])
        begin, end = int(self.occurrence_starts[number]), int(self.occurrence_starts[number + 1])
        return Postings(
            self.codes[first:last],
            self.positions[begin:end],
            self.forms[begin:end],
            self,
            first,
            begin,
        )

    def occurrences_of(self, postings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where the occurrences of some postings of the field begin and end, (n,) int64 both;
        only their blocks are looked at."""
        if not len(postings):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        block, inside = postings // POSTING_BLOCK, postings % POSTING_BLOCK
        begins = self.occurrence_blocks.take(block).astype(np.int64)
        ends = self.occurrence_blocks.take(block + 1).astype(np.int64)
        width = int((ends - begins).max())
        rows = np.add.outer(begins, np.arange(width))
        marked = _first(self.positions.take(rows, mode="clip")).ravel().nonzero()[0]
        shift = begins - np.arange(0, len(postings) * width, width)
        number = marked.searchsorted(begins - shift)
        number += inside
        following = marked.take(number + 1, mode="clip") + shift
        last = (inside == POSTING_BLOCK - 1) | (postings == len(self.docids) - 1)
        return marked.take(number) + shift, np.where(last, ends, following)

    def forms_of(self, number: int) -> np.ndarray:
        """The forms of a term, as numbers in the segment's table of forms."""
        return self.form_numbers[int(self.form_starts[number]) : int(self.form_starts[number + 1])]


WORD_ARRAYS = (
    "codes", "occurrence_starts", "occurrence_blocks", "positions", "forms", "form_starts",
    "form_numbers", "lengths", "sentence_starts", "sentences",
)  # fmt: skip


def name_field(arrays: Arrays, field: str) -> NameField:
    """A field of names in a segment."""
    return NameField(
        read_strings(arrays, f"{field}.terms"),
        arrays[f"{field}.posting_starts"],
        read_documents(arrays, field),
        arrays[f"{field}.value_starts"],
        arrays[f"{field}.values"],
    )


def word_field(arrays: Arrays, field: str) -> WordField:
    """A field of words in a segment."""
    return WordField(
        read_strings(arrays, f"{field}.terms"),
        arrays[f"{field}.posting_starts"],
        read_documents(arrays, field),
        *(arrays[f"{field}.{part}"] for part in WORD_ARRAYS),
    )

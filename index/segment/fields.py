"""Fields of a segment: the arrays of names and of words, as a reader sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from index.segment.arrays import Arrays
from index.segment.documents import SPARSE, Documents, read_documents
from index.segment.layout import POSTING_BLOCK
from index.segment.strings import Strings, read_strings

COMMON = 8
"""A term that stands in more than one document in COMMON is very common."""

_KEPT = 8
"""Very common terms of a field of which what was worked out stays, at the most."""

_KEPT_BYTES = 1 << 28
"""What that takes at the most, except for one term: 8 bytes each for a document."""


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

    @property
    def docids(self) -> np.ndarray:
        """The documents, ascending, (n_postings,) intp."""
        return self.field.docids.between(self.first, self.first + len(self))

    def find(self, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where some documents (ascending) stand among these, and which of them stand there."""
        return self.field.docids.find(self.first, self.first + len(self), wanted)

    def codes_of(self, wanted: np.ndarray) -> np.ndarray:
        """The codes of some documents (ascending), 0 for those that are not among these."""
        place, held = self.find(wanted)
        return self.codes.take(place) * held

    @property
    def starts(self) -> np.ndarray:
        """Where each posting's occurrences begin, and the last one's end, (n_postings + 1,)."""
        return posting_starts(self.marked_positions)

    def positions(self, occurrences: np.ndarray | slice) -> np.ndarray:
        """The positions of some occurrences, int64."""
        found = self.marked_positions[occurrences].astype(np.int64)
        found >>= 1
        return found

    def occurrences(self, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The occurrences of some postings: for each the number in ``which`` of its posting,
        and its own number."""
        first, end = self._bounds(which)
        lengths = end - first
        ends, numbers = lengths.cumsum(), np.arange(len(which))
        if not len(which) or ends[-1] == len(which):
            return numbers, first
        owners = numbers.repeat(lengths)
        return owners, (end - ends).take(owners) + np.arange(len(owners))

    def _bounds(self, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where the occurrences of some postings begin and end, (n,) int64 both."""
        if len(which) * POSTING_BLOCK < len(self):
            first, end = self.field.occurrences_of(self.first + which)
            return first - self.begin, end - self.begin
        starts = self.starts
        return starts.take(which), starts[1:].take(which)


@dataclass(frozen=True)
class CommonPostings(Postings):
    """Those of a very common term. What a question had to work out of them stays in ``kept`` for
    others, which are likely to ask for the term again."""

    kept: dict[str, np.ndarray]

    def find(self, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if len(wanted) * SPARSE < len(self) and "numbers" not in self.kept:
            return super().find(wanted)
        numbers = self._numbers.take(wanted)
        return np.maximum(numbers, 1).astype(np.intp) - 1, numbers > 0

    def _bounds(self, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if len(which) * POSTING_BLOCK < len(self) and "starts" not in self.kept:
            return super()._bounds(which)
        first, end = self._starts.take(which), self._starts[1:].take(which)
        return first.astype(np.int64), end.astype(np.int64)

    @property
    def _numbers(self) -> np.ndarray:
        """For each document of the segment the number of its posting, counted from 1, 0 where
        it has none, (n_docs,) uint32."""
        if "numbers" not in self.kept:
            numbers = np.zeros(len(self.field.lengths), np.uint32)
            numbers[self.docids] = np.arange(1, len(self) + 1, dtype=np.uint32)
            self.kept["numbers"] = numbers
        return self.kept["numbers"]

    @property
    def _starts(self) -> np.ndarray:
        """``starts``, (n_postings + 1,) uint32."""
        if "starts" not in self.kept:
            self.kept["starts"] = self.starts.astype(np.uint32)
        return self.kept["starts"]


def posting_starts(marked_positions: np.ndarray) -> np.ndarray:
    """Where each posting's occurrences begin, and the last one's end, (n_postings + 1,) intp."""
    starts = _first(marked_positions).nonzero()[0]
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
        occurrences = self.positions[begin:end], self.forms[begin:end]
        found = self.codes[first:last], *occurrences, self, first, begin
        if (last - first) * COMMON > len(self.lengths):
            return CommonPostings(*found, self._kept(number))
        return Postings(*found)

    @cached_property
    def _kept(self) -> Callable[[int], dict[str, np.ndarray]]:
        """What was worked out of a very common term; nothing there refers to the field, which
        could not be freed at once otherwise."""
        n_kept = min(_KEPT, _KEPT_BYTES // (8 * len(self.lengths) + 1))
        return lru_cache(max(n_kept, 1))(lambda number: {})

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

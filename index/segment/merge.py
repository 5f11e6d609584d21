"""Merging: several segments into one, without their deleted documents, as a stream.

What is held in memory grows with the vocabulary and the number of documents, not with the
postings: those pass through in chunks of terms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index.segment.arrays import (
    ArrayWriter,
    Region,
    distinct,
    ranges,
    smallest,
    smallest_type,
    starts,
)
from index.segment.batch import write_values
from index.segment.documents import DocumentsWriter
from index.segment.fields import WordField, posting_starts
from index.segment.layout import (
    DOCUMENT_ARRAYS,
    NAME_FIELDS,
    POSTING_BLOCK,
    REPRINT_ARRAYS,
    WORD_FIELDS,
)
from index.segment.segment import SegmentData
from index.segment.store import BLOCK, Blocks, dictionary, packed_blocks, packer, write_store
from index.segment.strings import write_strings
from index.segment.union import united
from index.segment.weights import LED_FIELD, LED_SINCE, led_codes

CHUNK = 1 << 18
"""Postings that are merged at a time."""

LONG = 128
"""What a source holds of a term is copied as a whole from this many on, item by item below."""


@dataclass(frozen=True)
class Source:
    """A segment to merge: its data and which of its documents stay, (n_docs,) bool."""

    data: SegmentData
    alive: np.ndarray

    @cached_property
    def kept(self) -> int:
        """How many documents stay."""
        return int(np.count_nonzero(self.alive))

    @cached_property
    def ranks(self) -> np.ndarray:
        """The number of each staying document among those that stay, (n_docs,) int64."""
        return np.cumsum(self.alive) - 1

    @property
    def is_whole(self) -> bool:
        """Whether all documents stay."""
        return self.kept == self.data.n_docs

    def rows(self, array: np.ndarray) -> np.ndarray:
        """Of an array with a row for each document, those that stay."""
        return array if self.is_whole else array[self.alive]

    def items(self, array: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Of an array with some items for each document, (n_docs,) ``lengths``, those that stay."""
        return array if self.is_whole else array[np.repeat(self.alive, lengths)]


def merge(path: Path, sources: Sequence[Source]) -> int:
    """Write the segment that holds what stays of the sources, in their order; returns the
    number of its documents.

    Raises OSError; nothing is left of the file then.
    """
    n_docs = sum(source.kept for source in sources)
    writer = ArrayWriter(path)
    try:
        trained = _dictionary(sources)
        write_store(writer, _blocks(sources, trained), trained)
        for name in (*DOCUMENT_ARRAYS, *REPRINT_ARRAYS):
            _join_rows(writer, name, sources, n_docs)
        for field in NAME_FIELDS:
            _merge_names(writer, field, sources)
        forms, renumbered = united([s.data.forms for s in sources])
        lengths = {
            field: _WordMerger(field, sources, renumbered, n_docs).write(writer)
            for field in WORD_FIELDS
        }
        write_strings(writer, "forms", forms)
        writer.finish({"n_docs": n_docs, "field_lengths": lengths})
    except BaseException:
        writer.abandon()
        raise
    return n_docs


def _join_rows(writer: ArrayWriter, name: str, sources: Sequence[Source], n_docs: int) -> None:
    """Write an array with a row for each document."""
    arrays = [source.data.rows(name) for source in sources]
    region = writer.reserve(name, arrays[0].dtype, n_docs, arrays[0].shape[1:])
    for array, source in zip(arrays, sources):
        region.append(source.rows(array))


def _dictionary(sources: Sequence[Source]) -> bytes:
    """The dictionary of the largest source, so that its blocks can stay as they are; where it has
    none, one for all of them."""
    stores = [source.data.store for source in sources]
    largest = max(stores, key=len)
    return largest.dictionary or dictionary(stores)


def _blocks(sources: Sequence[Source], trained: bytes) -> Iterator[Blocks]:
    """The blocks of the store: whole ones that are packed with this dictionary as they are, the
    rest packed anew."""
    loose: list[bytes] = []
    packing = packer(trained)
    for source in sources:
        store = source.data.store
        stays = _staying(source) & (store.dictionary == trained)
        bounds = np.flatnonzero(np.diff(stays, prepend=~stays[:1])).tolist()
        for begin, end in zip(bounds, [*bounds[1:], len(stays)]):
            if stays[begin]:
                yield from packed_blocks(loose, packing)
                loose = []
                yield store.blocks(begin, end)
                continue
            first, last = int(store.first[begin]), int(store.first[end])
            for docid in (first + np.flatnonzero(source.alive[first:last])).tolist():
                loose.append(store[docid])
                if len(loose) == BLOCK:
                    yield from packed_blocks(loose, packing)
                    loose = []
    yield from packed_blocks(loose, packing)


def _staying(source: Source) -> np.ndarray:
    """Which blocks of a store lose no document and are not too small, (n_blocks,) bool."""
    first = source.data.store.first.astype(np.int64)
    alive = np.diff(starts(source.alive)[first])
    return (alive == np.diff(first)) & (2 * alive > BLOCK)


def _merge_names(writer: ArrayWriter, field: str, sources: Sequence[Source]) -> None:
    counts, values = [], []
    for source in sources:
        names = source.data.names[field]
        lengths = np.diff(names.value_starts.astype(np.int64))
        counts.append(source.rows(lengths))
        values.append(source.items(names.values, lengths))
    tables = [source.data.names[field].terms for source in sources]
    terms, renumbered = united(tables, [distinct(held) for held in values])
    write_strings(writer, f"{field}.terms", terms)
    write_values(
        writer,
        field,
        np.concatenate(counts),
        np.concatenate([numbers[held] for numbers, held in zip(renumbered, values)]),
        len(terms),
    )


class _WordMerger:
    """Merges a field of words."""

    def __init__(self, field: str, sources: Sequence[Source], forms: list[np.ndarray], n_docs: int):
        self.name = field
        self.sources = sources
        self.n_docs = n_docs
        self.fields: list[WordField] = [source.data.words[field] for source in sources]
        counted = [_counts(source, words) for source, words in zip(sources, self.fields)]
        used = [np.flatnonzero(postings) for postings, _ in counted]
        self.terms, self.renumbered = united([f.terms for f in self.fields], used)
        self.postings, self.occurrences = (
            _summed(self.renumbered, [c[n] for c in counted], len(self.terms)) for n in (0, 1)
        )
        self.kept = [(old, numbers[old]) for old, numbers in zip(used, self.renumbered)]
        self._merge_forms(forms)
        self.bases = starts(np.array([source.kept for source in sources]))

    def _merge_forms(self, forms: list[np.ndarray]) -> None:
        """Give each term's forms new codes: ``codes[n]`` is the new code of each pair of term
        and form of a source."""
        n_forms = 1 + max((int(numbers.max(initial=0)) for numbers in forms), default=0)
        n_sources, pairs = range(len(self.sources)), np.zeros(0, np.int64)
        for n in n_sources:
            pairs = distinct(np.concatenate((pairs, self._pairs(n, forms[n], n_forms))))
        pairs = pairs[np.searchsorted(pairs, 0) :]
        self.form_numbers = pairs % n_forms
        self.form_starts = starts(np.bincount(pairs // n_forms, minlength=len(self.terms)))
        self.form_type = smallest_type(int(np.diff(self.form_starts).max(initial=1)) - 1)
        self.codes = []
        for n in n_sources:
            codes = np.searchsorted(pairs, self._pairs(n, forms[n], n_forms))
            codes -= self._of_forms(n, self.form_starts[self.renumbered[n]])
            self.codes.append(codes.astype(self.form_type))

    def _pairs(self, n: int, forms: np.ndarray, n_forms: int) -> np.ndarray:
        """The pairs of a term and a form of a source, as numbers that sort as the merged ones do,
        (n,) int64, below 0 for a term that does not stay."""
        pairs = self._of_forms(n, self.renumbered[n].astype(np.int64) * n_forms)
        pairs += forms[self.fields[n].form_numbers]
        return pairs

    def _of_forms(self, n: int, of_terms: np.ndarray) -> np.ndarray:
        """What each term of a source has, for each of its forms."""
        return np.repeat(of_terms, np.diff(self.fields[n].form_starts))

    def write(self, writer: ArrayWriter) -> int:
        """Write the field; returns the number of its occurrences."""
        write_strings(writer, f"{self.name}.terms", self.terms)
        n_occurrences = int(self.occurrences[-1])
        for name, array in (
            ("posting_starts", smallest(self.postings)),
            ("occurrence_starts", smallest(self.occurrences)),
            ("form_starts", smallest(self.form_starts)),
            ("form_numbers", smallest(self.form_numbers)),
            ("lengths", self._joined("lengths")),
            ("sentence_starts", smallest(self._sentence_starts())),
        ):
            writer.add(f"{self.name}.{name}", array)
        self._write_sentences(writer)
        n = int(self.postings[-1])
        documents = DocumentsWriter(writer, self.name, n, self.n_docs)
        regions = {
            name: writer.reserve(f"{self.name}.{name}", dtype, size)
            for name, dtype, size in (
                ("codes", np.uint16, n),
                ("occurrence_blocks", smallest_type(n_occurrences), -(-n // POSTING_BLOCK) + 1),
                ("positions", self._type("positions"), n_occurrences),
                ("forms", self.form_type, n_occurrences),
            )
        }
        first = 0
        while first < len(self.terms):
            last = int(np.searchsorted(self.postings, self.postings[first] + CHUNK, "right")) - 1
            last = max(last, first + 1)
            self._write_chunk(documents, regions, first, last)
            first = last
        regions["occurrence_blocks"].append(np.array([n_occurrences]))
        documents.finish()
        return n_occurrences

    def _joined(self, part: str) -> np.ndarray:
        return np.concatenate([s.rows(getattr(f, part)) for f, s in zip(self.fields, self.sources)])

    def _type(self, part: str) -> np.dtype:
        return np.result_type(*(getattr(field, part).dtype for field in self.fields))

    def _sentence_starts(self) -> np.ndarray:
        counts = [
            s.rows(np.diff(f.sentence_starts.astype(np.int64)))
            for f, s in zip(self.fields, self.sources)
        ]
        return starts(np.concatenate(counts))

    def _write_sentences(self, writer: ArrayWriter) -> None:
        region = writer.reserve(f"{self.name}.sentences", self._type("sentences"), None)
        for field, source in zip(self.fields, self.sources):
            lengths = np.diff(field.sentence_starts.astype(np.int64))
            region.append(source.items(field.sentences, lengths))

    def _write_chunk(
        self, documents: DocumentsWriter, regions: dict[str, Region], first: int, last: int
    ) -> None:
        """Merge the postings of the terms ``first … last - 1``."""
        base, begin = int(self.postings[first]), int(self.occurrences[first])
        firsts = self.postings[first:last] - base
        postings, occurrences = _Places(firsts), _Places(self.occurrences[first:last] - begin)
        n_postings = int(self.postings[last]) - base
        n_occurrences = int(self.occurrences[last]) - begin
        docids, codes = np.empty(n_postings, np.uint32), np.empty(n_postings, np.uint16)
        positions, forms = (
            np.empty(n_occurrences, regions[name].dtype) for name in ("positions", "forms")
        )
        for number, (source, field) in enumerate(zip(self.sources, self.fields)):
            part = _Part(source, field, *self.kept[number], self.codes[number], first, last)
            part.docids += np.uint32(self.bases[number])
            if self.name == LED_FIELD and source.data.arrays.facts["format"] < LED_SINCE:
                part.codes = led_codes(part.codes, part.positions >> 1, part.frequencies)
            postings.fill(part.terms, part.counts, (docids, part.docids), (codes, part.codes))
            occurrences.fill(
                part.terms, part.occurrences, (positions, part.positions), (forms, part.forms)
            )
        blocks = posting_starts(positions)[:-1][-base % POSTING_BLOCK :: POSTING_BLOCK] + begin
        documents.append(docids, firsts)
        for name, array in (
            ("occurrence_blocks", blocks),
            ("codes", codes), ("positions", positions), ("forms", forms),
        ):  # fmt: skip
            regions[name].append(array)


class _Places:
    """Where what the sources hold of each of some terms goes, source by source: ``firsts``,
    (n_terms,), is where each term begins."""

    def __init__(self, firsts: np.ndarray):
        self._next = firsts.copy()

    def fill(
        self, terms: np.ndarray, counts: np.ndarray, *arrays: tuple[np.ndarray, np.ndarray]
    ) -> None:
        """Copy from the second one of each pair of arrays into the first: ``counts`` of each of
        these terms of a source."""
        places, begins = self._next.take(terms), starts(counts)
        self._next[terms] = places + counts
        is_long = counts >= LONG
        long = np.flatnonzero(is_long)
        bounds = begins.take(long), begins.take(long + 1)
        for place, begin, end in zip(*(a.tolist() for a in (places.take(long), *bounds))):
            for whole, part in arrays:
                whole[place : place + end - begin] = part[begin:end]
        if len(long) < len(terms):
            between = list(zip([0, *bounds[1].tolist()], [*bounds[0].tolist(), begins[-1]]))
            short = np.flatnonzero(~is_long)
            targets = ranges(places.take(short), counts.take(short))
            for whole, part in arrays:
                whole[targets] = np.concatenate([part[begin:end] for begin, end in between])


class _Part:
    """What stays of a source's postings of the new terms ``first … last - 1``, in order: the
    ``terms``, counted from the first, the ``counts`` of their postings and ``occurrences``; each
    posting's docid and code; each occurrence's position and form."""

    def __init__(
        self,
        source: Source,
        field: WordField,
        kept: np.ndarray,
        renumbered: np.ndarray,
        form_codes: np.ndarray,
        first: int,
        last: int,
    ):
        wanted = slice(*renumbered.searchsorted(np.array((first, last), renumbered.dtype)))
        old, self.terms = kept[wanted], renumbered[wanted] - first
        a, b = (int(old[0]), int(old[-1]) + 1) if len(old) else (0, 0)
        begins = field.posting_starts[a : b + 1].astype(np.int64)
        occurring = field.occurrence_starts[a : b + 1].astype(np.int64)
        counts, occurrences = np.diff(begins), np.diff(occurring)
        self.docids = field.docids.between(int(begins[0]), int(begins[-1]), np.uint32)
        self.codes = field.codes[begins[0] : begins[-1]]
        self.positions = field.positions[occurring[0] : occurring[-1]]
        pairs = np.repeat(field.form_starts[a:b].astype(np.int64), occurrences)
        pairs += field.forms[occurring[0] : occurring[-1]]
        self.forms = form_codes.take(pairs)
        if not source.is_whole:
            keep, frequencies = source.alive[self.docids], self.frequencies
            inside = begins[:-1] - begins[0]
            counts = np.add.reduceat(keep, inside, dtype=np.int64)
            occurrences = np.add.reduceat(np.where(keep, frequencies, 0), inside)
            held = np.repeat(keep, frequencies)
            self.positions, self.forms = self.positions[held], self.forms[held]
            self.docids = source.ranks[self.docids[keep]].astype(np.uint32)
            self.codes = self.codes[keep]
        self.counts, self.occurrences = counts[old - a], occurrences[old - a]

    @property
    def frequencies(self) -> np.ndarray:
        """How many occurrences each posting has, (n_postings,)."""
        return np.diff(posting_starts(self.positions))


def _counts(source: Source, field: WordField) -> tuple[np.ndarray, np.ndarray]:
    """How many postings and occurrences of each term stay."""
    if source.is_whole:
        return tuple(
            np.diff(begins.astype(np.int64))
            for begins in (field.posting_starts, field.occurrence_starts)
        )
    postings, occurrences = np.zeros((2, len(field.terms)), np.int64)
    begins = field.posting_starts.astype(np.int64)
    first = 0
    while first < len(field.terms):
        last = max(int(np.searchsorted(begins, begins[first] + CHUNK, "right")) - 1, first + 1)
        keep = source.alive[field.docids.between(int(begins[first]), int(begins[last]))]
        occurring = slice(int(field.occurrence_starts[first]), int(field.occurrence_starts[last]))
        frequencies = np.diff(posting_starts(field.positions[occurring]))
        kept = np.where(keep, frequencies, 0)
        inside = begins[first:last] - begins[first]
        postings[first:last] = np.add.reduceat(keep, inside, dtype=np.int64)
        occurrences[first:last] = np.add.reduceat(kept, inside, dtype=np.int64)
        first = last
    return postings, occurrences


def _summed(
    renumbered: Sequence[np.ndarray], counts: Sequence[np.ndarray], n_terms: int
) -> np.ndarray:
    """Where each merged term's share begins, from the counts of each source's terms."""
    total = np.zeros(n_terms, np.int64)
    for numbers, counted in zip(renumbered, counts):
        held = numbers >= 0
        total[numbers[held]] += counted[held]
    return starts(total)

"""Postings: the words of a batch as a segment holds them.

Every occurrence of a term becomes one uint64 (term, word of the batch, form); sorting these once
puts terms, postings, positions and forms in order. What follows from them is worked out for
CHUNK of them at a time, in little more memory than they take themselves.
"""

from typing import NamedTuple

import numpy as np

from index.schema import TITLE_BOOST
from index.segment.arrays import ArrayWriter, ranges, smallest, smallest_type, starts
from index.segment.documents import DocumentsWriter
from index.segment.layout import POSTING_BLOCK
from index.segment.strings import write_strings
from index.segment.vocabulary import Meanings
from index.segment.weights import LED_FIELD, lead_weights, length_codes, weight_codes

BOOSTS = {"title": TITLE_BOOST, "text": 1.0}

CHUNK = 1 << 18
"""Occurrences, or pieces, that are worked on at a time."""


class _Terms(NamedTuple):
    """The terms of a field, by their ``numbers`` among those of the meanings, (n_terms,), and
    their forms: those of a term begin at its place in ``form_starts`` and have the numbers
    ``form_numbers`` and the weights ``form_weights``. ``codes`` are the codes of the meanings'
    pairs among the forms of their terms, ``places`` those of their terms here."""

    numbers: np.ndarray
    form_starts: np.ndarray
    form_numbers: np.ndarray
    form_weights: np.ndarray
    codes: np.ndarray
    places: np.ndarray


class _Chunk(NamedTuple):
    """The postings of some terms: how many each term has; docid and weight code of each; where
    the occurrences of every POSTING_BLOCK-th one begin; position and form of each occurrence."""

    counts: np.ndarray
    docids: np.ndarray
    weights: np.ndarray
    blocks: np.ndarray
    positions: np.ndarray
    forms: np.ndarray


def write_postings(
    writer: ArrayWriter,
    field: str,
    meanings: Meanings,
    pieces: np.ndarray,
    first_words: np.ndarray,
    words: np.ndarray,
) -> int:
    """Write terms, postings and occurrences; returns the number of occurrences. Words are counted
    through the batch: ``first_words`` are the documents' first words, and the end, ``words`` the
    first words of pieces."""
    n_docs = len(first_words) - 1
    terms = _terms(field, meanings, pieces)
    occurrences = _Occurrences(field, terms, meanings, pieces, first_words, words)
    counts, docids, weights, blocks, positions, forms = occurrences.postings()
    posting_starts = starts(counts)
    lengths = length_codes(occurrences.lengths)

    write_strings(writer, f"{field}.terms", [meanings.terms[n] for n in terms.numbers.tolist()])
    documents = DocumentsWriter(writer, field, len(docids), n_docs)
    documents.append(docids, posting_starts[:-1])
    documents.finish()
    for name, array_ in (
        ("posting_starts", smallest(posting_starts)),
        ("codes", weights << np.uint16(8) | lengths[docids]),
        ("occurrence_starts", smallest(occurrences.starts)),
        ("occurrence_blocks", smallest(np.append(blocks, len(forms)))),
        ("positions", positions),
        ("forms", forms),
        ("form_starts", smallest(terms.form_starts)),
        ("form_numbers", smallest(terms.form_numbers)),
        ("lengths", lengths),
    ):
        writer.add(f"{field}.{name}", array_)
    return len(forms)


def _terms(field: str, meanings: Meanings, pieces: np.ndarray) -> _Terms:
    used = np.flatnonzero(np.bincount(pieces, minlength=len(meanings.n_pairs)))
    pairs = ranges(meanings.pair_starts[used], meanings.n_pairs[used])
    n_forms = max(len(meanings.forms), 1)
    keys = meanings.pair_terms[pairs] * n_forms + meanings.pair_forms[pairs]
    order = np.argsort(keys)
    keys, pairs = keys[order], pairs[order]
    is_new = np.diff(keys, prepend=-1) > 0
    term_of_form, form_numbers = np.divmod(keys[is_new], n_forms)
    begins_term = np.diff(term_of_form, prepend=-1) > 0
    form_starts = np.append(np.flatnonzero(begins_term), len(form_numbers))
    place = np.cumsum(begins_term) - 1
    code = np.arange(len(form_numbers)) - form_starts[place]
    slots = np.cumsum(is_new) - 1
    codes, places = np.zeros((2, len(meanings.pair_terms)), np.uint64)
    codes[pairs], places[pairs] = code[slots], place[slots]
    weights = meanings.pair_weights[pairs[is_new]] * BOOSTS[field]
    return _Terms(term_of_form[begins_term], form_starts, form_numbers, weights, codes, places)


class _Occurrences:
    """The occurrences of a field in the order of a segment: ``starts`` (n_terms + 1,), where
    those of each term begin; ``lengths`` (n_docs,), how many each document has."""

    def __init__(
        self,
        field: str,
        terms: _Terms,
        meanings: Meanings,
        pieces: np.ndarray,
        first_words: np.ndarray,
        words: np.ndarray,
    ):
        self._field, self._terms, self._first_words = field, terms, first_words
        self._form_bits, self._word_bits = _bits(terms.codes), _bits(first_words)
        self._keys = self._packed(meanings, pieces, words)
        self._keys.sort()
        bounds = np.arange(len(terms.numbers) + 1, dtype=np.uint64)
        bounds <<= self._word_bits + self._form_bits
        self.starts = np.searchsorted(self._keys, bounds)
        n_words = np.diff(first_words)
        self._docids = np.repeat(np.arange(len(n_words), dtype=np.int32), n_words)
        self._position_type = smallest_type(2 * int(n_words.max(initial=0)))
        self.lengths = np.zeros(len(n_words), np.int64)

    def _packed(self, meanings: Meanings, pieces: np.ndarray, words: np.ndarray) -> np.ndarray:
        """One number for each occurrence, piece by piece: term, word, form."""
        owners = (
            (self._terms.places << self._word_bits) + meanings.pair_offsets.astype(np.uint64)
        ) << self._form_bits | self._terms.codes
        n_pairs = meanings.n_pairs
        n = int(np.bincount(pieces, minlength=len(n_pairs)) @ n_pairs)
        keys, filled = np.empty(n, np.uint64), 0
        for begin in range(0, len(pieces), CHUNK):
            part = pieces[begin : begin + CHUNK]
            lengths = n_pairs[part]
            found = owners[ranges(meanings.pair_starts[part], lengths)]
            first_words = words[begin : begin + CHUNK].astype(np.uint64) << self._form_bits
            found += np.repeat(first_words, lengths)
            keys[filled : filled + len(found)] = found
            filled += len(found)
        return keys

    def postings(self) -> _Chunk:
        """The postings of all terms."""
        chunks: list[_Chunk] = []
        n_terms, n_postings, first = len(self._terms.numbers), 0, 0
        while first < n_terms or not chunks:
            last = int(np.searchsorted(self.starts, self.starts[first] + CHUNK, "right")) - 1
            last = min(max(last, first + 1), n_terms)
            chunks.append(self._chunk(first, last, n_postings))
            n_postings += len(chunks[-1].docids)
            first = last
        return _Chunk(*map(np.concatenate, zip(*chunks)))

    def _chunk(self, first: int, last: int, n_before: int) -> _Chunk:
        """The postings of the terms ``first … last - 1``, before which there are ``n_before``."""
        begin = int(self.starts[first])
        keys = self._keys[begin : int(self.starts[last])]
        term_starts = self.starts[first : last + 1] - begin
        forms = keys & _mask(self._form_bits)
        words = (keys >> self._form_bits & _mask(self._word_bits)).view(np.int64)
        docids = self._docids[words]
        words -= self._first_words[docids]
        is_first = np.ones(len(keys), bool)
        np.not_equal(docids[1:], docids[:-1], out=is_first[1:])
        is_first[term_starts[:-1]] = True
        begins = np.flatnonzero(is_first)
        form_starts = np.repeat(self._terms.form_starts[first:last], np.diff(term_starts))
        weights = self._terms.form_weights[form_starts + forms.view(np.int64)]
        if self._field == LED_FIELD:
            weights *= lead_weights(words)
        self.lengths += np.bincount(docids, minlength=len(self.lengths))
        return _Chunk(
            np.diff(np.searchsorted(begins, term_starts)),
            docids[begins],
            weight_codes(np.add.reduceat(weights, begins)),
            begins[-n_before % POSTING_BLOCK :: POSTING_BLOCK] + begin,
            (words << 1 | is_first).astype(self._position_type),
            forms.astype(smallest_type(1 << int(self._form_bits))),
        )


def _bits(values: np.ndarray) -> np.uint64:
    """How many bits the values take."""
    return np.uint64(max(int(values.max()) if len(values) else 0, 1).bit_length())


def _mask(bits: np.uint64) -> np.uint64:
    return np.uint64((1 << int(bits)) - 1)

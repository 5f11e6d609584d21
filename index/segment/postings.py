"""Postings: the words of a batch as a segment holds them.

Every occurrence of a term becomes one uint64 (term, place, form); sorting these once puts terms,
postings, positions and forms in order. Places count the words of the batch, each document's from
a multiple of SLOT on, so that a small table says whose a place is. What follows from the order
is worked out for CHUNK occurrences at a time, in little more memory than they take themselves.
"""

from typing import NamedTuple

import numpy as np

from index.schema import TITLE_BOOST
from index.segment.arrays import ArrayWriter, over_runs, ranges, smallest, smallest_type, starts
from index.segment.documents import DocumentsWriter
from index.segment.layout import POSTING_BLOCK
from index.segment.strings import write_strings
from index.segment.vocabulary import Meanings
from index.segment.weights import LED_FIELD, lead_weights, length_codes, weight_codes

BOOSTS = {"title": TITLE_BOOST, "text": 1.0}

CHUNK = 1 << 18
"""Occurrences that are worked on at a time."""

_SLOT_BITS = np.uint64(9)
SLOT = 1 << int(_SLOT_BITS)
"""Places between two where a document can begin."""


class _Terms(NamedTuple):
    """The terms of a field, by their ``numbers`` among those of the meanings, (n_terms,); where
    the occurrences of each begin, ``starts`` (n_terms + 1,); and their forms: those of a term
    begin at its place in ``form_starts`` and have the numbers ``form_numbers`` and the weights
    ``form_weights``. ``pairs`` are those of the meanings that are used, (n_pairs,), ``codes``
    their codes among the forms of their terms, ``places`` those of their terms here."""

    numbers: np.ndarray
    starts: np.ndarray
    form_starts: np.ndarray
    form_numbers: np.ndarray
    form_weights: np.ndarray
    pairs: np.ndarray
    codes: np.ndarray
    places: np.ndarray


class _Postings(NamedTuple):
    """The postings of some terms: how many each term has; docid and code of each; where the
    occurrences of every POSTING_BLOCK-th one begin."""

    counts: np.ndarray
    docids: np.ndarray
    codes: np.ndarray
    blocks: np.ndarray


def write_postings(
    writer: ArrayWriter,
    field: str,
    meanings: Meanings,
    pieces: np.ndarray,
    firsts: np.ndarray,
    words: np.ndarray,
) -> int:
    """Write terms, postings and occurrences; returns the number of occurrences. ``pieces`` are
    the numbers of the batch's pieces, (n_pieces,) intp, ``firsts`` the documents' first pieces,
    ``words`` the pieces' first words, counted through the batch, both with the end."""
    n_docs = len(firsts) - 1
    terms = _terms(field, meanings, pieces)
    occurrences = _Occurrences(field, terms, meanings, pieces, firsts, words)
    counts, docids, codes, blocks = occurrences.postings()
    posting_starts = starts(counts)

    write_strings(
        writer, f"{field}.terms", list(map(meanings.terms.__getitem__, terms.numbers.tolist()))
    )
    documents = DocumentsWriter(writer, field, len(docids), n_docs)
    documents.append(docids, posting_starts[:-1])
    documents.finish()
    for name, array_ in (
        ("posting_starts", smallest(posting_starts)),
        ("codes", codes),
        ("occurrence_starts", smallest(terms.starts)),
        ("occurrence_blocks", smallest(np.append(blocks, terms.starts[-1]))),
        ("positions", occurrences.positions),
        ("forms", occurrences.forms),
        ("form_starts", smallest(terms.form_starts)),
        ("form_numbers", smallest(terms.form_numbers)),
        ("lengths", occurrences.lengths),
    ):
        writer.add(f"{field}.{name}", array_)
    return int(terms.starts[-1])


def _terms(field: str, meanings: Meanings, pieces: np.ndarray) -> _Terms:
    counts = np.bincount(pieces, minlength=len(meanings.n_pairs))
    used = np.flatnonzero(counts)
    n_pairs = meanings.n_pairs[used]
    pairs = ranges(meanings.pair_starts[used], n_pairs)
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
    weights = meanings.pair_weights[pairs[is_new]] * BOOSTS[field]
    before = starts(np.repeat(counts[used], n_pairs)[order])
    term_starts = before[np.append(np.flatnonzero(is_new), len(pairs))[form_starts]]
    return _Terms(
        term_of_form[begins_term],
        term_starts,
        form_starts,
        form_numbers,
        weights,
        pairs,
        code[slots].view(np.uint64),
        place[slots].view(np.uint64),
    )


class _Occurrences:
    """The occurrences of a field in the order of a segment: the ``positions`` and ``forms`` of
    them, once ``postings`` has gone through them, and the codes of the documents' ``lengths``."""

    def __init__(
        self,
        field: str,
        terms: _Terms,
        meanings: Meanings,
        pieces: np.ndarray,
        firsts: np.ndarray,
        words: np.ndarray,
    ):
        self._field, self._terms = field, terms
        first_words = words[firsts]
        n_words = np.diff(first_words)
        n_slots = -(-n_words // SLOT)
        first_places = starts(n_slots)[:-1] * SLOT
        docids = np.arange(len(n_words), dtype=smallest_type(len(n_words)))
        self._docids = np.repeat(docids, n_slots)
        self._begins = np.repeat(first_places, n_slots)
        self._form_bits = _bits(int(terms.codes.max(initial=0)))
        self._place_bits = _bits(len(self._docids)) + _SLOT_BITS
        places = words[:-1] + np.repeat(first_places - first_words[:-1], np.diff(firsts))
        n_pairs = meanings.n_pairs.take(pieces)
        self._keys = self._sorted(meanings, pieces, n_pairs, places.view(np.uint64))
        self.lengths = length_codes(over_runs(np.add, n_pairs, firsts, np.int64))
        n = int(terms.starts[-1])
        self.positions = np.empty(n, smallest_type(2 * int(n_words.max(initial=0))))
        self.forms = np.empty(n, smallest_type(1 << int(self._form_bits)))

    def _sorted(
        self, meanings: Meanings, pieces: np.ndarray, n_pairs: np.ndarray, places: np.ndarray
    ) -> np.ndarray:
        """One number for each occurrence, ascending: term, place, form."""
        terms = self._terms
        keys = terms.places << self._place_bits
        keys += meanings.pair_offsets[terms.pairs].astype(np.uint64)
        keys <<= self._form_bits
        keys |= terms.codes
        pairs = np.zeros(len(meanings.pair_terms) + 1, np.uint64)
        pairs[terms.pairs] = keys
        # a piece without terms is put behind all others
        pairs[-1] = np.uint64(len(terms.numbers)) << self._place_bits + self._form_bits
        first = pairs.take(np.where(meanings.n_pairs > 0, meanings.pair_starts[:-1], -1))
        several = np.flatnonzero(n_pairs > 1)
        more = n_pairs.take(several).astype(np.int64) - 1
        keys = np.empty(len(pieces) + int(more.sum()), np.uint64)
        of_first, of_more = keys[: len(pieces)], keys[len(pieces) :]
        first.take(pieces, out=of_first, mode="clip")
        of_first += places << self._form_bits
        pairs.take(
            ranges(meanings.pair_starts[pieces[several]] + 1, more), out=of_more, mode="clip"
        )
        of_more += np.repeat(places.take(several) << self._form_bits, more)
        keys.sort()
        return keys[: int(terms.starts[-1])]

    def postings(self) -> _Postings:
        """The postings of all terms."""
        chunks: list[_Postings] = []
        begins = self._terms.starts
        n_terms, n_postings, first = len(self._terms.numbers), 0, 0
        while first < n_terms or not chunks:
            last = int(np.searchsorted(begins, begins[first] + CHUNK, "right")) - 1
            last = min(max(last, first + 1), n_terms)
            chunks.append(self._chunk(first, last, n_postings))
            n_postings += len(chunks[-1].docids)
            first = last
        return _Postings(*map(np.concatenate, zip(*chunks)))

    def _chunk(self, first: int, last: int, n_before: int) -> _Postings:
        """The postings of the terms ``first … last - 1``, before which there are ``n_before``."""
        terms = self._terms
        begin, end = int(terms.starts[first]), int(terms.starts[last])
        term_starts = terms.starts[first : last + 1] - begin
        keys = self._keys[begin:end]
        places = keys >> self._form_bits
        places &= _mask(self._place_bits)
        slots = (places >> _SLOT_BITS).view(np.int64)
        docids = self._docids.take(slots)
        is_first = np.ones(len(keys), bool)
        np.not_equal(docids[1:], docids[:-1], out=is_first[1:])
        is_first[term_starts[:-1]] = True
        begins = np.flatnonzero(is_first)
        docids = docids.take(begins)

        positions = places.view(np.int64)
        positions -= self._begins.take(slots)
        forms = (keys & _mask(self._form_bits)).view(np.int64)
        self.forms[begin:end] = forms
        forms += np.repeat(terms.form_starts[first:last], np.diff(term_starts))
        weights = terms.form_weights.take(forms)
        if self._field == LED_FIELD:
            weights *= lead_weights(positions)
        positions <<= 1
        positions |= is_first
        self.positions[begin:end] = positions
        weights = weight_codes(np.add.reduceat(weights, begins))
        return _Postings(
            np.add.reduceat(is_first, term_starts[:-1], dtype=np.uint32),
            docids,
            weights << np.uint16(8) | self.lengths.take(docids),
            begins[-n_before % POSTING_BLOCK :: POSTING_BLOCK] + begin,
        )


def _bits(most: int) -> np.uint64:
    """How many bits numbers to ``most`` take."""
    return np.uint64(max(most, 1).bit_length())


def _mask(bits: np.uint64) -> np.uint64:
    return np.uint64((1 << int(bits)) - 1)

"""A batch: articles in memory on their way to a segment, their words as packed numbers.

Every occurrence of a term becomes one uint64 (term, document, position, form); sorting these
once puts terms, postings, positions and forms in the order in which a segment holds them.
"""

from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.analyzer import terms
from index.article import Article
from index.dates import days
from index.linking.aliases import aliases
from index.schema import NO_DATE, TITLE_BOOST
from index.segment.arrays import ArrayWriter, distinct, ranges, smallest, smallest_type, starts
from index.segment.layout import ALIAS, DOCUMENT_ARRAYS, NAME_FIELDS, POSTING_BLOCK, WORD_FIELDS
from index.segment.store import packed_blocks, write_store
from index.segment.strings import write_strings
from index.segment.weights import length_codes, weight_codes
from index.sentences import ends_nothing, is_mark, words_and_borders
from index.tokens import spelling

BOOSTS = {"title": TITLE_BOOST, "text": 1.0}


class _Numbers(dict):
    """Numbers for keys, in the order in which they are first asked for."""

    def __missing__(self, key):
        number = self[key] = len(self)
        return number


class Batch:
    """Articles that become one segment."""

    def __init__(self) -> None:
        self._pieces = _Numbers()
        self._words = {field: array("I") for field in WORD_FIELDS}
        self._counts = {field: array("I") for field in WORD_FIELDS}
        self._names = {field: _Numbers() for field in NAME_FIELDS}
        self._values = {field: array("I") for field in NAME_FIELDS}
        self._n_values = {field: array("I") for field in NAME_FIELDS}
        self._digests = bytearray()
        self._days = {"first_day": array("i"), "last_day": array("i")}
        self._articles: list[bytes] = []

    def __len__(self) -> int:
        return len(self._articles)

    @property
    def n_words(self) -> int:
        """Words in all, which memory grows with."""
        return sum(map(len, self._words.values()))

    def add(self, article: Article) -> None:
        """Take an article in."""
        for field, text in (("title", article.title), ("text", article.text)):
            words = words_and_borders(text)
            self._words[field].extend(map(self._pieces.__getitem__, words))
            self._counts[field].append(len(words))
        for field, names in article_names(article).items():
            self._values[field].extend(map(self._names[field].__getitem__, names))
            self._n_values[field].append(len(names))
        self._digests += bytes.fromhex(article.digest)
        first, last = days(article.date) if article.date else (NO_DATE, NO_DATE)
        self._days["first_day"].append(first)
        self._days["last_day"].append(last)
        self._articles.append(article.to_json())

    def write(self, path: Path) -> None:
        """Write the segment's file.

        Raises OSError; nothing is left of the file then.
        """
        writer = ArrayWriter(path)
        try:
            write_store(writer, packed_blocks(self._articles))
            digests = np.frombuffer(self._digests, np.uint8).reshape(len(self), -1)
            for name in DOCUMENT_ARRAYS:
                writer.add(name, digests if name == "digest" else np.array(self._days[name], "i4"))
            for field in NAME_FIELDS:
                self._write_names(writer, field)
            vocabulary = _Vocabulary(list(self._pieces))
            lengths = {f: self._write_words(writer, f, vocabulary) for f in WORD_FIELDS}
            write_strings(writer, "forms", vocabulary.forms)
            writer.finish({"n_docs": len(self), "field_lengths": lengths})
        except BaseException:
            writer.abandon()
            raise

    def _write_names(self, writer: ArrayWriter, field: str) -> None:
        names = [name.encode() for name in self._names[field]]
        order = sorted(range(len(names)), key=names.__getitem__)
        ranks = np.empty(len(names), np.int64)
        ranks[order] = np.arange(len(names))
        values = ranks[np.frombuffer(self._values[field], np.uint32)]
        counts = np.frombuffer(self._n_values[field], np.uint32)
        write_strings(writer, f"{field}.terms", [names[n] for n in order])
        write_values(writer, field, counts, values, len(names))

    def _write_words(self, writer: ArrayWriter, field: str, vocabulary: "_Vocabulary") -> int:
        pieces = np.frombuffer(self._words[field], np.uint32)
        docids = np.repeat(np.arange(len(self)), np.frombuffer(self._counts[field], np.uint32))
        marks = vocabulary.marks[pieces]
        _write_sentences(writer, field, vocabulary, pieces, docids, marks, len(self))
        return _write_postings(writer, field, vocabulary, pieces[~marks], docids[~marks], len(self))


def article_names(article: Article) -> dict[str, Sequence[str]]:
    """The names of an article by field."""
    return {
        "id": (article.id,),
        "person": article.persons,
        "org": article.organizations,
        "source": (article.source,) if article.source else (),
        "section": (article.section,) if article.section else (),
        ALIAS: tuple(map("\t".join, aliases(article))),
    }


def write_values(
    writer: ArrayWriter, field: str, counts: np.ndarray, values: np.ndarray, n_terms: int
) -> None:
    """Write what each document holds of a field of names, and which documents hold each name:
    ``counts`` (n_docs,) values of each document, ``values`` (n_values,) numbers of names."""
    docids = np.repeat(np.arange(len(counts)), counts)
    postings = distinct(values.astype(np.uint64) << np.uint64(32) | docids.astype(np.uint64))
    holders = (postings >> np.uint64(32)).astype(np.int64)
    writer.add(f"{field}.value_starts", smallest(starts(counts)))
    writer.add(f"{field}.values", smallest(values, n_terms))
    writer.add(f"{field}.posting_starts", smallest(starts(np.bincount(holders, minlength=n_terms))))
    writer.add(
        f"{field}.docids",
        smallest((postings & np.uint64(0xFFFFFFFF)).astype(np.int64), len(counts)),
    )


class _Vocabulary:
    """What the distinct pieces of a batch are: marks, or words with their terms and forms.

    A piece's terms are those of the pairs ``pair_starts[piece] … pair_starts[piece + 1]``:
    ``pair_terms``, their numbers; ``pair_forms``, the form's number in ``forms``;
    ``pair_weights``. ``terms`` and ``forms`` are sorted.
    """

    def __init__(self, pieces: list[str]):
        self.marks = np.fromiter(map(is_mark, pieces), bool, len(pieces))
        self.full_stops = np.fromiter((p.startswith(". ") for p in pieces), bool, len(pieces))
        self.open_ended = np.fromiter(map(ends_nothing, pieces), bool, len(pieces))
        known_terms, known_forms = _Numbers(), _Numbers()
        counts, held, forms, weights = [], [], [], []
        for piece, is_a_mark in zip(pieces, self.marks.tolist()):
            found = () if is_a_mark else terms(piece)
            counts.append(len(found))
            if found:
                form = known_forms[spelling(piece)]
                for term, weight in found:
                    held.append(known_terms[term])
                    forms.append(form)
                    weights.append(weight)
        self.terms, term_ranks = _sorted(known_terms)
        self.forms, form_ranks = _sorted(known_forms)
        self.pair_starts = starts(np.array(counts, np.int64))
        self.pair_terms = term_ranks[np.array(held, np.int64)]
        self.pair_forms = form_ranks[np.array(forms, np.int64)]
        self.pair_weights = np.array(weights)


def _sorted(numbers: _Numbers) -> tuple[list[bytes], np.ndarray]:
    """The keys in order, and the place of each number in that order."""
    keys = [key.encode() for key in numbers]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranks = np.empty(len(keys), np.int64)
    ranks[order] = np.arange(len(keys))
    return [keys[n] for n in order], ranks


def _write_sentences(
    writer: ArrayWriter,
    field: str,
    vocabulary: _Vocabulary,
    pieces: np.ndarray,
    docids: np.ndarray,
    marks: np.ndarray,
    n_docs: int,
) -> None:
    """Write the positions of the words that begin a sentence, document by document."""
    before = np.concatenate(([0], pieces[:-1])) if len(pieces) else pieces
    borders = marks & ~(vocabulary.full_stops[pieces] & vocabulary.open_ended[before])
    after = np.zeros(len(pieces), bool)
    after[1:] = borders[:-1] | (docids[1:] != docids[:-1])
    after[:1] = True
    # a mark passes the beginning on to the word that follows it
    number = np.cumsum(after)[~marks]
    first = np.ones(len(number), bool)
    first[1:] = number[1:] != number[:-1]
    held = docids[~marks]
    positions = np.arange(len(held)) - starts(np.bincount(held, minlength=n_docs))[held]
    writer.add(
        f"{field}.sentence_starts", smallest(starts(np.bincount(held[first], minlength=n_docs)))
    )
    writer.add(f"{field}.sentences", smallest(positions[first]))


def _write_postings(
    writer: ArrayWriter,
    field: str,
    vocabulary: _Vocabulary,
    words: np.ndarray,
    docids: np.ndarray,
    n_docs: int,
) -> int:
    """Write terms, postings and occurrences; returns the number of occurrences."""
    counts = np.diff(vocabulary.pair_starts)
    used = np.flatnonzero(np.bincount(words, minlength=len(counts)))
    pairs = ranges(vocabulary.pair_starts[used], counts[used])
    held = distinct(vocabulary.pair_terms[pairs])
    n_forms = max(len(vocabulary.forms), 1)
    pair_keys = vocabulary.pair_terms * n_forms + vocabulary.pair_forms
    known, place = np.unique(pair_keys[pairs], return_index=True)
    term_of_form = np.searchsorted(held, known // n_forms)
    form_starts = starts(np.bincount(term_of_form, minlength=len(held)))
    form_weights = vocabulary.pair_weights[pairs][place] * BOOSTS[field]
    slots = np.searchsorted(known, pair_keys[pairs])
    terms_of_pairs, forms_of_pairs = np.zeros((2, len(pair_keys)), np.uint64)
    terms_of_pairs[pairs] = term_of_form[slots]
    forms_of_pairs[pairs] = slots - form_starts[term_of_form[slots]]

    # one packed number for each occurrence: term, document, position, form
    positions = np.arange(len(words)) - starts(np.bincount(docids, minlength=n_docs))[docids]
    form_bits, position_bits = _bits(forms_of_pairs), _bits(positions)
    document_bits = np.uint64(max(n_docs - 1, 1).bit_length())
    places = docids.astype(np.uint64) << position_bits | positions.astype(np.uint64)
    owners = terms_of_pairs << (form_bits + position_bits + document_bits) | forms_of_pairs
    n_pairs = counts[words]
    keys = np.repeat(places << form_bits, n_pairs)
    keys |= owners[ranges(vocabulary.pair_starts[words], n_pairs)]
    del places, positions
    keys.sort()

    forms = (keys & _mask(form_bits)).astype(smallest_type(1 << int(form_bits)))
    keys >>= form_bits
    positions = (keys & _mask(position_bits)).astype(smallest_type(2 << int(position_bits)))
    keys >>= position_bits
    first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    positions = positions << 1 | first
    begins = np.flatnonzero(first)
    frequencies = np.diff(begins, append=len(keys))
    postings = keys[begins]
    posting_docids = (postings & _mask(document_bits)).astype(np.int64)
    posting_terms = (postings >> document_bits).astype(np.int64)
    occurrence_terms = np.repeat(posting_terms, frequencies)
    weights = form_weights[form_starts[occurrence_terms] + forms]
    totals = np.add.reduceat(weights, begins) if len(begins) else weights
    lengths = np.bincount(posting_docids, frequencies, n_docs).astype(np.int64)
    codes = length_codes(lengths)

    write_strings(writer, f"{field}.terms", [vocabulary.terms[n] for n in held.tolist()])
    for name, array_ in (
        ("posting_starts", smallest(starts(np.bincount(posting_terms, minlength=len(held))))),
        ("docids", smallest(posting_docids, n_docs)),
        ("codes", weight_codes(totals) << np.uint16(8) | codes[posting_docids]),
        (
            "occurrence_starts",
            smallest(starts(np.bincount(occurrence_terms, minlength=len(held)))),
        ),
        ("occurrence_blocks", smallest(np.append(begins[::POSTING_BLOCK], len(keys)))),
        ("positions", smallest(positions)),
        ("forms", smallest(forms)),
        ("form_starts", smallest(form_starts)),
        ("form_numbers", smallest(known % n_forms)),
        ("lengths", codes),
    ):
        writer.add(f"{field}.{name}", array_)
    return len(keys)


def _bits(values: np.ndarray) -> np.uint64:
    """How many bits the values take."""
    return np.uint64(max(int(values.max()) if len(values) else 0, 1).bit_length())


def _mask(bits: int | np.uint64) -> np.uint64:
    return np.uint64((1 << int(bits)) - 1)

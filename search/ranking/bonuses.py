"""Bonuses: what the best articles score beside BM25F, where a query asks for several words.

Words near each other, and words in the very form of the query, tell little by themselves, so they
only put the first articles in order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.analyzer import query_lemmas
from index.morphology import fold
from index.segment.arrays import ranges
from index.segment.segment import SegmentData
from index.tokens import spelling
from search.matching.statistics import Statistics
from search.query.compiler import lemmas_of
from search.query.syntax import And, Exact, Node, Or, Word

FIELD = "text"
"""The field that is looked at; in a title, words are near each other in any case."""

CANDIDATES = 10
"""Articles that are looked at, the best by BM25F."""

MOST_WORDS = 16
"""Words of a query that count."""

COMMON, MANY = 1 / 8, 1_000
"""The share of all articles, and at least how many, that a word may stand in to count: near a
commoner one there is always another word of the query."""

REACH = 4
"""Words from one word to the next one of the query that is near it, at the most."""

NEAR, SAME_FORM = 0.3, 0.1
"""The bonus of two words side by side, and of a word in the form of the query, in parts of the
rarity of the word (of the commoner one of two). At a distance, it is divided by that."""

_APART = 1 << 34
_KEPT = 256


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a query: its lemmas, the likeliest first, and its form, folded."""

    lemmas: tuple[str, ...]
    form: str

    @property
    def term(self) -> tuple[str, bytes]:
        """The field and the likeliest lemma."""
        return FIELD, self.lemmas[0].encode()


@dataclass(frozen=True, slots=True)
class Bonus:
    """What a document scores for two ``words`` that stand ``distance`` words from each other, or
    for one that stands there in this form."""

    words: tuple[str, ...]
    distance: int
    score: float


@dataclass(frozen=True, slots=True)
class Bonuses:
    """Of some documents, ``docids`` (n_docs,), for some words of a query: ``near`` (n_docs,
    n_words, n_words) of each pair of words, the earlier one of the query first, and ``forms``
    (n_docs, n_words) of each word, float64. ``nearness`` is like ``near``: 1 by how far the words
    are from each other."""

    docids: np.ndarray
    words: Sequence[AskedWord]
    near: np.ndarray
    forms: np.ndarray
    nearness: np.ndarray

    @property
    def totals(self) -> np.ndarray:
        """The bonus of each document, (n_docs,) float64."""
        return self.near.sum((1, 2)) + self.forms.sum(1)

    def of(self, docid: int) -> Iterator[Bonus]:
        """The bonuses of one document, if it is one of them."""
        for row in np.flatnonzero(self.docids == docid):
            for one, other in np.argwhere(self.near[row]).tolist():
                pair = (self.words[one].form, self.words[other].form)
                gap = round(1 / self.nearness[row, one, other])
                yield Bonus(pair, gap, float(self.near[row, one, other]))
            for word in np.flatnonzero(self.forms[row]).tolist():
                yield Bonus((self.words[word].form,), 0, float(self.forms[row, word]))


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of a segment that some words stand for, (n_terms,): where the postings of each
    begin and end, the number of its word, and which of its forms are the asked one, (n_terms,
    n_forms) bool."""

    firsts: Sequence[int]
    ends: Sequence[int]
    words: np.ndarray
    asked_forms: np.ndarray


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a query that count: what a pair of them side by side, (n_words, n_words), and
    the form of each, (n_words,), are worth; their terms in each segment."""

    words: Sequence[AskedWord]
    near: np.ndarray
    forms: np.ndarray
    terms: Sequence[_Terms]


class BonusScorer:
    """Gives bonuses to documents of some segments."""

    def __init__(self, segments: Sequence[SegmentData], statistics: Statistics):
        self._segments = segments
        self._statistics = statistics
        self.asked = lru_cache(_KEPT)(self._asked)

    def _asked(self, tree: Node | None) -> Asked | None:
        """What a query asks for: None where there is no second word that tells something."""
        most = max(MANY, COMMON * self._statistics.n_docs)
        words = [_asked_word(word) for word in dict.fromkeys(_words(tree))]
        words = [w for w in words if w.lemmas and self._statistics.n_held(*w.term) <= most]
        if len(words) < 2:
            return None
        words = words[:MOST_WORDS]
        rarity = np.array([self._statistics.idf(*word.term) for word in words])
        return Asked(
            words,
            NEAR * np.minimum.outer(rarity, rarity),
            SAME_FORM * rarity,
            [_terms(data, words) for data in self._segments],
        )

    def bonuses(self, asked: Asked, docids: np.ndarray) -> Bonuses:
        """The bonuses of some documents, (n,) in any order."""
        n = len(asked.words)
        nearness, forms = np.zeros((len(docids), n * n)), np.zeros((len(docids), n), bool)
        order = np.argsort(docids)
        ascending = docids[order]
        base = 0
        for data, terms in zip(self._segments, asked.terms):
            first, last = np.searchsorted(ascending, (base, base + data.n_docs))
            if first < last:
                here = order[first:last]
                found = _occurrences(data, terms, ascending[first:last] - base)
                same = found.same_form
                forms[here[found.document[same]], found.word[same]] = True
                document, pair, gap = _neighbours(found, n)
                np.maximum.at(nearness, (here[document], pair), 1 / gap)
            base += data.n_docs
        nearness = nearness.reshape(len(docids), n, n)
        return Bonuses(docids, asked.words, nearness * asked.near, forms * asked.forms, nearness)


def _words(node: Node | None) -> Iterator[Word | Exact]:
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _words(child)
        case Word() | Exact() if node.field in (None, FIELD):
            yield node


def _asked_word(word: Word | Exact) -> AskedWord:
    lemmas = lemmas_of(word) if isinstance(word, Word) else query_lemmas(word.text)[:1]
    return AskedWord(lemmas, fold(spelling(word.text)))


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Occurrences of words in documents, (n,) each: the numbers of document and word, the
    position, and whether the form is the asked one."""

    document: np.ndarray
    word: np.ndarray
    position: np.ndarray
    same_form: np.ndarray


def _terms(data: SegmentData, words: Sequence[AskedWord]) -> _Terms:
    field = data.words[FIELD]
    found = [
        (term, number)
        for number, word in enumerate(words)
        for lemma in word.lemmas
        if (term := field.terms.find(lemma.encode())) is not None
    ]
    codes = [data.form_codes(FIELD, term, words[number].form) for term, number in found]
    asked = np.zeros((len(found), 2 + max(map(max, filter(None, codes)), default=0)), bool)
    for row, some in zip(asked, codes):
        row[some] = True
    bounds = [(int(field.posting_starts[t]), int(field.posting_starts[t + 1])) for t, _ in found]
    firsts, ends = zip(*bounds) if bounds else ((), ())
    return _Terms(firsts, ends, np.array([number for _, number in found], np.intp), asked)


def _occurrences(data: SegmentData, terms: _Terms, docids: np.ndarray) -> _Occurrences:
    """Every occurrence of some terms in some documents of a segment, ascending."""
    field = data.words[FIELD]
    places = np.empty((len(terms.firsts), len(docids)), np.int64)
    held = np.empty(places.shape, bool)
    for row, (first, end) in enumerate(zip(terms.firsts, terms.ends)):
        places[row], held[row] = field.docids.find(first, end, docids)
        places[row] += first
    term, document = np.nonzero(held)
    postings = places[term, document]
    first, end = field.occurrences_of(postings)
    lengths = end - first
    occurrences = ranges(first, lengths)
    term = np.repeat(term, lengths)
    forms = np.minimum(field.forms.take(occurrences), terms.asked_forms.shape[1] - 1, dtype=np.intp)
    return _Occurrences(
        np.repeat(document, lengths),
        terms.words.take(term),
        field.positions.take(occurrences) >> 1,
        terms.asked_forms[term, forms],
    )


def _neighbours(found: _Occurrences, n_words: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where a word is followed by another one within REACH: the document, the number of the
    pair, and how far the one is from the other."""
    place = found.document * _APART + found.position
    place, word = np.divmod(np.sort(place * MOST_WORDS + found.word), MOST_WORDS)
    gap = place[1:] - place[:-1]
    near = np.flatnonzero((gap > 0) & (gap <= REACH) & (word[1:] != word[:-1]))
    one, other = word[near], word[near + 1]
    pair = np.minimum(one, other) * n_words + np.maximum(one, other)
    return place[near] // _APART, pair, gap[near]

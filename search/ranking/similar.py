"""Similar articles: those that share an article's weighty words, and those who are named in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from math import log

import numpy as np

from index.analyzer import query_lemmas, terms
from index.article import Article
from index.schema import KINDS_OF_FACETS, TITLE_BOOST
from index.segment.arrays import starts
from index.segment.documents import places
from index.segment.weights import lead_weights
from index.tokens import tokens
from search.deadline import check
from search.entities.words import name_words
from search.query.syntax import TEXT_FIELDS
from search.snapshot import Snapshot

WORDS = 16
"""Lemmas of an article by which others are found."""

COMPARED = 20
WEIGHED = 40
"""Lemmas that are weighty by the largest segment, of which these are the weightiest in all: the
first COMPARED of WEIGHED that are neither too frequent nor nowhere else."""

FREQUENT = 8
FEW = 5
"""A lemma that more than one in FREQUENT of all articles have, and more than FEW, says nothing of
one."""

SHORTEST = 3
"""Letters of a lemma by which others are found."""

READ = 1000
"""Words of a text from the beginning that are looked at."""

NAMED = 3.0
"""What a name counts beside the weightiest lemma, where both are as rare."""

LEAST = 0.1
"""The share of what an article has in common with itself that a similar one has to have."""

AT_ONCE = 4
"""Articles that are looked at first for each that is wanted, as some are reprints of others."""

_SATURATION = 1.2
"""Of how often a lemma stands in the article: k1 of BM25."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A document like another, and its article: the ``score``, 1 for all in common; the ordinals
    of the entities that both hold, by facet; the ``lemmas`` that both have, the weightiest
    first."""

    docid: int
    article: Article
    score: float
    entities: dict[str, list[int]]
    lemmas: list[str]


@dataclass(frozen=True, slots=True)
class _Lemma:
    """A lemma of the article: its tf-idf, its idf, and in each field of each segment that knows
    it its documents, (n,) ascending from 0 in the segment, of which ``first`` is the first, and
    their codes."""

    lemma: str
    weight: float
    idf: float
    held: list[tuple[str, int, np.ndarray, np.ndarray]]


def similar(snapshot: Snapshot, docid: int, size: int) -> list[Similar]:
    """The documents that have most in common with one, ``size`` of them at the most: of a
    group of reprints one, and none of the document's own."""
    article = snapshot.article(docid)
    entities = {field: _entities(snapshot, article, field) for field in KINDS_OF_FACETS}
    lemmas = _weighty(snapshot, article)
    scores = _scores(snapshot, lemmas, entities)
    whole = float(scores[docid])
    if not whole:
        return []
    scores[~snapshot.alive] = 0
    found = list(islice(_stories(snapshot, docid, scores, whole * LEAST, size), size))
    lemmas_of = _shared_lemmas(snapshot, lemmas, [other for other, _ in found])
    alike = []
    for other, score in found:
        theirs = snapshot.article(other)
        shared = {field: _shared(snapshot, theirs, field, entities[field]) for field in entities}
        alike.append(Similar(other, theirs, min(score / whole, 1.0), shared, lemmas_of[other]))
    return alike


def _entities(snapshot: Snapshot, article: Article, field: str) -> list[int]:
    entities = snapshot.column(field).entities
    names = article.persons if field == "person" else article.organizations
    ordinals = dict.fromkeys(map(entities.of_name, names))
    return [ordinal for ordinal in ordinals if not entities.hidden[ordinal]]


def _weighty(snapshot: Snapshot, article: Article) -> list[_Lemma]:
    """The lemmas that are frequent in an article and rare elsewhere, though not nowhere else,
    WORDS of them at the most, the weightiest first."""
    largest = max(snapshot.data, key=lambda data: data.n_docs)
    field, counts = largest.words["text"], _counts(article)
    titled = {lemma for word in tokens(article.title) for lemma in query_lemmas(word.text)}
    about = {}
    for lemma, count in counts.items():
        row = field.terms.find(lemma.encode())
        articles = 0 if row is None else field.n_postings(row)
        about[lemma] = _tf(count) * (log(largest.n_docs / (articles + 1)) + 1)
    found = []
    for lemma in nlargest(WEIGHED, about, key=lambda one: (about[one], one)):
        fields = TEXT_FIELDS if lemma in titled else ("text",)
        held = list(_held(snapshot, lemma.encode(), fields))
        articles = max(sum(len(d) for f, _, d, _ in held if f == field) for field in fields)
        if 1 < articles <= max(FEW, snapshot.n_docs / FREQUENT):
            idf = log(snapshot.n_docs / (articles + 1)) + 1
            found.append(_Lemma(lemma, _tf(counts[lemma]) * idf, idf, held))
        if len(found) == COMPARED:
            break
    return nlargest(WORDS, found, key=lambda one: (one.weight, one.lemma))


def _counts(article: Article) -> dict[str, float]:
    """How often an article has each lemma, that is none of a name in it; more for a word of the
    title or the opening words."""
    counts: dict[str, float] = defaultdict(float)
    for text, boost in ((article.title, TITLE_BOOST), (article.text, 1.0)):
        words = list(islice(tokens(text), READ))
        for word, weight in zip(words, lead_weights(np.arange(len(words))).tolist()):
            lemma = terms(word.text)[0][0]
            if len(lemma) >= SHORTEST and not any(map(str.isdigit, lemma)):
                counts[lemma] += weight * boost
    names = (*article.persons, *article.organizations)
    for word in {word for name in names for word in name_words(name)}:
        for lemma in query_lemmas(word):
            counts.pop(lemma, None)
    return counts


def _tf(count: float) -> float:
    return count * (_SATURATION + 1) / (count + _SATURATION)


def _held(
    snapshot: Snapshot, term: bytes, fields: Iterable[str]
) -> Iterator[tuple[str, int, np.ndarray, np.ndarray]]:
    first = 0
    for data in snapshot.data:
        for field in fields:
            row = data.words[field].terms.find(term)
            if row is not None:
                yield field, first, *data.words[field].documents(row)
        first += data.n_docs


def _scores(snapshot: Snapshot, lemmas: list[_Lemma], entities: dict[str, list[int]]) -> np.ndarray:
    """What each document has in common with the article, (n_docs,) float32: BM25F of the lemmas
    times their weights in the article, and the idf of the entities squared."""
    scores = np.zeros(snapshot.n_docs, np.float32)
    top = max((lemma.weight for lemma in lemmas), default=1.0)
    for lemma in lemmas:
        check()
        factor = np.float32(lemma.idf * lemma.weight / top)
        for field, first, docids, codes in lemma.held:
            weights = snapshot.statistics.table(field).take(codes)
            scores[docids + first] += weights * factor
    for field, ordinals in entities.items():
        column = snapshot.column(field)
        for ordinal in ordinals:
            articles = int(column.values.whole[column.values.number_of[ordinal]])
            idf = log(snapshot.n_docs / (articles + 1)) + 1
            scores[_holders(snapshot, field, ordinal)] += np.float32(NAMED * idf**2 / top)
    return scores


def _holders(snapshot: Snapshot, field: str, ordinal: int) -> np.ndarray:
    """The documents that hold an entity, (n_docs,) bool."""
    entities = snapshot.column(field).entities
    names = [entities.names[number].encode() for number in entities.members(ordinal)]
    holders, first = np.zeros(snapshot.n_docs, bool), 0
    for data in snapshot.data:
        held = data.names[field]
        for row in map(held.terms.find, names):
            if row is not None:
                holders[held.postings(row) + first] = True
        first += data.n_docs
    return holders


def _stories(
    snapshot: Snapshot, docid: int, scores: np.ndarray, least: float, size: int
) -> Iterator[tuple[int, float]]:
    """The documents with a score of ``least`` or more and their scores, the highest first, of
    those with the same score the newest, then by id; each group of reprints once, and without
    that of ``docid``."""
    told = {snapshot.reprints.story(docid)}
    left, looked_at = np.flatnonzero(scores >= least), AT_ONCE * size
    while len(left):
        reached, bound = scores[left], np.float32(0)
        if looked_at < len(left):
            bound = np.partition(reached, -looked_at)[-looked_at]
        best, left = left[reached >= bound], left[reached < bound]
        rows = [
            (-round(float(scores[n]), 3), -int(snapshot.first_days[n]), snapshot.id(n), n)
            for n in best.tolist()
        ]
        for score, _, _, other in sorted(rows):
            story = snapshot.reprints.story(other)
            if story not in told:
                told.add(story)
                yield other, -score


def _shared(snapshot: Snapshot, article: Article, field: str, ordinals: list[int]) -> list[int]:
    others = set(_entities(snapshot, article, field))
    return [ordinal for ordinal in ordinals if ordinal in others]


def _shared_lemmas(
    snapshot: Snapshot, lemmas: list[_Lemma], docids: list[int]
) -> dict[int, list[str]]:
    """Of the lemmas those that each of some documents has."""
    wanted = np.array(sorted(docids), np.int64)
    firsts = starts(np.array([data.n_docs for data in snapshot.data], np.int64))
    cuts = np.searchsorted(wanted, firsts).tolist()
    inside = {
        first: wanted[begin:end] - first
        for first, begin, end in zip(firsts.tolist(), cuts, cuts[1:])
        if begin < end
    }
    shared: dict[int, dict[str, None]] = {docid: {} for docid in docids}
    for lemma in lemmas:
        for _, first, held, _ in lemma.held:
            if first in inside:
                for docid in inside[first][places(held, inside[first])[1]].tolist():
                    shared[first + docid][lemma.lemma] = None
    return {docid: list(found) for docid, found in shared.items()}

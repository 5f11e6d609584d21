"""Spans: where in documents stands what a query asks for, from the positions and forms of a
segment. No text is looked at.

The documents that are looked at lie on one line, far apart; a place is a point of the line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from whoosh import query as whoosh
from whoosh.query.spans import SpanNear2

from index.morphology import fold
from index.segment.arrays import distinct, ranges, starts
from index.segment.documents import places
from index.segment.segment import SegmentData
from search.matching.expansion import term_numbers
from search.matching.near import followed
from search.matching.queries import Adjacent, Beginning, Form, Placed, SameSentence, Within, Without

APART = 1 << 34
"""From the beginning of one document to that of the next on the line."""

FEW = 64
"""Terms of a prefix that are looked up one by one."""

Spans = tuple[np.ndarray, np.ndarray]
"""The places of the first and of the last word of each span, (n_spans,) int64 both."""

_NOWHERE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of documents: their ``places`` and the numbers of the ``terms`` under which they
    were found, (n_words,) int64 both."""

    places: np.ndarray
    terms: np.ndarray

    def where(self, kept: np.ndarray) -> "Words":
        """Those for which ``kept``, (n_words,) bool, is true."""
        return Words(self.places[kept], self.terms[kept])


def hold(data: SegmentData, query: Placed, docids: Sequence[int] | np.ndarray) -> np.ndarray:
    """In which of some documents of a segment, ascending, that ``query.loose`` finds the query
    is true, (n,) bool."""
    found = np.zeros(len(docids), bool)
    if len(docids):
        lines = Lines(data, query.field, np.asarray(docids, np.int64))
        found[lines.spans(query)[0] // APART] = True
    return found


class Lines:
    """Some documents of a segment (docids, ascending) through one of their fields."""

    def __init__(self, data: SegmentData, field: str, docids: np.ndarray):
        self._field = data.words[field]
        self._forms = data.forms
        self._docids = docids

    def matched(self, query: whoosh.Query) -> Words:
        """The words by which the documents match a query of this field."""
        if isinstance(query, SameSentence):
            return self._in_sentences(query.inner, self._sentences(query.inner))
        return _inside(self._words(query), self.spans(query))

    def spans(self, query: whoosh.Query) -> Spans:
        """The spans that match a query of this field; of a SameSentence, whole sentences."""
        match query:
            case whoosh.Or():
                parts = [self.spans(part) for part in query.subqueries]
                return tuple(np.concatenate([_NOWHERE, *side]) for side in zip(*parts))
            case Adjacent(words=words) | SpanNear2(qs=words):
                found = {word: distinct(self._words(word).places) for word in dict.fromkeys(words)}
                first = followed(words, found)
                return first, first + len(words) - 1
            case Within(words=words, distance=distance):
                lines = [distinct(self._words(word).places) for word in dict.fromkeys(words)]
                return _windows(lines, len(words), distance)
            case SameSentence(inner=inner):
                first = self._begins[self._sentences(inner)]
                return first, first
        places_ = self._words(query).places
        return places_, places_

    def _words(self, query: whoosh.Query) -> Words:
        """All words that a query names, however they stand."""
        match query:
            case Form(loose=term) | Beginning(loose=term):
                number = self._field.terms.find(term.text.encode())
                return self._occurrences(number, query.fits)
            case whoosh.Term(text=text):
                return self._occurrences(self._field.terms.find(text.encode()))
            case whoosh.Or(subqueries=parts) | Adjacent(words=parts) | Within(words=parts):
                return _joined([self._words(part) for part in dict.fromkeys(parts)])
            case SpanNear2(qs=parts):
                return _joined([self._words(part) for part in dict.fromkeys(parts)])
            case whoosh.Prefix() | whoosh.Wildcard() | whoosh.FuzzyTerm():
                numbers = term_numbers(query, self._field.terms)
                here = self._here(numbers)
                if isinstance(numbers, range) and len(here) > FEW:
                    return self._of_neighbours(numbers)
                return _joined([self._occurrences(number) for number in here])
        return _joined([])

    def _here(self, numbers: Sequence[int]) -> list[int]:
        """Those of some terms that the documents hold."""
        if not len(numbers):
            return []
        numbers = np.asarray(numbers)
        begins = self._field.posting_starts[numbers].astype(np.int64)
        lengths = self._field.posting_starts[numbers + 1].astype(np.int64) - begins
        _, held = places(self._docids, self._field.docids.take(ranges(begins, lengths)))
        counts = np.add.reduceat(held, starts(lengths)[:-1])
        return numbers[counts > 0].tolist()

    def _of_neighbours(self, numbers: range) -> Words:
        """The words under many terms that follow each other, all in one pass."""
        field = self._field
        first, last = (int(field.posting_starts[n]) for n in (numbers.start, numbers.stop))
        begin, end = (int(field.occurrence_starts[n]) for n in (numbers.start, numbers.stop))
        place, held = places(self._docids, field.docids.between(first, last))
        positions = field.positions[begin:end]
        owners = np.cumsum(positions & 1, dtype=np.int64) - 1
        kept = np.flatnonzero(held[owners])
        owners = owners[kept]
        terms = np.searchsorted(field.posting_starts, first + owners, side="right") - 1
        return Words(place[owners] * APART + (positions[kept].astype(np.int64) >> 1), terms)

    def _occurrences(self, number: int | None, fits: Callable[[str], bool] | None = None) -> Words:
        """The words under a term, in the forms that fit or in all."""
        if number is None:
            return _joined([])
        postings = self._field.postings(number)
        place, held = postings.find(self._docids)
        which = np.flatnonzero(held)
        owners, occurrences = postings.occurrences(place[which])
        if fits:
            of_term = self._field.forms_of(number).tolist()
            named = [fits(fold(self._forms[form].decode())) for form in of_term]
            kept = np.array(named)[postings.forms[occurrences]]
            owners, occurrences = owners[kept], occurrences[kept]
        found = which[owners] * APART + postings.positions(occurrences)
        return Words(found, np.full(len(found), number, np.int64))

    @cached_property
    def _begins(self) -> np.ndarray:
        """Where the sentences of the documents begin, ascending."""
        first = self._field.sentence_starts[self._docids].astype(np.int64)
        counts = self._field.sentence_starts[self._docids + 1].astype(np.int64) - first
        positions = self._field.sentences[ranges(first, counts)].astype(np.int64)
        return np.repeat(np.arange(len(counts)), counts) * APART + positions

    def _sentences_of(self, places_: np.ndarray) -> np.ndarray:
        """The number of the sentence around each place."""
        return np.searchsorted(self._begins, places_, side="right") - 1

    def _sentences(self, query: whoosh.Query) -> np.ndarray:
        """Which sentences match a query, (n_sentences,) bool."""
        match query:
            case whoosh.And(subqueries=parts):
                return np.logical_and.reduce([self._sentences(part) for part in parts])
            case Without(a=asked, b=left_out):
                return self._sentences(asked) & ~self._sentences(left_out)
            case SameSentence(inner=inner):
                return self._sentences(inner)
        found = np.full(len(self._begins), isinstance(query, whoosh.Every))
        if isinstance(query, whoosh.Or):
            for part in query.subqueries:
                found |= self._sentences(part)
        else:
            found[self._within_sentences(self.spans(query))[1]] = True
        return found

    def _within_sentences(self, spans: Spans) -> tuple[Spans, np.ndarray]:
        """The spans that lie in one sentence each, and its number."""
        first, last = map(self._sentences_of, spans)
        whole = first == last
        return (spans[0][whole], spans[1][whole]), first[whole]

    def _in_sentences(self, query: whoosh.Query, sentences: np.ndarray) -> Words:
        """The words by which some sentences match a query."""
        if isinstance(query, (whoosh.And, Without)):
            sentences = sentences & self._sentences(query)
        match query:
            case whoosh.And(subqueries=parts) | whoosh.Or(subqueries=parts):
                return _joined([self._in_sentences(part, sentences) for part in parts])
            case Without(a=asked):
                return self._in_sentences(asked, sentences)
            case SameSentence(inner=inner):
                return self._in_sentences(inner, sentences)
        (first, last), numbers = self._within_sentences(self.spans(query))
        kept = sentences[numbers]
        return _inside(self._words(query), (first[kept], last[kept]))


def _joined(parts: Sequence[Words]) -> Words:
    return Words(
        np.concatenate([_NOWHERE, *(part.places for part in parts)]),
        np.concatenate([_NOWHERE, *(part.terms for part in parts)]),
    )


def _inside(words: Words, spans: Spans) -> Words:
    """The words that lie in a span."""
    order = np.argsort(spans[0], kind="stable")
    first, last = spans[0][order], np.maximum.accumulate(spans[1][order])
    if not len(first):
        return words.where(np.zeros(len(words.places), bool))
    before = np.searchsorted(first, words.places, side="right") - 1
    return words.where((before >= 0) & (last[before] >= words.places))


def _windows(lines: Sequence[np.ndarray], n_words: int, distance: int) -> Spans:
    """The shortest spans from each place on that hold a place of every line, ``n_words`` places
    in all, and are no longer than ``distance``."""
    found = distinct(np.concatenate(lines))
    first, last = found[: max(len(found) - n_words + 1, 0)], found[n_words - 1 :]
    for line in lines:
        following = np.searchsorted(line, first)
        reached = following < len(line)
        first, last, following = first[reached], last[reached], following[reached]
        last = np.maximum(last, line[following])
    near = last - first <= distance
    return first[near], last[near]

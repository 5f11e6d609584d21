"""The evaluator: a Whoosh query tree to the documents that it finds in one segment.

Two questions are asked of every kind of query: which documents it finds (``find``), and which of
some documents it finds (``among``), so that an AND only looks at what its rarest part has left.
Finds what Whoosh's matchers find, and scores as Whoosh's BM25F; words that a prefix, wildcard or
fuzzy query stands for score 1 together (Whoosh scores them one way or another by their number).
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from whoosh import query as whoosh
from whoosh.query.spans import SpanNear2
from whoosh.reading import SegmentReader

from index.schema import NO_DATE
from index.segment.arrays import distinct, true_places
from index.segment.fields import CommonPostings, Postings
from index.segment.segment import SegmentData
from search.deadline import check
from search.matching.daterange import DateRange
from search.matching.expansion import term_numbers
from search.matching.hits import NOTHING, Hits, constant, laid_out, marked, union
from search.matching.near import near
from search.matching.queries import Placed, Without
from search.matching.spans import hold
from search.matching.statistics import Statistics
from search.matching.together import together

VERY_SPARSE = 8
"""Less than one posting for VERY_SPARSE documents are sorted, as numbers of 32 bits, which NumPy
does many at a time; of more the documents are marked."""

AT_ONCE = 1 << 16
"""Postings whose documents are marked at a time, so that little memory is needed beside."""

SPARSE, COMMON_SPARSE = 48, 2
"""Less than one wanted document in SPARSE postings are looked up, or in COMMON_SPARSE of a very
common term, of which it is known where each document stands; for more the codes are laid out."""

_GRAIN = np.float32(192)
"""Added and taken away, it rounds scores to whole numbers of 1 / 65536: sums of these up to 256
are exact, so that equal documents score alike in whatever order segments add up their words."""


class Evaluator:
    """Evaluates queries in one segment. Deleted documents are found too, until the end."""

    def __init__(self, reader: SegmentReader, statistics: Statistics, scored: bool):
        self._reader = reader
        self._data: SegmentData = reader.segment().data(reader.storage())
        self._n_docs = self._data.n_docs
        self._statistics = statistics
        self._scored = scored
        self._numbers: dict[tuple[str, bytes], int | None] = {}
        self._ranges: dict[DateRange, np.ndarray] = {}

    def evaluate(self, query: whoosh.Query) -> Hits:
        """The documents of the segment that a query finds, without deleted ones."""
        hits = self._find(query)
        alive = self._data.alive(self._reader.segment().deleted_docs())
        return hits if alive is None else hits.where(alive[hits.docids])

    def _find(self, query: whoosh.Query) -> Hits:
        check()
        match query:
            case whoosh.Term():
                return self._term(query)
            case whoosh.Or():
                parts = [self._find(part) for part in _flat(query)]
                return union(parts, self._n_docs, self._scored).scaled(_boost(query))
            case whoosh.And():
                return self._all_of(query.subqueries).scaled(_boost(query))
            case Without():
                hits = self._find(query.a)
                return hits.where(~self.holds(query.b, hits.docids)) if len(hits) else hits
            case whoosh.Not():
                found = self._unscored()._find(query.query).docids
                left = ~marked(found, self._n_docs)
                return constant(true_places(left), 1.0, self._scored)
            case whoosh.ConstantScoreQuery():
                found = self._unscored()._find(query.child).docids
                return constant(found, query.score, self._scored)
            case SpanNear2():
                return self._near(query)
            case Placed():
                hits = self._find(query.loose)
                return hits.where(hold(self._data, query, hits.docids))
            case DateRange():
                return constant(true_places(self._dated(query)), 1.0, self._scored)
            case whoosh.Every(fieldname=None):
                return constant(np.arange(self._n_docs), 1.0, self._scored)
            case whoosh.Prefix() | whoosh.Wildcard() | whoosh.FuzzyTerm():
                return constant(self._any_term(query), 1.0, self._scored)
            case _ if query == whoosh.NullQuery:
                return NOTHING
        raise TypeError(f"no query that can be evaluated: {query!r}")

    def among(self, query: whoosh.Query, docids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which of some documents a query finds, (n,) bool, and their scores, (n,) float32, 0
        where it does not find them."""
        check()
        match query:
            case whoosh.Term() if query.fieldname in self._data.words:
                return self._term_among(query, docids)
            case whoosh.Or():
                return self._any_among(query, docids)
            case Placed():
                held, scores = self.among(query.loose, docids)
                held[held] = hold(self._data, query, docids[held])
                return held, scores * held
            case DateRange():
                held = self._dated(query).take(docids)
                return held, held.astype(np.float32)
            case whoosh.Every(fieldname=None):
                return np.ones(len(docids), bool), np.ones(len(docids), np.float32)
            case whoosh.ConstantScoreQuery():
                held = self.holds(query.child, docids)
                return held, held * np.float32(query.score)
        hits = self._find(query)
        held = marked(hits.docids, self._n_docs).take(docids)
        if not self._scored:
            return held, np.zeros(len(docids), np.float32)
        return held, laid_out(hits.docids, hits.scores, self._n_docs).take(docids)

    def _any_among(self, query: whoosh.Or, docids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        parts = [self.among(part, docids) for part in _flat(query) if self._size(part)]
        if not parts:
            return np.zeros(len(docids), bool), np.zeros(len(docids), np.float32)
        (held, scores), *others = parts
        for part_held, part_scores in others:
            held |= part_held
            scores += part_scores
        scores *= np.float32(_boost(query))
        return held, scores

    def holds(self, query: whoosh.Query, docids: np.ndarray) -> np.ndarray:
        """Which of some documents of the segment, ascending, a query finds, (n,) bool."""
        return self._unscored().among(query, docids)[0]

    def _all_of(self, queries: Iterable[whoosh.Query]) -> Hits:
        """The documents of all queries, from the rarest on; their scores are added up."""
        ordered = sorted(queries, key=self._size)
        if not ordered or not self._size(ordered[0]):
            return NOTHING
        first, *others = ordered
        hits = self._find(first)
        for query in others:
            if not len(hits):
                break
            held, scores = self.among(query, hits.docids)
            if self._scored:
                hits = Hits(hits.docids, hits.scores + scores)
            hits = hits.where(held)
        return hits

    def _size(self, query: whoosh.Query) -> int:
        """About how many documents a query finds, at the most."""
        match query:
            case whoosh.Term():
                number = self._number(query)
                if number is None:
                    return 0
                field = self._data.words.get(query.fieldname) or self._data.names[query.fieldname]
                return field.n_postings(number)
            case whoosh.Or():
                return sum(map(self._size, query.subqueries))
            case whoosh.And():
                return min(map(self._size, query.subqueries), default=0)
            case SpanNear2():
                return min(map(self._size, query.qs), default=0)
            case Without():
                return self._size(query.a)
            case Placed():
                return self._size(query.loose)
            case whoosh.ConstantScoreQuery():
                return self._size(query.child)
            case DateRange():
                return int(np.count_nonzero(self._dated(query)))
        return self._n_docs

    def _term(self, query: whoosh.Term) -> Hits:
        number = self._number(query)
        if number is None:
            return NOTHING
        if query.fieldname in self._data.names:
            docids = self._data.names[query.fieldname].postings(number)
            return constant(docids, query.boost, self._scored)
        docids, codes = self._data.words[query.fieldname].documents(number)
        return Hits(docids, self._scores(query, codes) if self._scored else None)

    def _term_among(self, query: whoosh.Term, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        number = self._number(query)
        if number is None:
            return np.zeros(len(wanted), bool), np.zeros(len(wanted), np.float32)
        field = self._data.words[query.fieldname]
        postings = field.postings(number)
        sparse = COMMON_SPARSE if isinstance(postings, CommonPostings) else SPARSE
        if len(wanted) * sparse < len(postings):
            codes = postings.codes_of(wanted)
        else:
            codes = laid_out(*field.documents(number), self._n_docs).take(wanted)
        held = codes > 0
        if not self._scored:
            return held, np.zeros(len(wanted), np.float32)
        if 2 * field.n_postings(number) > len(wanted):
            return held, self._scores(query, codes)
        scores, found = np.zeros(len(wanted), np.float32), true_places(held)
        scores[found] = self._scores(query, codes.take(found))
        return held, scores

    def _scores(self, query: whoosh.Term, codes: np.ndarray) -> np.ndarray:
        """The scores of a term's postings from their codes, 0 for no posting."""
        idf = self._statistics.idf(query.fieldname, _bytes(query.text))
        scores = self._statistics.table(query.fieldname).take(codes)
        scores *= np.float32(idf * query.boost)
        scores += _GRAIN
        scores -= _GRAIN
        return scores

    def _number(self, query: whoosh.Term) -> int | None:
        key = query.fieldname, _bytes(query.text)
        if key not in self._numbers:
            terms = self._data.terms(query.fieldname)
            self._numbers[key] = None if terms is None else terms.find(key[1])
        return self._numbers[key]

    def _any_term(self, query: whoosh.Query) -> np.ndarray:
        """The documents with any of the words that a prefix, wildcard or fuzzy query means."""
        field = self._data.words.get(query.fieldname) or self._data.names[query.fieldname]
        numbers = term_numbers(query, field.terms)
        if isinstance(numbers, range):
            numbers = np.array([numbers.start, numbers.stop])[:, None]
        else:
            numbers = np.array([numbers, numbers], np.intp) + [[0], [1]]
        bounds = list(zip(*field.posting_starts[numbers].tolist()))
        if sum(end - begin for begin, end in bounds) * VERY_SPARSE < self._n_docs:
            parts = [field.docids.between(*of_term).astype(np.uint32) for of_term in bounds]
            return distinct(np.concatenate(parts)).astype(np.intp) if parts else NOTHING.docids
        found = np.zeros(self._n_docs, bool)
        for begin, end in bounds:
            for first in range(begin, end, AT_ONCE):
                found[field.docids.between(first, min(first + AT_ONCE, end))] = True
        return true_places(found)

    def _dated(self, query: DateRange) -> np.ndarray:
        """Which documents have a date inside a range, (n_docs,) bool."""
        if query not in self._ranges:
            inside = self._data.first_days >= max(query.first, NO_DATE + 1)
            inside &= self._data.last_days <= query.last
            self._ranges[query] = inside
        return self._ranges[query]

    def _near(self, query: SpanNear2) -> Hits:
        numbers: dict[whoosh.Query, int] = {}
        order = [numbers.setdefault(word, len(numbers)) for word in query.qs]
        words = [list(self._terms(word)) for word in numbers]
        if not all(words):
            return NOTHING
        found = together([[postings for _, postings, _ in terms] for terms in words])
        near_each_other = []
        for part in found.parts():
            check()
            lines = list(part.lines())
            ordered = [lines[number] for number in order]
            held = near(ordered, len(part.docids), query.slop, query.ordered, query.mindist)
            near_each_other.append(held)
        found = found.of(np.concatenate(near_each_other).nonzero()[0])
        if not self._scored:
            return Hits(found.docids, None)
        times = Counter(order)
        scores = np.zeros(len(found.docids), np.float32)
        for number, (terms, codes_of_word) in enumerate(zip(words, found.codes())):
            for (term, _, boost), codes in zip(terms, codes_of_word):
                scores += self._scores(term, codes) * np.float32(times[number] * boost)
        return Hits(found.docids, scores)

    def _terms(
        self, query: whoosh.Query, boost: float = 1.0
    ) -> Iterator[tuple[whoosh.Term, Postings, float]]:
        """The terms of a word of a phrase that the segment holds, with their postings, and by
        what else than their own boosts their scores are multiplied."""
        if isinstance(query, whoosh.Or):
            for part in query.subqueries:
                yield from self._terms(part, boost * _boost(query))
        elif (number := self._number(query)) is not None:
            yield query, self._data.words[query.fieldname].postings(number), boost

    def _unscored(self) -> "Evaluator":
        if not self._scored:
            return self
        evaluator = Evaluator(self._reader, self._statistics, scored=False)
        evaluator._numbers, evaluator._ranges = self._numbers, self._ranges
        return evaluator


def _boost(query: whoosh.Query) -> float:
    """The boost of a compound query; Whoosh passes over that of one with a single part."""
    return query.boost if len(query.subqueries) > 1 else 1.0


def _flat(query: whoosh.Or) -> Iterator[whoosh.Query]:
    """The parts of an OR and of those that it is made of."""
    for part in query.subqueries:
        if isinstance(part, whoosh.Or) and _boost(part) == 1:
            yield from _flat(part)
        else:
            yield part


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()

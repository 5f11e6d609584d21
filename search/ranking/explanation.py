"""Explanations: of which parts the scores of hits are the sum."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import query as whoosh
from whoosh.query.spans import SpanNear2

from index.segment.segment import SegmentData
from index.segment.weights import LENGTHS, WEIGHTS
from search.matching.daterange import DateRange
from search.matching.evaluator import Evaluator
from search.matching.queries import Placed, Without
from search.matching.statistics import Statistics
from search.ranking.page import Page
from search.snapshot import Snapshot

_PATTERNS = {whoosh.Prefix: "*", whoosh.Wildcard: "", whoosh.FuzzyTerm: "~"}

Part = dict[str, Any]
"""A part of a score, for JSON: its ``kind``, its ``score``, and what this comes from."""


def explanations(snapshot: Snapshot, query: whoosh.Query, page: Page) -> list[list[Part]]:
    """The parts of each score of a page; none where hits are not ranked by relevance."""
    return [
        _explained(snapshot, query, page, docid) if score else []
        for docid, score in zip(page.docids, page.scores)
    ]


def _explained(snapshot: Snapshot, query: whoosh.Query, page: Page, docid: int) -> list[Part]:
    leaf, base = next(
        (leaf, base)
        for leaf, base in reversed(snapshot.searcher.reader().leaf_readers())
        if base <= docid
    )
    explainer = _Explainer(
        Evaluator(leaf, snapshot.statistics, scored=True),
        leaf.segment().data(leaf.storage()),
        snapshot.statistics,
        docid - base,
    )
    parts = list(explainer.parts(query))
    for bonus in page.bonuses.of(docid) if page.bonuses else ():
        if len(bonus.words) > 1:
            fact = {"kind": "near", "words": list(bonus.words), "distance": bonus.distance}
        else:
            fact = {"kind": "form", "word": bonus.words[0]}
        parts.append(fact | {"score": bonus.score})
    return [part | {"score": round(part["score"], 6)} for part in parts]


class _Explainer:
    """Explains what one document of a segment scores."""

    def __init__(self, evaluator: Evaluator, data: SegmentData, statistics: Statistics, docid: int):
        self._evaluator = evaluator
        self._data = data
        self._statistics = statistics
        self._docid = np.array([docid])

    def parts(self, query: whoosh.Query) -> Iterator[Part]:
        """The parts of the document's score for a query that finds it, or for a word that may
        not."""
        match query:
            case whoosh.And():
                for part in query.subqueries:
                    yield from self.parts(part)
            case whoosh.Or():
                for part in query.subqueries:
                    if self._evaluator.holds(part, self._docid)[0]:
                        yield from self.parts(part)
            case Without():
                yield from self.parts(query.a)
            case Placed():
                yield from self.parts(query.loose)
            case SpanNear2():
                for word, times in Counter(query.qs).items():
                    yield from list(self.parts(word)) * times
            case whoosh.Term() if query.fieldname in self._data.words:
                yield self._word(query)
            case whoosh.Prefix() | whoosh.Wildcard() | whoosh.FuzzyTerm():
                pattern = query.text + _PATTERNS[type(query)]
                yield {
                    "kind": "pattern",
                    "field": query.fieldname,
                    "pattern": pattern,
                    "score": 1.0,
                }
            case DateRange():
                yield {"kind": "dates", "score": 1.0}
            case whoosh.Every() | whoosh.Not():
                yield {"kind": "everything", "score": 1.0}

    def _word(self, query: whoosh.Term) -> Part:
        words = self._data.words[query.fieldname]
        number = words.terms.find(query.text.encode())
        postings = words.postings(number)
        place = postings.find(self._docid)[0]
        begin, end = words.occurrences_of(postings.first + place)
        weight, length = divmod(int(postings.codes[place[0]]), 256)
        return {
            "kind": "word",
            "field": query.fieldname,
            "lemma": query.text,
            "frequency": int(end[0] - begin[0]),
            "weight": round(float(WEIGHTS[weight]), 4),
            "length": int(LENGTHS[length]),
            "mean_length": round(self._statistics.mean_length(query.fieldname), 2),
            "rarity": round(self._statistics.idf(query.fieldname, query.text.encode()), 4),
            "share": query.boost,
            "score": float(self._evaluator.among(query, self._docid)[1][0]),
        }

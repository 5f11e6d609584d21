"""Matches: the documents that a Whoosh query finds, with their scores, as arrays.

AND, OR and NOT are evaluated over whole arrays, the rest by Whoosh's matchers.
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from whoosh.query import And, AndNot, ConstantScoreQuery, Every, NullQuery, Or, Query
from whoosh.searching import Searcher


@dataclass(frozen=True, slots=True)
class Matches:
    """``found`` (n_docs,) bool, over docids; ``scores`` (n_docs,) float64, 0 where not found."""

    found: np.ndarray
    scores: np.ndarray

    def __and__(self, other: "Matches") -> "Matches":
        found = self.found & other.found
        return Matches(found, np.where(found, self.scores + other.scores, 0))

    def __or__(self, other: "Matches") -> "Matches":
        return Matches(self.found | other.found, self.scores + other.scores)

    def __sub__(self, other: "Matches") -> "Matches":
        found = self.found & ~other.found
        return Matches(found, np.where(found, self.scores, 0))


def match(searcher: Searcher, query: Query) -> Matches:
    """The documents that a query finds."""
    leaves = [_evaluate(leaf, query) for leaf, _ in searcher.leaf_searchers()]
    return Matches(
        np.concatenate([leaf.found for leaf in leaves] or [np.zeros(0, bool)]),
        np.concatenate([leaf.scores for leaf in leaves] or [np.zeros(0)]),
    )


def _evaluate(searcher: Searcher, query: Query) -> Matches:
    match query:
        case And(subqueries=parts):
            return reduce(Matches.__and__, (_evaluate(searcher, part) for part in parts))
        case Or(subqueries=parts):
            return reduce(Matches.__or__, (_evaluate(searcher, part) for part in parts))
        case AndNot(a=asked, b=excluded):
            return _evaluate(searcher, asked) - _evaluate(searcher, excluded)
        case ConstantScoreQuery(child=child, score=score):
            found = _evaluate(searcher, child).found
            return Matches(found, np.where(found, score, 0.0))
        case Every():
            return _alive(searcher)
    return _matched(searcher, query)


def _nothing(searcher: Searcher) -> Matches:
    n_docs = searcher.doc_count_all()
    return Matches(np.zeros(n_docs, bool), np.zeros(n_docs))


def _alive(searcher: Searcher) -> Matches:
    everything = _nothing(searcher)
    everything.found[:] = True
    reader = searcher.reader()
    if reader.has_deletions():
        alive = np.fromiter(reader.all_doc_ids(), np.int64)
        everything.found[:] = False
        everything.found[alive] = True
    return everything


def _matched(searcher: Searcher, query: Query) -> Matches:
    matches = _nothing(searcher)
    if query == NullQuery:
        return matches
    matcher = query.matcher(searcher, searcher.context())
    while matcher.is_active():
        docid = matcher.id()
        matches.found[docid] = True
        matches.scores[docid] = matcher.score()
        matcher.next()
    return matches

"""Matches: the documents that a Whoosh query finds, with their scores, as arrays."""

from dataclasses import dataclass

import numpy as np
from whoosh.query import Every, Query
from whoosh.searching import Searcher


@dataclass(frozen=True, slots=True)
class Matches:
    """``found`` (n_docs,) bool, over docids; ``scores`` (n_docs,) float64, 0 where not found."""

    found: np.ndarray
    scores: np.ndarray


def match(searcher: Searcher, query: Query, scored: bool = True) -> Matches:
    """The documents that a query finds; without ``scored`` all scores are 0."""
    n_docs = searcher.doc_count_all()
    found, scores = np.zeros(n_docs, bool), np.zeros(n_docs)
    if query == Every():
        found[list(searcher.reader().all_doc_ids())] = True
        return Matches(found, scores)
    context = searcher.boolean_context() if not scored else None
    for leaf, base in searcher.leaf_searchers():
        matcher = query.matcher(leaf, context or leaf.context())
        while matcher.is_active():
            docid = base + matcher.id()
            found[docid] = True
            if scored:
                scores[docid] = matcher.score()
            matcher.next()
    return Matches(found, scores)

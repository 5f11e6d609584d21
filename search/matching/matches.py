"""Matches: the documents of the whole index that a Whoosh query finds, with their scores."""

from dataclasses import dataclass

import numpy as np
from whoosh.query import Every, Query
from whoosh.searching import Searcher

from search.matching.evaluator import Evaluator
from search.matching.hits import FEW, Hits, laid_out
from search.matching.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Matches:
    """``docids`` (n_found,) intp, ascending; ``scores`` (n_found,) float32, all 0 where they are
    not ``scored``; ``n_docs`` in all."""

    docids: np.ndarray
    scores: np.ndarray
    n_docs: int
    scored: bool = True

    def scores_of(self, docids: np.ndarray) -> np.ndarray:
        """The scores of some of the documents, ascending."""
        if len(docids) == len(self.docids):
            return self.scores
        if len(docids) * FEW < len(self.docids):
            return self.scores[np.searchsorted(self.docids, docids)]
        return laid_out(self.docids, self.scores, self.n_docs).take(docids)


def match(
    searcher: Searcher, query: Query, scored: bool = True, statistics: Statistics | None = None
) -> Matches:
    """The documents that a query finds; without ``scored`` all scores are 0. ``statistics`` are
    those of the searcher's index, gathered anew by default."""
    reader = searcher.reader()
    n_docs = searcher.doc_count_all()
    leaves = list(reader.leaf_readers()) if n_docs else []
    if statistics is None:
        statistics = Statistics([leaf.segment().data(leaf.storage()) for leaf, _ in leaves])
    scored = scored and query != Every()
    parts: list[Hits] = []
    for leaf, base in leaves:
        hits = Evaluator(leaf, statistics, scored).evaluate(query)
        parts.append(Hits(hits.docids + base, hits.scores) if base else hits)
    if scored and len(parts) == 1:
        return Matches(parts[0].docids, parts[0].scores, n_docs)
    docids = np.concatenate([part.docids for part in parts]) if parts else np.zeros(0, np.intp)
    if not scored or not parts:
        return Matches(docids, np.zeros(len(docids), np.float32), n_docs, scored=False)
    return Matches(docids, np.concatenate([part.scores for part in parts]), n_docs)

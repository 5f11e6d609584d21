"""A page: the hits that are shown, in their order, and what they score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.matching.matches import Matches
from search.query.syntax import Node
from search.ranking.bonuses import CANDIDATES, Bonuses
from search.ranking.order import first_ranked
from search.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Page:
    """Documents in their order, their scores, and the bonuses that these count."""

    docids: Sequence[int]
    scores: Sequence[float]
    bonuses: Bonuses | None = None


def page(
    snapshot: Snapshot,
    tree: Node | None,
    matches: Matches,
    hits: np.ndarray,
    sort: str,
    offset: int,
    limit: int,
) -> Page:
    """The hits from ``offset`` on, ``limit`` of them at the most, in the order of ``sort``;
    ``hits`` are what is left to show of the matches of a query tree, ascending."""
    last = offset + limit
    if len(hits) == snapshot.n_docs and not matches.scored and sort != "date":
        newest = snapshot.newest(last)[offset:].tolist()
        return Page(newest, [0.0] * len(newest))
    all_scores = matches.scores_of(hits)
    ranking = first_ranked(hits, all_scores, snapshot.order, sort, max(last, CANDIDATES))
    scores = all_scores[np.searchsorted(hits, ranking)]
    if sort != "relevance" or not limit or offset >= CANDIDATES:
        return Page(ranking[offset:last].tolist(), scores[offset:last].tolist())
    found = None
    if asked := snapshot.bonus_scorer.asked(tree):
        # no score falls by a bonus, so that the candidates stay before all others
        best = ranking[:CANDIDATES]
        found = snapshot.bonus_scorer.bonuses(asked, best)
        raised = scores[:CANDIDATES] + found.totals
        order = np.lexsort((-snapshot.order.newness(best), -raised))
        ranking = np.concatenate((best[order], ranking[CANDIDATES:]))
        scores = np.concatenate((raised[order], scores[CANDIDATES:]))
    return Page(ranking[offset:last].tolist(), scores[offset:last].tolist(), found)

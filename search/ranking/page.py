"""A page: the hits that are shown, in their order, and what they score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.cursor import Cursor
from search.matching.matches import Matches
from search.query.syntax import Node
from search.ranking.bonuses import CANDIDATES, Bonuses
from search.ranking.order import Place, first_ranked
from search.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Page:
    """Documents in their order, their scores, and the bonuses that these count. ``more``: hits
    follow it. ``reordered``: it goes on from a cursor, and the order has changed since."""

    docids: Sequence[int]
    scores: Sequence[float]
    bonuses: Bonuses | None = None
    more: bool = False
    reordered: bool = False


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
    more = last < len(hits)
    if not matches.scored and sort != "date":
        newest = snapshot.order.newest_among(hits, last)[offset:].tolist()
        return Page(newest, [0.0] * len(newest), more=more)
    all_scores = matches.scores_of(hits)
    ranking = first_ranked(hits, all_scores, snapshot.order, sort, max(last, CANDIDATES))
    scores = all_scores[np.searchsorted(hits, ranking)]
    if sort != "relevance" or not limit or offset >= CANDIDATES:
        return Page(ranking[offset:last].tolist(), scores[offset:last].tolist(), more=more)
    found = None
    if asked := snapshot.bonus_scorer.asked(tree):
        # no score falls by a bonus, so that the candidates stay before all others
        best = ranking[:CANDIDATES]
        found = snapshot.bonus_scorer.bonuses(asked, best)
        raised = scores[:CANDIDATES] + found.totals
        order = np.lexsort((-snapshot.order.newness(best), -raised))
        ranking = np.concatenate((best[order], ranking[CANDIDATES:]))
        scores = np.concatenate((raised[order], scores[CANDIDATES:]))
    return Page(ranking[offset:last].tolist(), scores[offset:last].tolist(), found, more)


def page_after(
    cursor: Cursor,
    snapshot: Snapshot,
    tree: Node | None,
    matches: Matches,
    hits: np.ndarray,
    sort: str,
    offset: int,
    limit: int,
    grouped: bool,
) -> Page:
    """The same of the hits after a cursor.

    By date, an article's place lasts, but where hits are ``grouped``, another may come to stand
    for its group. By relevance, scores change with the index: it goes on after the article itself
    where that is still a hit, else from the score that it had.
    """
    scores = matches.scores_of(hits).astype(np.float64)
    found = None
    if sort == "relevance" and (asked := snapshot.bonus_scorer.asked(tree)):
        best = first_ranked(hits, scores, snapshot.order, sort, CANDIDATES)
        found = snapshot.bonus_scorer.bonuses(asked, best)
        scores[np.searchsorted(hits, best)] += found.totals
    place = Place(cursor.score, cursor.day, snapshot.n_ids_up_to(cursor.id))
    changed = cursor.generation != snapshot.generation
    reordered = grouped and changed
    if sort == "relevance":
        present = _place_of(cursor.id, snapshot, hits, scores)
        reordered = present != place or changed
        place = present or place
    left = np.flatnonzero(snapshot.order.after(place, hits, scores, sort))
    hits, scores = hits[left], scores[left]
    last = offset + limit
    ranking = first_ranked(hits, scores, snapshot.order, sort, max(last, 1))[offset:last]
    scores = scores[np.searchsorted(hits, ranking)]
    return Page(ranking.tolist(), scores.tolist(), found, last < len(hits), reordered)


def _place_of(id: str, snapshot: Snapshot, hits: np.ndarray, scores: np.ndarray) -> Place | None:
    """Where an article stands among hits; None where it is none."""
    docid = snapshot.docid(id)
    at = None if docid is None else int(np.searchsorted(hits, docid))
    if at is None or at == len(hits) or hits[at] != docid:
        return None
    day = int(snapshot.first_days[docid])
    return Place(float(scores[at]), day, snapshot.n_ids_up_to(id))

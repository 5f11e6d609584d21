"""Ranking: the order in which found documents are shown.

It is total, and the same however the articles lie in segments: among equals the newer article
comes first, then the one whose id does.
"""

from dataclasses import dataclass

import numpy as np

from index.schema import NO_DATE

_BLOCK = 64
_MANY = 1000
_PAST = np.int64(np.iinfo(np.int32).max)
_LAST_ID = np.int64(2**32 - 1)


@dataclass(frozen=True, slots=True)
class Place:
    """What comes before it and what after: an article of this ``score`` and first ``day`` (NO_DATE
    where it has none), whose id is the last of the first ``n_ids`` of all ids, is the last one
    before."""

    score: float
    day: int
    n_ids: int


@dataclass(frozen=True, slots=True)
class Order:
    """What orders documents but their scores: ``days`` (n_docs,) int32, NO_DATE where none;
    ``ids`` (n_docs,), the rank of each document's id among all."""

    days: np.ndarray
    ids: np.ndarray

    def newness(self, docids: np.ndarray) -> np.ndarray:
        """A number for each document, higher for a newer one, (n,) int64; undated are lowest."""
        return _newness(self.days[docids].astype(np.int64), self.ids[docids])

    def oldness(self, docids: np.ndarray) -> np.ndarray:
        """A number for each document, higher for an older one, (n,) int64; undated are lowest."""
        return _oldness(self.days[docids].astype(np.int64), self.ids[docids])

    def after(self, place: Place, docids: np.ndarray, scores: np.ndarray, sort: str) -> np.ndarray:
        """Which of some documents, with their scores, come after a place in the order of
        ``sort``, (n,) bool."""
        if sort == "date":
            return self.oldness(docids) <= _oldness(np.int64(place.day), place.n_ids)
        older = self.newness(docids) <= _newness(np.int64(place.day), place.n_ids)
        if sort == "-date":
            return older
        return (scores < place.score) | ((scores == place.score) & older)


def _newness(days: np.ndarray | np.int64, ids: np.ndarray | int) -> np.ndarray | np.int64:
    return (days << 32) + (_LAST_ID - ids)


def _oldness(days: np.ndarray | np.int64, ids: np.ndarray | int) -> np.ndarray | np.int64:
    return -((np.where(days == NO_DATE, _PAST, days) << 32) + ids)


def first_ranked(
    docids: np.ndarray, scores: np.ndarray, order: Order, sort: str, n: int
) -> np.ndarray:
    """The first ``n`` documents in the order of ``sort``; documents and scores are (n_found,)."""
    if sort != "relevance":
        key = order.oldness(docids) if sort == "date" else order.newness(docids)
        kept = _highest(key, n)
        return docids[kept[np.argsort(-key[kept])[:n]]]
    kept = _highest(scores, n)
    if len(kept) > 2 * n + _MANY:
        # many of one score: the newest of them, with those above
        high = scores.take(kept)
        least = high.min()
        above = kept[high > least]
        equal = kept if not len(above) else kept[high == least]
        wanted = n - len(above)
        equal = equal[_highest(order.days.take(docids.take(equal)), wanted)]
        equal = equal[_highest(order.newness(docids[equal]), wanted)]
        kept = np.concatenate((above, equal))
    ranking = np.lexsort((-order.newness(docids[kept]), -scores[kept]))
    return docids[kept[ranking[:n]]]


def _highest(key: np.ndarray, n: int) -> np.ndarray:
    """The places of the ``n`` highest keys, and of some others or those that equal them."""
    if 2 * n >= len(key):
        return np.arange(len(key))
    least = _bound(key, n)
    best = np.flatnonzero(key >= least)
    if len(best) > 2 * n and least < key.max():
        least = np.partition(key[best], -n)[-n]
        best = best[key[best] >= least]
    return best


def _bound(key: np.ndarray, n: int) -> float:
    """A number that at least ``n`` of the keys reach, and few others: the n-th of the highest
    keys of blocks."""
    n_blocks = len(key) // _BLOCK
    if n_blocks < 2 * n:
        return np.partition(key, -n)[-n]
    highest = key[: n_blocks * _BLOCK].reshape(n_blocks, _BLOCK).max(axis=1)
    return np.partition(highest, -n)[-n]

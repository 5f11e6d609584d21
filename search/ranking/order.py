"""Ranking: the order in which found documents are shown.

It is total, and the same however the articles lie in segments: among equals the newer article
comes first, then the one whose id does.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.schema import NO_DATE

KEPT = 1000
"""Newest documents that are kept: the first pages of everything, and of what scores alike."""

_LOOKED_AT = 20
"""Of these, so many for each that is sought among some documents are looked for there first."""

_PART = 64
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


@dataclass(frozen=True)
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

    @cached_property
    def newest(self) -> np.ndarray:
        """The newest of all documents, KEPT at the most, the newest first, undated ones last,
        (n,) intp."""
        return self._newest(np.arange(len(self.days)), KEPT)

    def newest_among(self, docids: np.ndarray, n: int) -> np.ndarray:
        """The ``n`` newest of some documents, ascending; the newest first, undated ones last."""
        for known in (self.newest[: _LOOKED_AT * n], self.newest) if len(docids) > _MANY else ():
            place = np.minimum(np.searchsorted(docids, known), len(docids) - 1)
            found = known[docids.take(place) == known]
            if len(found) >= n:
                return found[:n]
        return self._newest(docids, n)

    def _newest(self, docids: np.ndarray, n: int) -> np.ndarray:
        some = docids.take(_highest(self.days.take(docids), n))
        newness = self.newness(some)
        kept = _highest(newness, n)
        return some[kept[np.argsort(-newness[kept])[:n]]]

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
    if sort == "-date":
        return order.newest_among(docids, n)
    if sort == "date":
        key = order.oldness(docids)
        kept = _highest(key, n)
        return docids[kept[np.argsort(-key[kept])[:n]]]
    if len(docids) > _MANY and scores.min() == scores.max():
        return order.newest_among(docids, n)
    kept = _highest(scores, n)
    if len(kept) <= 2 * n + _MANY:
        return _ranked(docids.take(kept), scores.take(kept), order)[:n]
    high = scores.take(kept)
    least = high.min()
    above = kept[high > least]
    equal = kept if not len(above) else kept[high == least]
    newest = order.newest_among(docids.take(equal), n - len(above))
    return np.concatenate((_ranked(docids.take(above), scores.take(above), order), newest))


def _ranked(docids: np.ndarray, scores: np.ndarray, order: Order) -> np.ndarray:
    return docids[np.lexsort((-order.newness(docids), -scores))]


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
    keys of parts, each of every so manieth key (of parts that lie together, NumPy finds them
    some ten times slower)."""
    n_parts = len(key) // _PART
    if n_parts < max(2 * n, 1):
        return np.partition(key, -n)[-n]
    highest = key[: n_parts * _PART].reshape(_PART, n_parts).max(axis=0)
    return np.partition(highest, -n)[-n]

"""Ranking: the order in which found documents are shown."""

import numpy as np

from index.schema import NO_DATE

_BLOCK = 64
_PAST = np.iinfo(np.int64).max


def first_ranked(
    docids: np.ndarray, scores: np.ndarray, days: np.ndarray, sort: str, n: int
) -> np.ndarray:
    """The first ``n`` documents of ``ranked``; all documents (n_found,), ``days`` over docids."""
    key = scores if sort == "relevance" else days[docids]
    if 2 * n >= len(docids):
        return ranked(docids, scores, days[docids], sort)[:n]
    if sort == "date":
        key = -np.where(key == NO_DATE, _PAST, key.astype(np.int64))
    least = _bound(key, n)
    best = np.flatnonzero(key >= least)
    if len(best) > 2 * n and least < key.max():
        least = np.partition(key[best], -n)[-n]
        best = best[key[best] >= least]
    if len(best) > 2 * n + 1000 and sort == "relevance":
        # many of one score: the newest of them, with those above
        above = np.flatnonzero(key > least)
        equal = docids[key == least]
        newest = first_ranked(equal, equal, days, "-date", n - len(above))
        best = np.concatenate((above, np.searchsorted(docids, np.sort(newest))))
    return ranked(docids[best], scores[best], days[docids[best]], sort)[:n]


def _bound(key: np.ndarray, n: int) -> float:
    """A number that at least ``n`` of the keys reach, and few others: the n-th of the highest
    keys of blocks."""
    n_blocks = len(key) // _BLOCK
    if n_blocks < 2 * n:
        return np.partition(key, -n)[-n]
    highest = key[: n_blocks * _BLOCK].reshape(n_blocks, _BLOCK).max(axis=1)
    return np.partition(highest, -n)[-n]


def ranked(docids: np.ndarray, scores: np.ndarray, days: np.ndarray, sort: str) -> np.ndarray:
    """The documents in the order of ``sort``: all arguments (n,), one row a document; days as
    ordinals. Undated articles come last by date, newer ones first at the same score."""
    if sort == "date":
        return docids[np.lexsort((docids, np.where(days == NO_DATE, _PAST, days.astype(np.int64))))]
    if sort == "-date":
        return docids[np.lexsort((docids, -days.astype(np.int64)))]
    return docids[np.lexsort((docids, -days, -scores))]

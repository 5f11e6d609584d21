"""Ranking: the order in which found documents are shown."""

import numpy as np

from index.schema import NO_DATE

_PAST = np.iinfo(np.int64).max


def ranked(docids: np.ndarray, scores: np.ndarray, days: np.ndarray, sort: str) -> np.ndarray:
    """The documents in the order of ``sort``: all arguments (n,), one row a document; days as
    ordinals. Undated articles come last by date, newer ones first at the same score."""
    if sort == "date":
        return docids[np.lexsort((docids, np.where(days == NO_DATE, _PAST, days)))]
    if sort == "-date":
        return docids[np.lexsort((docids, -days))]
    return docids[np.lexsort((docids, -days, -scores))]

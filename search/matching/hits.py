"""Hits: the documents that a query finds, and how sets of them are put together.

docids are (n,) intp, ascending and distinct; scores (n,) float32, one for each of them and none
below 0, or None where nobody asks for scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.segment.arrays import true_places

SPARSE = 12
"""Sets with less than one document in SPARSE together are sorted rather than laid out."""

FEW = 32
"""Less than one document beside FEW others is inserted among these, or looked up there."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents and their scores."""

    docids: np.ndarray
    scores: np.ndarray | None

    def __len__(self) -> int:
        return len(self.docids)

    def where(self, kept: np.ndarray) -> "Hits":
        """Those for which ``kept``, (n,) bool, is true."""
        left = true_places(kept)
        if len(left) == len(self):
            return self
        scores = None if self.scores is None else self.scores.take(left)
        return Hits(self.docids.take(left), scores)

    def scaled(self, factor: float) -> "Hits":
        """The same with every score times a factor."""
        if self.scores is None or factor == 1:
            return self
        return Hits(self.docids, self.scores * np.float32(factor))


def constant(docids: np.ndarray, score: float, scored: bool) -> Hits:
    """Documents with one score for all."""
    return Hits(docids, np.full(len(docids), score, np.float32) if scored else None)


NOTHING = Hits(np.zeros(0, np.intp), np.zeros(0, np.float32))


def union(parts: Sequence[Hits], n_docs: int, scored: bool) -> Hits:
    """The documents of any part; their scores are added up."""
    parts = sorted((part for part in parts if len(part)), key=len)
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    total, most = sum(map(len, parts)), len(parts[-1])
    if (total - most) * FEW < most:
        return _with_few(parts[-1], _sorted_union(parts[:-1], scored), scored)
    if total * SPARSE < n_docs:
        return _sorted_union(parts, scored)
    if not scored:
        found = np.zeros(n_docs, bool)
        for part in parts:
            found[part.docids] = True
        return Hits(true_places(found), None)
    sums = laid_out(parts[-1].docids, parts[-1].scores, n_docs)
    for part in parts[:-1]:
        np.add.at(sums, part.docids, part.scores)
    found = sums > 0
    for part in parts:
        if not part.scores.min():
            found[part.docids] = True
    docids = true_places(found)
    return Hits(docids, sums.take(docids))


def _with_few(many: Hits, few: Hits, scored: bool) -> Hits:
    """The documents of either of two sets, of which the second is much smaller."""
    place = np.searchsorted(many.docids, few.docids)
    new = np.flatnonzero(many.docids.take(np.minimum(place, len(many) - 1)) != few.docids)
    docids = np.insert(many.docids, place[new], few.docids[new])
    if not scored:
        return Hits(docids, None)
    scores = many.scores.copy()
    both = np.ones(len(few), bool)
    both[new] = False
    scores[place[both]] += few.scores[both]
    return Hits(docids, np.insert(scores, place[new], few.scores[new]))


def _sorted_union(parts: Sequence[Hits], scored: bool) -> Hits:
    docids = np.concatenate([part.docids for part in parts])
    if not scored:
        docids.sort()
        return Hits(docids[_first_of_each(docids)], None)
    order = np.argsort(docids, kind="stable")
    docids = docids[order]
    first = np.flatnonzero(_first_of_each(docids))
    scores = np.concatenate([part.scores for part in parts])[order]
    return Hits(docids[first], np.add.reduceat(scores, first))


def _first_of_each(values: np.ndarray) -> np.ndarray:
    first = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def marked(docids: np.ndarray, n_docs: int) -> np.ndarray:
    """The documents as (n_docs,) bool."""
    return laid_out(docids, True, n_docs)


def laid_out(docids: np.ndarray, values: np.ndarray | bool, n_docs: int) -> np.ndarray:
    """The values of documents by docid, (n_docs,), 0 for others. (NumPy takes twice as long
    with indices of another type than intp.)"""
    found = np.zeros(n_docs, np.asarray(values).dtype)
    found[docids.astype(np.intp, copy=False)] = values
    return found

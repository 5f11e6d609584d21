"""Reprints in answers: the groups of an index, and stories, of which each is told once."""

from collections.abc import Callable
from functools import cached_property

import numpy as np

from index.reprints.grouping import ALONE
from index.schema import NO_DATE

_UNDATED = np.iinfo(np.int32).max


class Reprints:
    """The groups of reprints: ``groups`` (n_docs,) int32 of ``index.reprints.storage``; the
    days that each document's date spans; ``id`` gives the article's id of a document."""

    def __init__(
        self,
        groups: np.ndarray,
        first_days: np.ndarray,
        last_days: np.ndarray,
        id: Callable[[int], str],
    ):
        self._groups = groups
        self._days = first_days, last_days
        self._id = id

    def of(self, docid: int) -> list[int]:
        """A document and its reprints, the first publication first."""
        group = int(self._groups[docid])
        if group == ALONE:
            return [docid]
        first, last = np.searchsorted(self._numbers, (group, group + 1))
        return self._in_order(self._grouped[first:last]).tolist()

    def story(self, docid: int) -> int:
        """A number that a document shares with its reprints alone."""
        group = int(self._groups[docid])
        return ~docid if group == ALONE else group

    def first_of_each(self, docids: np.ndarray) -> np.ndarray:
        """Of some documents, (n,) ascending, those without the reprints of an earlier one among
        them; the very same array where there are none."""
        groups = self._groups[docids]
        grouped = groups != ALONE
        several = docids[grouped]
        order = np.lexsort((self._ranks[several], groups[grouped]))
        _, first = np.unique(groups[grouped][order], return_index=True)
        if len(first) == len(several):
            return docids
        leaders = several[order[first]]
        return np.sort(np.concatenate((docids[~grouped], leaders)))

    def told_again(self, docids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of some documents, (n,) ascending, those that have a reprint among them, and the group
        of each."""
        groups = self._groups[docids]
        kept = np.flatnonzero(groups != ALONE)
        _, place, counts = np.unique(groups[kept], return_inverse=True, return_counts=True)
        kept = kept[counts[place] > 1]
        return docids[kept], groups[kept]

    @cached_property
    def _grouped(self) -> np.ndarray:
        grouped = np.flatnonzero(self._groups != ALONE)
        return grouped[np.argsort(self._groups[grouped], kind="stable")]

    @cached_property
    def _numbers(self) -> np.ndarray:
        return self._groups[self._grouped]

    @cached_property
    def _ranks(self) -> np.ndarray:
        """The rank of each document of a group among all of these, 0 for others, (n_docs,)."""
        ordered = self._in_order(self._grouped)
        ranks = np.zeros(len(self._groups), np.int64)
        ranks[ordered] = np.arange(len(ordered))
        return ranks

    def _in_order(self, docids: np.ndarray) -> np.ndarray:
        """Documents by date, then by the article's id; undated ones last."""
        first, last = (days[docids] for days in self._days)
        first = np.where(first == NO_DATE, _UNDATED, first)
        ids = [self._id(docid) for docid in docids.tolist()]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        return docids[order][np.lexsort((last[order], first[order]))]

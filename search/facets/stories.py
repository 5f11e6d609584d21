"""Reprints in answers: the groups of an index, and stories, of which each is told once."""

import threading
from functools import cached_property

import numpy as np

from index.reprints.grouping import ALONE
from index.schema import NO_DATE

_UNDATED = np.iinfo(np.int32).max


class Reprints:
    """The groups of reprints: ``groups`` (n_docs,) int32 of ``index.reprints.storage``; the
    days that each document's date spans, and ``ids`` (n_docs,), the rank of its article's id."""

    def __init__(
        self, groups: np.ndarray, first_days: np.ndarray, last_days: np.ndarray, ids: np.ndarray
    ):
        self._groups = groups
        self._days = first_days, last_days
        self._ids = ids
        self._memo = threading.local()

    def of(self, docid: int) -> list[int]:
        """A document and its reprints, the first publication first."""
        group = int(self._groups[docid])
        if group == ALONE:
            return [docid]
        first, last = np.searchsorted(self._numbers, (group, group + 1))
        return self._ordered[first:last].tolist()

    def story(self, docid: int) -> int:
        """A number that a document shares with its reprints alone."""
        group = int(self._groups[docid])
        return ~docid if group == ALONE else group

    def first_of_each(self, docids: np.ndarray) -> np.ndarray:
        """Of some documents, (n,) ascending, those without the reprints of an earlier one among
        them; the very same array where there are none."""
        places, told, first = self._told(docids)
        if first.all():
            return docids
        kept = np.zeros(len(self._ordered) + 1, bool)
        kept[told[first]] = kept[_NOWHERE] = True
        return docids[kept[places]]

    def told_again(self, docids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of some documents, (n,) ascending, those that have a reprint among them, group by
        group, and the group of each."""
        _, told, first = self._told(docids)
        several = ~first
        several[:-1] |= several[1:]
        told = told[several]
        return self._ordered[told], self._numbers[told]

    def _told(self, docids: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The places of some documents among those of groups; the same of those that have one,
        ascending; which of these are the first of their group, bool. An answer asks for the same
        documents several times."""
        told = getattr(self._memo, "told", None)
        if told is None or told[0] is not docids:
            told = self._memo.told = docids, self._looked_up(docids)
        return told[1]

    def _looked_up(self, docids: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        places = self._places[docids]
        present = np.zeros(len(self._ordered) + 1, bool)
        present[places] = True
        present = np.flatnonzero(present[:_NOWHERE])
        first = np.ones(len(present), bool)
        first[1:] = np.diff(self._numbers[present]) > 0
        return places, present, first

    @cached_property
    def _ordered(self) -> np.ndarray:
        """The documents of groups, group by group, each by date, then by the article's id;
        undated ones last."""
        grouped = np.flatnonzero(self._groups != ALONE)
        first, last = (days[grouped] for days in self._days)
        first = np.where(first == NO_DATE, _UNDATED, first)
        return grouped[np.lexsort((self._ids[grouped], last, first, self._groups[grouped]))]

    @cached_property
    def _numbers(self) -> np.ndarray:
        return self._groups[self._ordered]

    @cached_property
    def _places(self) -> np.ndarray:
        """Where each document stands in ``_ordered``, _NOWHERE for those alone, (n_docs,)."""
        places = np.full(len(self._groups), _NOWHERE, np.int32)
        places[self._ordered] = np.arange(len(self._ordered))
        return places


_NOWHERE = -1
"""The last place of an array that has one more than there are documents in groups."""

"""Exact duplicates: the same article, word for word, under another address."""

from array import array
from functools import cached_property

import numpy as np

from index.numbering import RECENT, Numbering
from index.reprints.storage import Held, all_alive
from index.segment.arrays import starts

MANY = 100
"""Articles that are looked up one by one, each among all hashes; for a run that asks for more
these are sorted once, which takes as long as some 200 look-ups and memory for every article."""


class Duplicates:
    """The articles of an index, and those that a run adds, by what they say."""

    def __init__(self, segments: Held):
        self._data = [data for _, data, _ in segments]
        self._alive = all_alive(segments)
        self._bases = starts(np.array([data.n_docs for data in self._data], np.int64))
        self._n_asked = 0
        self._added: dict[int, str] = {}
        self._absent: int | None = None
        self._settled = Numbering()
        self._ids = bytearray()
        self._ends = array("Q", [0])
        self._changed: set[str] = set()

    def add(self, said: int, id: str, known: bool) -> None:
        """Take note of an article that goes in, in place of another where its id is known, and
        of the ``content_hash`` of what it says."""
        if self._added_one(said) is None:
            self._added[said] = id
            if len(self._added) >= RECENT:
                self._settle()
        if known:
            self._changed.add(id)

    def of(self, said: int) -> str | None:
        """The id of the article that says the same, or None."""
        added = self._added_one(said)
        if added is not None:
            return added
        if not self._data:
            return None
        self._n_asked += 1
        find = self._among_all if self._n_asked <= MANY else self._among_sorted
        id = find(np.uint64(said))
        return None if id in self._changed else id

    def _added_one(self, said: int) -> str | None:
        if said in self._added:
            return self._added[said]
        if said == self._absent:  # asked for by ``of``, again by ``add``
            return None
        number = self._settled.find(said)
        if number is None:
            self._absent = said
            return None
        return self._ids[self._ends[number] : self._ends[number + 1]].decode()

    def _settle(self) -> None:
        self._settled.numbers(np.fromiter(self._added, np.uint64, len(self._added)))
        for id in self._added.values():
            self._ids += id.encode()
            self._ends.append(len(self._ids))
        self._added, self._absent = {}, None

    def _among_all(self, wanted: np.uint64) -> str | None:
        for data, alive in zip(self._data, self._alive):
            docids = np.flatnonzero(alive & (data.arrays["content"] == wanted))
            if len(docids):
                return data.id(int(docids[0]))
        return None

    def _among_sorted(self, wanted: np.uint64) -> str | None:
        hashes, docids = self._sorted
        place = int(hashes.searchsorted(wanted))
        if place == len(hashes) or hashes[place] != wanted:
            return None
        docid = int(docids[place])
        segment = int(np.searchsorted(self._bases, docid, side="right")) - 1
        return self._data[segment].id(docid - int(self._bases[segment]))

    @cached_property
    def _sorted(self) -> tuple[np.ndarray, np.ndarray]:
        """The hashes of all articles that are not deleted, ascending, and the place of each among
        all."""
        hashes = np.concatenate(
            [np.zeros(0, np.uint64), *(data.arrays["content"] for data in self._data)]
        )
        kept = np.flatnonzero(np.concatenate([np.zeros(0, bool), *self._alive]))
        docids = kept[np.argsort(hashes[kept], kind="stable")]
        return hashes[docids], docids

"""Exact duplicates: the same article, word for word, under another address."""

from functools import cached_property

import numpy as np

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
        self._changed: set[str] = set()

    def add(self, said: int, id: str, known: bool) -> None:
        """Take note of an article that goes in, in place of another where its id is known, and
        of the ``content_hash`` of what it says."""
        self._added.setdefault(said, id)
        if known:
            self._changed.add(id)

    def of(self, said: int) -> str | None:
        """The id of the article that says the same, or None."""
        if said in self._added:
            return self._added[said]
        self._n_asked += 1
        find = self._among_all if self._n_asked <= MANY else self._among_sorted
        id = find(np.uint64(said))
        return None if id in self._changed else id

    def _among_all(self, wanted: np.uint64) -> str | None:
        for data, alive in zip(self._data, self._alive):
            docids = np.flatnonzero(alive & (data.arrays["content"] == wanted))
            if len(docids):
                return data.id(int(docids[0]))
        return None

    def _among_sorted(self, wanted: np.uint64) -> str | None:
        hashes, docids = self._sorted
        place = int(np.searchsorted(hashes, wanted))
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

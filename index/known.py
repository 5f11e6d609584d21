"""Known articles: those of an index, and those that a run adds to it, by their ids."""

from collections.abc import Collection, Iterator
from itertools import islice

import numpy as np

from index.article import Article
from index.numbering import RECENT, Numbering, keys
from index.segment.codec import held
from index.segment.segment import SegmentData
from index.toc import ArrayIndex

MANY = 1_000
"""Ids that are looked up one by one; of a run that asks for more, all digests are read at once,
which takes as long as some 100,000 look-ups and memory for every article."""

AT_ONCE = 10_000
"""Digests of an index that are read at a time."""

_SIZE = 16
_ALL_BITS = (1 << 64) - 1
_STORED, _ADDED, _COMMITTED, _MET = 1, 2, 4, 8


class Known:
    """The digests of articles: of those in the index when a run begins, at its ``generation``,
    and of its own; some 40 bytes for each.

    But for the latest, ids are known by their ``keys``. Of two with the same one each counts as
    what the other is too, with the digest of the later: it goes in as an article that has
    changed, again in each run that reads both, and none is lost.
    """

    def __init__(self, index: ArrayIndex | None):
        self._index = index
        self._segments = held(index.contents.segments, index.storage) if index else []
        self._looked_up: set[str] = set()
        self._is_read = index is None
        self.generation = index.contents.generation if index else 0
        self._added: dict[str, str] = {}
        self._committed: set[str] = set()
        self._met: set[str] = set()
        self._numbers = Numbering()
        self._digests = bytearray()
        self._states = bytearray()
        self._asked: str | None = None
        self._answer: int | None = None

    def __contains__(self, id: str) -> bool:
        return id in self._added or bool(self._state(id) & (_STORED | _ADDED))

    def digest(self, id: str) -> str | None:
        """The digest of an article, the one that the run gave it last; None for an unknown id."""
        if id in self._added:
            return self._added[id]
        if not self._state(id) & (_STORED | _ADDED):
            return None
        return self._digests[_SIZE * self._answer : _SIZE * (self._answer + 1)].hex()

    def article(self, id: str) -> Article | None:
        """The article that the index held under an id when the run began."""
        for data, docid in self._places(id):
            return Article.from_json(data.store[docid])
        return None

    def add(self, id: str, digest: str) -> None:
        """Take note of an article that the run adds, in place of another of this id."""
        self._added[id] = digest
        if len(self._added) >= RECENT:
            self._put(self._added, _ADDED, bytes.fromhex("".join(self._added.values())))
            self._added = {}

    def is_added(self, id: str) -> bool:
        """Whether the run adds an article of this id."""
        return id in self._added or bool(self._state(id) & _ADDED)

    def is_committed(self, id: str) -> bool:
        """Whether the last commit holds an article of this id."""
        return id in self._committed or bool(self._state(id) & (_STORED | _COMMITTED))

    def commit(self, id: str) -> None:
        """Take note that the last commit holds an article of this id."""
        self._note(self._committed, id, _COMMITTED)

    def is_met(self, id: str) -> bool:
        """Whether the run has met a row of this id."""
        return id in self._met or bool(self._state(id) & _MET)

    def meet(self, id: str) -> None:
        """Take note that the run has met a row of this id."""
        self._note(self._met, id, _MET)

    def _note(self, latest: set[str], id: str, state: int) -> None:
        latest.add(id)
        if len(latest) >= RECENT:
            self._put(latest, state)
            latest.clear()

    def _state(self, id: str) -> int:
        """What is known of an id but by the latest. The last answer is kept: one row asks for
        it several times."""
        if self._asked != id:
            if not self._is_read and id not in self._looked_up:
                self._look_up(id)
            self._asked, self._answer = id, self._numbers.find(hash(id) & _ALL_BITS)
        return 0 if self._answer is None else self._states[self._answer]

    def _look_up(self, id: str) -> None:
        if len(self._looked_up) < MANY:
            self._looked_up.add(id)
            for data, docid in self._places(id):
                self._put([id], _STORED, data.digests[docid].tobytes())
        else:
            self._looked_up, self._is_read = set(), True
            stored = digests(self._index)
            while piece := list(islice(stored, AT_ONCE)):
                ids, content = zip(*piece)
                self._put(ids, _STORED, b"".join(content))

    def _put(self, ids: Collection[str], state: int, content: bytes = b"") -> None:
        """Give ids a state beside those that they have, and digests; that of an article that
        the run has added outlives a stored one."""
        numbers = self._numbers.numbers(keys(ids))
        n_new = len(self._numbers) - len(self._states)
        self._states += bytes(n_new)
        self._digests += bytes(_SIZE * n_new)
        self._asked = None
        states = np.frombuffer(self._states, np.uint8)
        if content:
            given = np.flatnonzero((states[numbers] & _ADDED == 0) | (state == _ADDED))
            held = np.frombuffer(self._digests, f"V{_SIZE}")
            held[numbers[given]] = np.frombuffer(content, f"V{_SIZE}")[given]
        states[numbers] |= state

    def _places(self, id: str) -> Iterator[tuple[SegmentData, int]]:
        for _, data, alive in self._segments:
            docid = data.docid(id)
            if docid is not None and (alive is None or alive[docid]):
                yield data, docid


def digests(index: ArrayIndex) -> Iterator[tuple[str, bytes]]:
    """The id of every article in the index with its digest, 16 bytes."""
    for _, data, alive in held(index.contents.segments, index.storage):
        field = data.names["id"]
        for first in range(0, data.n_docs, AT_ONCE):
            numbers = field.values[first : first + AT_ONCE].tolist()
            content = data.digests[first : first + AT_ONCE].tobytes()
            for place, number in enumerate(numbers):
                if alive is None or alive[first + place]:
                    id = field.terms[number].decode()
                    yield id, content[_SIZE * place : _SIZE * (place + 1)]

"""Documents: the sketches and numbers of what an index holds, read from its segments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.reprints.sketch import SIZE
from index.segment.arrays import starts

CHUNK = 1 << 13
"""Documents or pairs of them looked at together."""


@dataclass(frozen=True)
class Part:
    """A segment: its ``sketches`` and ``numbers``, which of its documents are ``alive``, (n_docs,)
    bool, and whether all of it ``is_new``, in no commit before."""

    id: str
    sketches: np.ndarray
    numbers: np.ndarray
    alive: np.ndarray
    is_new: bool


class Documents:
    """The documents of some segments, each at a place: part after part from ``bases`` on."""

    def __init__(self, parts: Sequence[Part]):
        self.parts = parts
        self.bases = starts(np.array([len(part.alive) for part in parts], np.int64))

    def __len__(self) -> int:
        return int(self.bases[-1])

    @property
    def alive(self) -> np.ndarray:
        """Which documents are not deleted, (n_docs,) bool."""
        return np.concatenate([np.zeros(0, bool), *(part.alive for part in self.parts)])

    @property
    def new(self) -> np.ndarray:
        """The places of the documents alive that are in no commit before, ascending."""
        found = [
            np.flatnonzero(part.alive) + base
            for part, base in zip(self.parts, self.bases)
            if part.is_new
        ]
        return np.concatenate([np.zeros(0, np.int64), *found])

    def sketches(self, places: np.ndarray) -> np.ndarray:
        """The sketches of documents, (n, SIZE) uint32."""
        found = np.empty((len(places), SIZE), np.uint32)
        for part, inside, rows in self._rows(places):
            found[inside] = _taken(part.sketches, rows)
        return found

    def numbers(self, places: np.ndarray) -> np.ndarray:
        """Which numbers stand in documents, (n,) uint64."""
        found = np.empty(len(places), np.uint64)
        for part, inside, rows in self._rows(places):
            found[inside] = part.numbers.take(rows)
        return found

    def fingerprints(self, places: np.ndarray) -> np.ndarray:
        """A hash of what is known of each document, (n,) uint64: one for all with one sketch and
        the same numbers."""
        found = np.empty(len(places), np.uint64)
        for first in range(0, len(places), CHUNK):
            chunk = places[first : first + CHUNK]
            prints = fingerprints(self.sketches(chunk), self.numbers(chunk))
            found[first : first + CHUNK] = prints
        return found

    def _rows(self, places: np.ndarray) -> Iterator[tuple[Part, np.ndarray | slice, np.ndarray]]:
        """The parts that places are in, which of the places, and the rows there."""
        if not len(places):
            return
        bounds = np.searchsorted(self.bases, (places.min(), places.max()), "right") - 1
        first, last = bounds.tolist()
        if first == last:
            yield self.parts[first], slice(None), places - self.bases[first]
            return
        owners = np.searchsorted(self.bases, places, "right") - 1
        for number in range(first, last + 1):
            inside = np.flatnonzero(owners == number)
            yield self.parts[number], inside, places[inside] - self.bases[number]


def _taken(sketches: np.ndarray, rows: np.ndarray) -> np.ndarray:
    # take is faster, and would copy all of the wider sketches of format 2
    return sketches.take(rows, axis=0) if sketches.flags.c_contiguous else sketches[rows]


def fingerprints(sketches: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """A hash of each sketch and its numbers, (n_docs,) uint64."""
    found = numbers.copy()
    for column in np.ascontiguousarray(sketches.T):
        found = (found ^ column) * np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(32)
    return found

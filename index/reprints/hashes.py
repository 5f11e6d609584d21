"""Hashes that many others are looked for among."""

import numpy as np

from index.reprints.sketch import EMPTY

BITS_MORE, MOST_BITS = 4, 22
"""A table of n hashes has 2 ** BITS_MORE times as many places, so that few of them share one, and
stays near the processor."""


class Hashes:
    """Different ``hashes``, (n,) uint32 ascending, all below EMPTY, with a table by their last
    bits; those that share a place in it are searched for."""

    def __init__(self, hashes: np.ndarray):
        self.hashes = hashes
        bits = min(len(hashes).bit_length() + BITS_MORE, MOST_BITS)
        self._mask = np.uint32((1 << bits) - 1)
        slots = hashes & self._mask
        # what stands in an empty slot is no hash of that slot
        self._table = ~np.arange(1 << bits, dtype=np.uint32)
        self._table[slots] = hashes
        self._table[slots[self._table[slots] != hashes]] = EMPTY
        self._places = np.zeros(1 << bits, np.int32)
        self._places[slots] = np.arange(len(hashes), dtype=np.int32)

    def __len__(self) -> int:
        return len(self.hashes)

    def among(self, wanted: np.ndarray) -> np.ndarray:
        """Which of the wanted hashes are among these, bool of their shape."""
        wanted = np.ascontiguousarray(wanted)
        if not len(self):
            return np.zeros(wanted.shape, bool)
        told = self._table.take(wanted & self._mask)
        known = told == wanted
        untold = np.flatnonzero(told == EMPTY)
        searched = wanted.ravel()[untold]
        places = np.minimum(np.searchsorted(self.hashes, searched), len(self) - 1)
        known.ravel()[untold] = self.hashes[places] == searched
        return known

    def places(self, known: np.ndarray) -> np.ndarray:
        """Where hashes that are among these stand, int32."""
        found = self._places.take(known & self._mask)
        others = np.flatnonzero(self.hashes.take(found) != known)
        found[others] = np.searchsorted(self.hashes, known[others])
        return found


def stretches(sample: np.ndarray, n: int, most: int) -> list[tuple[np.uint32, np.uint32]]:
    """Stretches [low, high) of hashes below EMPTY, of which each holds about ``most`` of n; the
    sample is of these."""
    shares = np.linspace(0, 1, max(-(-n // most), 1) + 1)[1:-1]
    inner = np.quantile(sample, shares, method="lower") if len(sample) else []
    borders = np.unique(np.array([0, *inner, EMPTY], np.uint32))
    return list(zip(borders, borders[1:]))

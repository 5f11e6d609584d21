"""Hashes that many others are looked for among."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from index.reprints.sketch import EMPTY

BITS_MORE, MOST_BITS = 3, 22
"""A table of n hashes has 2 ** BITS_MORE times as many places, so that few of them share one, and
stays near the processor."""

FILTER_BITS_MORE, MOST_FILTER_BITS = 6, 23
"""The same of a filter, which has a bit a place."""


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
        shared = slots[self._table[slots] != hashes]
        self._table[shared] = EMPTY
        self._places = np.zeros(1 << bits, np.int32)
        self._places[slots] = np.arange(len(hashes), dtype=np.int32)
        self._places[shared] = -1

    @cached_property
    def _filter(self) -> tuple[np.ndarray, np.uint32]:
        bits = min(len(self).bit_length() + FILTER_BITS_MORE, MOST_FILTER_BITS)
        mask = np.uint32((1 << bits) - 1)
        held = np.zeros(1 << bits, bool)
        held[self.hashes & mask] = True
        return np.packbits(held, bitorder="little"), mask

    def __len__(self) -> int:
        return len(self.hashes)

    def maybe(self, wanted: np.ndarray) -> np.ndarray:
        """Where among many wanted hashes, read end to end, those stand that may be among these,
        ascending: sooner told than ``among`` where few are."""
        octets, mask = self._filter
        bits = np.left_shift(np.uint8(1), (wanted & np.uint32(7)).astype(np.uint8))
        bits &= octets.take((wanted & mask) >> np.uint32(3))
        return np.flatnonzero(bits != 0)

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
        untold = np.flatnonzero(found < 0)
        found[untold] = np.searchsorted(self.hashes, known[untold])
        return found


def gathered(chunks: Iterable[np.ndarray], space: np.ndarray) -> np.ndarray:
    """The chunks end to end, written from the beginning of ``space`` on."""
    n = 0
    for chunk in chunks:
        space[n : n + len(chunk)] = chunk
        n += len(chunk)
    return space[:n]


def stretches(sample: np.ndarray, n: int, most: int) -> list[tuple[np.uint32, np.uint32]]:
    """Stretches [low, high) of hashes below EMPTY, of which each holds about ``most`` of n; the
    sample is of these."""
    shares = np.linspace(0, 1, max(-(-n // most), 1) + 1)[1:-1]
    inner = np.quantile(sample, shares, method="lower") if len(sample) else []
    borders = np.unique(np.array([0, *inner, EMPTY], np.uint32))
    return list(zip(borders, borders[1:]))

"""Numbers of keys: of these a run keeps one or two for each of its articles."""

from array import array
from collections.abc import Collection

import numpy as np

RECENT = 1 << 15
"""What waits in dicts, which are quick and large, to be numbered together."""


def keys(ids: Collection[str]) -> np.ndarray:
    """The keys of articles' ids, (n,) uint64, from Python's own hash, whose secret differs from
    process to process. Two ids have the same by chance in one of 2 ** 64 cases."""
    return np.fromiter(map(hash, ids), np.int64, len(ids)).view(np.uint64)


class Numbering:
    """Numbers of keys of 64 bits, from 0 in the order in which these come: 16 to 25 bytes for
    each, where a dict takes 150. The keys are to be as good as random.

    A table of open addresses holds the numbers, each at the place that the lowest bits of its
    key name or at the next free one; the keys stand in an array by their numbers.
    """

    def __init__(self) -> None:
        self._keys = array("Q")
        self._places = memoryview(np.full(1, -1, np.int32))

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, key: int) -> int | None:
        """The number of a key, or None."""
        keys, places = self._keys, self._places
        last = len(places) - 1
        place = key & last
        while (number := places[place]) >= 0:
            if keys[number] == key:
                return number
            place = place + 1 & last
        return None

    def numbers(self, keys: np.ndarray) -> np.ndarray:
        """The numbers of keys, (n,) int64 for (n,) uint64; new ones are given the next."""
        found = self._found(keys)
        unknown = keys[found < 0]
        if len(unknown):
            _, first = np.unique(unknown, return_index=True)
            self._add(unknown[np.sort(first)])
            found = self._found(keys)
        return found

    def _found(self, keys: np.ndarray) -> np.ndarray:
        """The number of each key, -1 for an unknown one."""
        places, known = np.asarray(self._places), np.frombuffer(self._keys or b"\0" * 8, np.uint64)
        found, left, at = np.empty(len(keys), np.int64), np.arange(len(keys)), self._at(keys)
        while len(left):
            found[left] = numbers = places[at]
            other = (numbers >= 0) & (known[numbers] != keys[left])
            left, at = left[other], (at[other] + 1) % len(places)
        return found

    def _add(self, new: np.ndarray) -> None:
        first = len(self._keys)
        self._keys.frombytes(new.tobytes())
        n = len(self._keys)
        if 2 * n > len(self._places):
            self._places = memoryview(np.full(1 << (2 * n).bit_length(), -1, np.int32))
            first = 0
        places = np.asarray(self._places)
        for begin in range(first, n, RECENT):
            keys = np.array(self._keys[begin : begin + RECENT], np.uint64)
            numbers, at = np.arange(begin, begin + len(keys), dtype=np.int32), self._at(keys)
            while len(numbers):
                free = places[at] < 0
                places[at[free]] = numbers[free]
                left = places[at] != numbers
                numbers, at = numbers[left], (at[left] + 1) % len(places)

    def _at(self, keys: np.ndarray) -> np.ndarray:
        """The place where a key is looked for first."""
        return (keys & np.uint64(len(self._places) - 1)).view(np.int64)

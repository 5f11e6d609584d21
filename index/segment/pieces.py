r"""Pieces: what stands between white space in texts, as numbers.

Texts are taken apart and their pieces looked up many at a time by array operations, so that only
pieces that were not met before become strings.

>>> numbers, counts, new = PieceNumbers().of(["В Баку,\nв Баку,", "Баку,"])
>>> numbers.tolist(), counts.tolist(), new
([0, 1, 2, 3, 1, 1], [5, 1], ['В', 'Баку,', '\x00', 'в'])
"""

import os
import secrets
from collections.abc import Sequence

import numpy as np

from index.segment.arrays import starts
from index.sentences import LINE_BREAK

AT_ONCE = 1 << 14
"""Letters that are hashed at a time: a few arrays of that many numbers fit into a cache."""

_LETTERS = 1 << 16
_SPACE = np.array([chr(letter).isspace() for letter in range(_LETTERS)])


class PieceNumbers:
    """Numbers for pieces, in the order in which they are first met.

    A piece is known by a hash of 64 bits: the sum of a secret number for each of its letters (in
    UTF-16) times a power of another one for its place. Two pieces have the same by chance in one
    of 2 ** 58 cases, and nobody can tell which ones.
    """

    def __init__(self) -> None:
        self._letters = np.frombuffer(bytearray(os.urandom(8 * _LETTERS)), np.uint64)
        self._letters[_SPACE] = 0
        self._factor = 8 * secrets.randbits(61) + 5
        self._powers = _powers(self._factor, AT_ONCE)
        self._inverse = _powers(pow(self._factor, -1, 1 << 64), AT_ONCE)
        self._table = _Table(AT_ONCE)

    def __len__(self) -> int:
        return len(self._table)

    def of(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
        """The pieces of texts, end to end, (n,) uint32; how many each text has, (n_texts,); and
        those pieces that are new, in their order. A line break is a piece, LINE_BREAK."""
        spaced = (f" {text} ".replace("\n", f" {LINE_BREAK} ") for text in texts)
        encoded = [text.encode("utf-16-le", "surrogatepass") for text in spaced]
        letters = np.frombuffer(b"".join(encoded), "<u2")
        space = _SPACE.take(letters)
        borders = np.flatnonzero(space[1:] != space[:-1]) + 1
        begins, ends = borders[::2], borders[1::2]
        sizes = np.fromiter(map(len, encoded), np.int64, len(encoded)) // 2
        counts = np.diff(np.searchsorted(begins, starts(sizes)))
        numbers, new = self._table.numbers(self._hashes(letters, begins, ends))
        return (
            numbers,
            counts,
            [
                letters[begin:end].tobytes().decode("utf-16-le", "surrogatepass")
                for begin, end in zip(begins[new].tolist(), ends[new].tolist())
            ],
        )

    def _hashes(self, letters: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
        found, first = np.empty(len(begins), np.uint64), 0
        while first < len(begins):
            begin = begins[first]
            last = max(int(np.searchsorted(ends, begin + AT_ONCE, "right")), first + 1)
            mixed = self._letters.take(letters[begin : ends[last - 1]])
            is_long = len(mixed) > AT_ONCE  # and of one piece
            mixed *= _powers(self._factor, len(mixed)) if is_long else self._powers[: len(mixed)]
            places = begins[first:last] - begin
            found[first:last] = np.add.reduceat(mixed, places) * self._inverse.take(places)
            first = last
        return found


class _Table:
    """Numbers of keys, which are as good as random, in a table of open addresses."""

    def __init__(self, size: int) -> None:
        self._n = 0
        self._keys = np.zeros(size, np.uint64)
        self._numbers = np.full(size, -1, np.int32)

    def __len__(self) -> int:
        return self._n

    def numbers(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of keys, (n,) uint32, and the places of the first of each new one."""
        numbers = self._found(keys)
        unknown = np.flatnonzero(numbers < 0)
        _, first = np.unique(keys[unknown], return_index=True)
        new = unknown[np.sort(first)]
        if len(new):
            self._add(keys[new])
            numbers[unknown] = self._found(keys[unknown])
        return numbers.astype(np.uint32), new

    def _found(self, keys: np.ndarray) -> np.ndarray:
        """The number of each key, -1 for an unknown one."""
        slots = self._slots(keys)
        found = self._numbers.take(slots)
        others = np.flatnonzero((self._keys.take(slots) != keys) & (found >= 0))
        slots = slots[others]
        while len(others):
            slots = (slots + 1) % len(self._keys)
            found[others] = held = self._numbers.take(slots)
            other = (self._keys.take(slots) != keys[others]) & (held >= 0)
            others, slots = others[other], slots[other]
        return found

    def _add(self, keys: np.ndarray) -> None:
        """Number different keys, none of which is known."""
        numbers = np.arange(self._n, self._n + len(keys), dtype=np.int32)
        self._n += len(keys)
        if self._n > len(self._keys) // 2:
            held = self._numbers >= 0
            keys = np.append(self._keys[held], keys)
            numbers = np.append(self._numbers[held], numbers)
            size = 1 << int(4 * self._n).bit_length()
            self._keys, self._numbers = np.zeros(size, np.uint64), np.full(size, -1, np.int32)
        slots = self._slots(keys)
        while len(keys):
            free = self._numbers.take(slots) < 0
            self._numbers[slots[free]] = numbers[free]
            put = self._numbers.take(slots) == numbers
            self._keys[slots[put]] = keys[put]
            keys, numbers, slots = keys[~put], numbers[~put], (slots[~put] + 1) % len(self._keys)

    def _slots(self, keys: np.ndarray) -> np.ndarray:
        """The place where a key is looked for first: its highest bits."""
        return (keys >> np.uint64(65 - len(self._keys).bit_length())).view(np.int64)


def _powers(factor: int, n: int) -> np.ndarray:
    return np.cumprod(np.full(n, factor, np.uint64))

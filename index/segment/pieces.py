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

from index.sentences import LINE_BREAK

AT_ONCE = 1 << 18
"""Letters that are hashed without further ado; longer texts take some memory for it."""

_LETTERS = 1 << 16
_SPACE = np.array([chr(letter).isspace() for letter in range(_LETTERS)])
_BETWEEN = "\x1c"
"""The white space that stands between texts, and for which they have a blank."""


class PieceNumbers:
    """Numbers for pieces, in the order in which they are first met.

    A piece is known by a hash of 64 bits: the sum of a secret number for each of its letters (in
    UTF-16) times a power of another one for its place. Two pieces have the same by chance in one
    of 2 ** 58 cases, and nobody can tell which ones, unless they are made of 1,024 letters and
    more for that (Thue and Morse).
    """

    def __init__(self) -> None:
        self._letters = np.frombuffer(bytearray(os.urandom(8 * _LETTERS)), np.uint64)
        np.maximum(self._letters, 1, out=self._letters)
        self._letters[_SPACE] = 0
        self._factor = 8 * secrets.randbits(61) + 5
        self._powers = _powers(self._factor, AT_ONCE)
        self._inverse = _powers(pow(self._factor, -1, 1 << 64), AT_ONCE)
        self._table = Table(1 << 14)

    def __len__(self) -> int:
        return len(self._table)

    def of(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
        """The pieces of texts, end to end, (n,) uint32; how many each text has, (n_texts,); and
        those pieces that are new, in their order. A line break is a piece, LINE_BREAK."""
        encoded = _joined(texts).encode("utf-16-le", "surrogatepass")
        letters = np.frombuffer(encoded, "<u2")
        begins, lasts, hashes = self._hashed(letters)
        ends_of_texts = np.flatnonzero(letters == ord(_BETWEEN))[1:]
        counts = np.diff(np.searchsorted(begins, ends_of_texts), prepend=0)
        numbers, new = self._table.numbers(hashes)
        places = zip((2 * begins[new]).tolist(), (2 * lasts[new] + 2).tolist())
        pieces = [encoded[begin:end].decode("utf-16-le", "surrogatepass") for begin, end in places]
        return numbers, counts, pieces

    def _hashed(self, letters: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The first place of each piece among the letters, its last one, and its hash."""
        powers, inverse = self._powers, self._inverse
        if len(letters) > AT_ONCE:
            powers, inverse = (_powers(array[0], len(letters)) for array in (powers, inverse))
        mixed = self._letters.take(letters)
        inside = mixed != 0
        borders = np.flatnonzero(inside[1:] != inside[:-1])
        begins, lasts = borders[::2] + 1, borders[1::2]
        mixed *= powers[: len(letters)]
        hashes = np.cumsum(mixed, out=mixed).take(lasts)
        hashes[1:] -= hashes[:-1]
        hashes *= inverse.take(begins)
        return begins, lasts, hashes


class Table:
    """Numbers of keys, which are as good as random, in a table of open addresses.

    A place is told by a key's highest bits; it holds the other ones, shifted up, and below them
    the key's number and one, or 0. Twice as many places as keys leave enough bits for numbers.
    """

    def __init__(self, size: int) -> None:
        self._n = 0
        self._keys = np.zeros(size, np.uint64)
        self._held = np.zeros(2 * size, np.uint64)

    def __len__(self) -> int:
        return self._n

    def numbers(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of keys, (n,) uint32, and the places of the first of each new one."""
        found = self._found(keys)
        unknown = np.flatnonzero(found == 0)
        if not len(unknown):
            return found - np.uint32(1), unknown
        _, first = np.unique(keys[unknown], return_index=True)
        new = unknown[np.sort(first)]
        self._add(keys[new])
        found[unknown] = self._found(keys[unknown])
        return found - np.uint32(1), new

    def _found(self, keys: np.ndarray) -> np.ndarray:
        """The number of each key and one, (n,) uint32; 0 for an unknown key."""
        most = np.uint64(len(self._held) - 1)
        places, rest = self._placed(keys)
        held = self._held.take(places)
        others = np.flatnonzero(((held ^ rest) > most) & (held != 0))
        places, rest = places[others], rest[others]
        while len(others):
            places = (places + 1) % len(self._held)
            held[others] = found = self._held.take(places)
            other = ((found ^ rest) > most) & (found != 0)
            others, places, rest = others[other], places[other], rest[other]
        held &= most
        return held.astype(np.uint32)

    def _add(self, keys: np.ndarray) -> None:
        """Number different keys, none of which is known."""
        known, self._n = self._n, self._n + len(keys)
        if self._n > len(self._keys):
            size = 1 << self._n.bit_length()
            self._keys = np.append(self._keys[:known], np.zeros(size - known, np.uint64))
            self._held = np.zeros(2 * size, np.uint64)
            self._put(0, known)
        self._keys[known : self._n] = keys
        self._put(known, self._n)

    def _put(self, first: int, end: int) -> None:
        """Put the keys of these numbers into free places, the last before the first: of several
        keys the first, which are met most, get the place where they are looked for first."""
        places, put = self._placed(self._keys[first:end][::-1])
        put |= np.arange(end, first, -1, dtype=np.uint64)
        while len(put):
            free = self._held.take(places) == 0
            self._held[places[free]] = put[free]
            left = self._held.take(places) != put
            places, put = (places[left] + 1) % len(self._held), put[left]

    def _placed(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The place where each key is looked for first, and its other bits, shifted up."""
        bits = len(self._held).bit_length() - 1
        return (keys >> np.uint64(64 - bits)).view(np.int64), keys << np.uint64(bits)


def _joined(texts: Sequence[str]) -> str:
    """The texts with _BETWEEN on both sides of each, and blanks around line breaks."""
    joined = _BETWEEN.join(["", *texts, ""])
    if joined.count(_BETWEEN) > len(texts) + 1:
        joined = _BETWEEN.join(["", *(text.replace(_BETWEEN, " ") for text in texts), ""])
    return joined.replace("\n", f" {LINE_BREAK} ")


def _powers(factor: int, n: int) -> np.ndarray:
    return np.cumprod(np.full(n, factor, np.uint64))

"""A table of strings as two arrays: their UTF-8 end to end, and where each begins."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache
from os.path import commonprefix

import numpy as np

from index.segment.arrays import Arrays, ArrayWriter, smallest, starts

_SAMPLED = 64
"""Every so manieth string of a table that is searched often is kept in memory."""

SELDOM = 64
"""Searches of a table before that, which goes through all of it."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

_FOUND = 512
"""Searches of a table whose results are kept: a request asks for its words again and again."""


class Strings(Sequence):
    """The strings of a table, as UTF-8 bytes, read on demand; sorted ones can be searched.

    ``content`` (n_bytes,) uint8 are their bytes, ``begins`` (n + 1,) says where each begins."""

    def __init__(self, content: np.ndarray, begins: np.ndarray):
        self.content = content
        self.begins = begins
        self._view, self._places = memoryview(content), memoryview(begins)
        self._n = len(begins) - 1
        self._n_searches = 0
        self.find = lru_cache(_FOUND)(self._find)

    def __len__(self) -> int:
        return self._n

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < self._n:
            raise IndexError(number)
        return self._view[self._places[number] : self._places[number + 1]].tobytes()

    def _find(self, string: bytes) -> int | None:
        """The number of a string in a sorted table, or None."""
        number = self.first_from(string)
        return number if number < len(self) and self[number] == string else None

    def first_from(self, string: bytes) -> int:
        """The number of the first string of a sorted table that is not before this one."""
        if self._n_searches < SELDOM:
            self._n_searches += 1
            return bisect_left(self, string)
        sample = bisect_left(self._samples, string)
        first, last = max(sample - 1, 0) * _SAMPLED, min(sample * _SAMPLED, len(self))
        return bisect_left(self, string, first, last)

    @cached_property
    def _samples(self) -> list[bytes]:
        return [self[number] for number in range(0, len(self), _SAMPLED)]

    def beginning_with(self, prefix: bytes) -> range:
        """The numbers of the strings in a sorted table that begin with a prefix."""
        first = self.first_from(prefix)
        after = prefix.rstrip(b"\xff")
        if not after:
            return range(first, len(self))
        return range(first, self.first_from(after[:-1] + bytes([after[-1] + 1])))

    def slice(self, numbers: range) -> list[bytes]:
        """The strings with these numbers, which follow each other."""
        begins = self.begins[numbers.start : numbers.stop + 1].astype(np.int64)
        content = self._view[begins[0] : begins[-1]].tobytes()
        places = (begins - begins[0]).tolist()
        return [content[a:b] for a, b in zip(places, places[1:])]

    def all(self) -> list[bytes]:
        """All the strings."""
        return self.slice(range(len(self)))


def common_ranks(tables: Sequence[Strings]) -> list[np.ndarray]:
    """The rank of each string of each sorted table among the strings of all, (n,) int64; equal
    strings share one. Eight bytes of all strings after what all begin with are compared at a
    time, further ones where these tie."""
    outermost = [
        string for table in tables if len(table) for string in (table[0], table[len(table) - 1])
    ]
    content = np.concatenate([table.content for table in tables])
    bases = starts(np.array([len(table.content) for table in tables]))
    begins = [t.begins[:-1].astype(np.int64) + base for t, base in zip(tables, bases)]
    ends = [t.begins[1:].astype(np.int64) + base for t, base in zip(tables, bases)]
    begins, ends = np.concatenate(begins) + len(commonprefix(outermost)), np.concatenate(ends)
    ranks, tied = np.zeros(len(begins), np.int64), np.arange(len(begins))
    while (begins[tied] < ends[tied]).any():
        keys = _eight_bytes(content, begins[tied], ends[tied])
        one_group = len(tied) == len(ranks) and not ranks.any()
        order = np.argsort(keys) if one_group else np.lexsort((keys, ranks[tied]))
        tied, keys = tied[order], keys[order]
        same = np.diff(ranks[tied], prepend=-1) == 0
        equal = same & (np.diff(keys, prepend=keys[:1]) == 0)
        numbers = np.arange(len(tied))
        of_group, of_key = (np.maximum.accumulate(np.where(s, 0, numbers)) for s in (same, equal))
        ranks[tied] += of_key - of_group
        begins += 8
        tied = tied[equal | np.append(equal[1:], False)]
    return np.split(ranks, np.cumsum([len(table) for table in tables])[:-1])


def _eight_bytes(content: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The first eight bytes of each string as a number that sorts as they do, (n,) uint64."""
    places = begins[:, None] + np.arange(8)
    inside = places < ends[:, None]
    found = np.where(inside, content.take(np.where(inside, places, 0)), np.uint8(0))
    return found.astype(np.uint8).view(">u8")[:, 0].astype(np.uint64)


def string_hashes(content: np.ndarray, begins: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """A number for each of some strings of ``content``, (n,) uint64: their bytes or letters mixed
    into it, eight bytes at a time."""
    at_once = 8 // content.itemsize
    padded = np.concatenate((content, np.zeros(at_once, content.dtype)))
    words = np.ndarray((len(content) + 1,), np.uint64, padded, 0, (content.itemsize,))
    kept = np.array([(1 << 8 * content.itemsize * n) - 1 for n in range(at_once + 1)], np.uint64)
    found = lengths.astype(np.uint64) * _MULTIPLIER
    rows, depth = np.flatnonzero(lengths), 0
    while len(rows):
        left = lengths[rows] - depth
        mixed = found[rows] ^ (words[begins[rows] + depth] & kept[np.minimum(left, at_once)])
        mixed *= _MULTIPLIER
        found[rows] = mixed ^ (mixed >> np.uint64(29))
        rows = rows[left > at_once]
        depth += at_once
    return found


def read_strings(arrays: Arrays, table: str) -> Strings:
    """A table of a segment."""
    return Strings(arrays[f"{table}.bytes"], arrays[f"{table}.starts"])


def write_strings(writer: ArrayWriter, table: str, strings: Sequence[bytes]) -> None:
    """Write a table, in the order given."""
    writer.add(f"{table}.bytes", np.frombuffer(b"".join(strings), np.uint8))
    lengths = np.fromiter(map(len, strings), np.int64, len(strings))
    writer.add(f"{table}.starts", smallest(starts(lengths)))

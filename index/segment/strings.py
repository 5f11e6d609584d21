"""A table of strings as two arrays: their UTF-8 end to end, and where each begins."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from os.path import commonprefix
from weakref import proxy

import numpy as np

from index.segment.arrays import Arrays, ArrayWriter, ranges, smallest, starts

_SAMPLED = 64
"""Every so manieth string of a table that is searched often is kept in memory."""

SELDOM = 64
"""Searches of a table before that, which goes through all of it."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

_AT_ONCE = 1 << 14
"""Strings that are copied or hashed at a time, so that what that takes stays near the processor."""

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
        self.find = lru_cache(_FOUND)(partial(Strings._find, proxy(self)))

    @classmethod
    def of(cls, strings: Sequence[bytes]) -> "Strings":
        """A table of some strings, in the order given."""
        lengths = np.fromiter(map(len, strings), np.int64, len(strings))
        return cls(np.frombuffer(b"".join(strings), np.uint8), starts(lengths))

    @classmethod
    def joined(cls, tables: Sequence["Strings"]) -> "Strings":
        """The strings of several tables, one table after the other."""
        bases = starts(np.array([len(table.content) for table in tables]))
        begins = [table.begins[:-1].astype(np.int64) + base for table, base in zip(tables, bases)]
        content = np.concatenate([np.zeros(0, np.uint8), *(table.content for table in tables)])
        return cls(content, np.concatenate([*begins, bases[-1:]]))

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

    def take(self, numbers: np.ndarray) -> "Strings":
        """A table of the strings with these numbers, (n,) ints, in the order given."""
        lengths = self.begins[1:].take(numbers).astype(np.int64)
        lengths -= self.begins.take(numbers)
        begins = starts(lengths)
        content = np.empty(begins[-1], np.uint8)
        for first in range(0, len(numbers), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            places = ranges(self.begins.take(numbers[part]), lengths[part])
            content[begins[first] :][: len(places)] = self.content.take(places)
        return Strings(content, begins)

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
    strings share one, no others do. Seven bytes of all strings after what all begin with are
    compared at a time, further ones where these tie."""
    outermost = [
        string for table in tables if len(table) for string in (table[0], table[len(table) - 1])
    ]
    table = Strings.joined(tables)
    begins, ends = table.begins[:-1] + len(commonprefix(outermost)), table.begins[1:]
    words = _words(table.content, ">u8")
    ranks, tied = np.zeros(len(begins), np.int64), np.arange(len(begins))
    while (begins[tied] < ends[tied]).any():
        keys = _seven_bytes(words, begins[tied], ends[tied])
        one_group = len(tied) == len(ranks) and not ranks.any()
        order = np.argsort(keys) if one_group else np.lexsort((keys, ranks[tied]))
        tied, keys = tied[order], keys[order]
        same = np.diff(ranks[tied], prepend=-1) == 0
        equal = same & (np.diff(keys, prepend=keys[:1]) == 0)
        numbers = np.arange(len(tied))
        of_group, of_key = (np.maximum.accumulate(np.where(s, 0, numbers)) for s in (same, equal))
        ranks[tied] += of_key - of_group
        begins += 7
        tied = tied[equal | np.append(equal[1:], False)]
    return np.split(ranks, np.cumsum([len(table) for table in tables])[:-1])


def _seven_bytes(words: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The first seven bytes of each string as a number that sorts as they do, (n,) uint64, with
    how many it has, 8 for more than seven: a string comes before itself with NULs at its end."""
    left = np.clip(ends - begins, 0, 8).astype(np.uint64)
    unused = np.uint64(64) - (np.minimum(left, np.uint64(7)) << np.uint64(3))
    found = words[np.minimum(begins, len(words) - 1)].astype(np.uint64)
    return (found >> unused) << unused | left


def _words(content: np.ndarray, dtype: str) -> np.ndarray:
    """Eight bytes of content from each place on, and those behind its end, as numbers."""
    padded = np.concatenate((content, np.zeros(8 // content.itemsize, content.dtype)))
    return np.ndarray((len(content) + 1,), dtype, padded, 0, (content.itemsize,))


def string_hashes(
    content: np.ndarray,
    begins: np.ndarray,
    lengths: np.ndarray,
    multiplier: np.uint64 = _MULTIPLIER,
) -> np.ndarray:
    """A number for each of some strings of ``content``, (n,) uint64: their bytes or letters mixed
    into it, eight bytes at a time, with an odd multiplier. Different strings can have the same."""
    words, at_once = _words(content, "u8"), 8 // content.itemsize
    kept = _kept(content)
    found = lengths.astype(np.uint64) * multiplier
    for first in range(0, len(found), _AT_ONCE):
        left = lengths[first : first + _AT_ONCE]
        rows = np.flatnonzero(left)
        left, places = left.take(rows), begins[first : first + _AT_ONCE].take(rows)
        mixed = found[first : first + _AT_ONCE].take(rows)
        while len(rows):
            mixed ^= words[places] & kept.take(left, mode="clip")
            mixed *= multiplier
            mixed ^= mixed >> np.uint64(32)
            mixed *= multiplier
            mixed ^= mixed >> np.uint64(29)
            found[first + rows] = mixed
            longer = np.flatnonzero(left > at_once)
            rows, mixed = rows.take(longer), mixed.take(longer)
            left, places = left.take(longer) - at_once, places.take(longer) + at_once
    return found


def alike(
    content: np.ndarray,
    begins: np.ndarray,
    lengths: np.ndarray,
    others: np.ndarray,
    other_begins: np.ndarray,
    other_lengths: np.ndarray,
) -> np.ndarray:
    """Whether each of some strings of ``content`` is the same as one of ``others``, (n,) bool:
    their bytes or letters are compared, eight bytes at a time."""
    words, other_words = _words(content, "u8"), _words(others, "u8")
    kept, at_once = _kept(content), 8 // content.itemsize
    found = lengths == other_lengths
    for first in range(0, len(found), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        rows = np.flatnonzero(found[part] & (lengths[part] > 0))
        left, places = lengths[part].take(rows), begins[part].take(rows)
        other_places = other_begins[part].take(rows)
        while len(rows):
            differing = words[places]
            differing ^= other_words[other_places]
            differing &= kept.take(left, mode="clip")
            if differing.any():
                found[first + rows[differing != 0]] = False
            longer = np.flatnonzero(left > at_once)
            rows, left = rows.take(longer), left.take(longer) - at_once
            places, other_places = (p.take(longer) + at_once for p in (places, other_places))
    return found


def first_alike(content: np.ndarray, begins: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The number of the first string that is the same as each of some strings of ``content``,
    (n,) int64."""
    hashes = string_hashes(content, begins, lengths)
    found = np.arange(len(begins))
    left = found.copy()
    while len(left):
        _, first, places = np.unique(hashes[left], return_index=True, return_inverse=True)
        met = left[first][places]
        same = alike(content, begins[left], lengths[left], content, begins[met], lengths[met])
        found[left[same]] = met[same]
        left = left[~same]
    return found


def _kept(content: np.ndarray) -> np.ndarray:
    """The bits of eight bytes of content that belong to a string's n last items, by n."""
    bits = 8 * content.itemsize
    return np.array([(1 << bits * n) - 1 for n in range(64 // bits + 1)], np.uint64)


def read_strings(arrays: Arrays, table: str) -> Strings:
    """A table of a segment."""
    return Strings(arrays[f"{table}.bytes"], arrays[f"{table}.starts"])


def write_strings(writer: ArrayWriter, table: str, strings: Sequence[bytes]) -> None:
    """Write a table, in the order given."""
    held = strings if isinstance(strings, Strings) else Strings.of(strings)
    writer.add(f"{table}.bytes", held.content)
    writer.add(f"{table}.starts", smallest(held.begins))

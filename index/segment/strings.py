"""A table of strings as two arrays: their UTF-8 end to end, and where each begins."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from index.segment.arrays import Arrays, ArrayWriter, smallest, starts

_SAMPLED = 64
"""Every so manieth string of a table that is searched is kept in memory."""


class Strings(Sequence):
    """The strings of a table, as UTF-8 bytes, read on demand; sorted ones can be searched.

    ``content`` (n_bytes,) uint8 are their bytes, ``begins`` (n + 1,) says where each begins."""

    def __init__(self, content: np.ndarray, begins: np.ndarray):
        self.content = content
        self.begins = begins
        self._view = memoryview(content)

    def __len__(self) -> int:
        return len(self.begins) - 1

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._view[int(self.begins[number]) : int(self.begins[number + 1])].tobytes()

    def find(self, string: bytes) -> int | None:
        """The number of a string in a sorted table, or None."""
        number = self.first_from(string)
        return number if number < len(self) and self[number] == string else None

    def first_from(self, string: bytes) -> int:
        """The number of the first string of a sorted table that is not before this one."""
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


def read_strings(arrays: Arrays, table: str) -> Strings:
    """A table of a segment."""
    return Strings(arrays[f"{table}.bytes"], arrays[f"{table}.starts"])


def write_strings(writer: ArrayWriter, table: str, strings: Sequence[bytes]) -> None:
    """Write a table, in the order given."""
    writer.add(f"{table}.bytes", np.frombuffer(b"".join(strings), np.uint8))
    lengths = np.fromiter(map(len, strings), np.int64, len(strings))
    writer.add(f"{table}.starts", smallest(starts(lengths)))

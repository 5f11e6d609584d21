"""A table of strings as two arrays: their UTF-8 end to end, and where each begins."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from index.segment.arrays import Arrays, ArrayWriter, smallest, starts


class Strings(Sequence):
    """The strings of a table, as UTF-8 bytes, read on demand; sorted ones can be searched."""

    def __init__(self, content: np.ndarray, begins: np.ndarray):
        self._content = memoryview(content)
        self._begins = begins

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self._content[int(self._begins[number]) : int(self._begins[number + 1])].tobytes()

    def find(self, string: bytes) -> int | None:
        """The number of a string in a sorted table, or None."""
        number = self.first_from(string)
        return number if number < len(self) and self[number] == string else None

    def first_from(self, string: bytes) -> int:
        """The number of the first string of a sorted table that is not before this one."""
        return bisect_left(self, string)

    def beginning_with(self, prefix: bytes) -> range:
        """The numbers of the strings in a sorted table that begin with a prefix."""
        first = self.first_from(prefix)
        after = prefix.rstrip(b"\xff")
        if not after:
            return range(first, len(self))
        return range(first, bisect_left(self, after[:-1] + bytes([after[-1] + 1]), first))

    def all(self) -> list[bytes]:
        """All the strings."""
        content, begins = self._content.tobytes(), self._begins.tolist()
        return [content[a:b] for a, b in zip(begins, begins[1:])]


def read_strings(arrays: Arrays, table: str) -> Strings:
    """A table of a segment."""
    return Strings(arrays[f"{table}.bytes"], arrays[f"{table}.starts"])


def write_strings(writer: ArrayWriter, table: str, strings: Sequence[bytes]) -> None:
    """Write a table, in the order given."""
    writer.add(f"{table}.bytes", np.frombuffer(b"".join(strings), np.uint8))
    lengths = np.fromiter(map(len, strings), np.int64, len(strings))
    writer.add(f"{table}.starts", smallest(starts(lengths)))

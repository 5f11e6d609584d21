"""Records of a table, a broken one costing its first line only."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST_RECORD = 10_000
"""Lines of one record at the most; a quote that is open for longer was never closed."""


class _Lines:
    """Lines that can be read again from inside a record that turns out broken."""

    def __init__(self, lines: Iterable[str], most: int):
        self._lines = iter(lines)
        self._most = most
        self._again: list[str] = []
        self._record: list[str] = []
        self._size = 0
        self.number = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._record) == LONGEST_RECORD:
            raise csv.Error(f"a quote is open for {LONGEST_RECORD} lines")
        line = self._again.pop() if self._again else next(self._lines)
        self._record.append(line)
        self._size += len(line)
        if self._size > self._most:
            raise TooLong
        return line

    def end_record(self) -> None:
        """Forget the lines of the record that was read."""
        self.number += len(self._record)
        self._record.clear()
        self._size = 0

    def skip_line(self) -> None:
        """Pass over the first line of a broken record, so that the next is read anew."""
        self._again += reversed(self._record[1:])
        del self._record[1:]
        self.end_record()


class TooLong(csv.Error):
    """A record that has more characters than it may."""


def records(
    lines: Iterable[str], most: int, **dialect: Any
) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """The number of the first line of each record, and its values or why it has none; of no
    more than ``most`` characters each."""
    read = _Lines(lines, most)
    while True:
        number = read.number
        try:
            values = next(csv.reader(read, **dialect))
        except StopIteration:
            return
        except csv.Error as error:
            yield number, error
            read.skip_line()
            continue
        read.end_record()
        yield number, values

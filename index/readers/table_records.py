"""Records of a table, a broken one costing its first line only unless there are too many."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST_RECORD = 10_000
"""Lines of one record at the most; a quote that is open for longer was never closed."""

MOST_AGAIN = 100 * LONGEST_RECORD
"""Lines of a table that are read again at the most; then a broken record costs all of its own."""


class _Lines:
    """Lines that can be read again from inside a record that turns out broken."""

    def __init__(self, lines: Iterable[str], most: int):
        self._lines = iter(lines)
        self._most = most
        self._again: list[str] = []
        self._record: list[str] = []
        self._size = 0
        self._left = MOST_AGAIN
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

    def skip_broken(self) -> int:
        """Pass over the first line of a broken record, so that the next is read anew, or over
        all of them where too many were; returns how many."""
        again = self._record[1:]
        if len(again) <= self._left:
            self._left -= len(again)
            self._again += reversed(again)
            del self._record[1:]
        skipped = len(self._record)
        self.end_record()
        return skipped


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
            if (skipped := read.skip_broken()) > 1:
                error = type(error)(f"{error}; its {skipped} lines are passed over")
            yield number, error
            continue
        read.end_record()
        yield number, values

"""CSV and TSV: one article a line under a line of column names."""

import csv
from collections.abc import Iterable, Iterator
from io import TextIOWrapper

from index.readers.encoding import encoding_of
from index.readers.row import Row, Unreadable
from index.readers.source import Source

_SAMPLE = 1 << 16
_LONGEST_FIELD = 1 << 24
_DELIMITERS = ",;\t|"

LONGEST_RECORD = 10_000
"""Lines of one record at the most; a quote that is open for longer was never closed."""


class _Lines:
    """Lines of a table that can be read again from inside a record that turns out broken."""

    def __init__(self, lines: Iterable[str]):
        self._lines = iter(lines)
        self._again: list[str] = []
        self._record: list[str] = []
        self.number = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._record) == LONGEST_RECORD:
            raise csv.Error(f"a quote is open for {LONGEST_RECORD} lines")
        line = self._again.pop() if self._again else next(self._lines)
        self._record.append(line)
        return line

    def end_record(self) -> None:
        """Forget the lines of the record that was read."""
        self.number += len(self._record)
        self._record.clear()

    def skip_line(self) -> None:
        """Pass over the first line of a broken record, so that the next is read anew."""
        self._again += reversed(self._record[1:])
        del self._record[1:]
        self.end_record()


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a table, whose delimiter is found out from its first line. A record that
    breaks the rules of quoting costs its first line only."""
    csv.field_size_limit(_LONGEST_FIELD)
    encoding = encoding_of(source.head)
    delimiter = _delimiter(source.head.decode(encoding, errors="replace").split("\n", 1)[0])
    file = TextIOWrapper(source.stream, encoding, errors="replace", newline="")
    yield from _rows(_Lines(file), delimiter, source.name)


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _rows(lines: _Lines, delimiter: str, name: str) -> Iterator[Row | Unreadable]:
    header: list[str] | None = None
    while True:
        place = f"{name}, line {lines.number}"
        try:
            values = next(csv.reader(lines, delimiter=delimiter, strict=True))
        except StopIteration:
            if header is None:
                yield Unreadable(name, "empty; the first line names the columns", "no text")
            return
        except csv.Error as error:
            yield Unreadable(place, f"not CSV: {error}", "broken")
            lines.skip_line()
            continue
        lines.end_record()
        if header is None:
            header = values
        elif len(values) > len(header):
            reason = f"{len(values)} values under {len(header)} columns"
            yield Unreadable(place, reason, "broken")
        elif any(values):
            filled = {name: value for name, value in zip(header, values) if value}
            yield Row(dict.fromkeys(header) | filled, place)

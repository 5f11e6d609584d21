"""CSV and TSV: one article a line under a line of column names."""

import csv
from collections.abc import Iterator
from pathlib import Path

from index.readers.encoding import encoding_of
from index.readers.source import Row, Unreadable

_SAMPLE = 1 << 16
_LONGEST_FIELD = 1 << 24
_DELIMITERS = ",;\t|"


def read(path: Path) -> Iterator[Row | Unreadable]:
    """The rows of a table; its delimiter and quoting are found out from its beginning."""
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open("rb") as file:
        encoding = encoding_of(file.read(_SAMPLE))
    size = path.stat().st_size
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        table = csv.reader(file, _dialect(sample))
        header = next(table, None)
        if not header:
            yield Unreadable(str(path), "empty; the first line names the columns", size)
            return
        line, rest = table.line_num + 1, size
        try:
            for values in table:
                place = f"{path}, line {line}"
                line = table.line_num + 1
                if not any(values):
                    continue
                if len(values) > len(header):
                    reason = f"{len(values)} values under {len(header)} columns"
                    yield Unreadable(place, reason)
                    continue
                taken = min(rest, sum(map(len, values)))
                rest -= taken
                filled = {name: value for name, value in zip(header, values) if value}
                yield Row(dict.fromkeys(header) | filled, place, taken)
        except csv.Error as error:
            yield Unreadable(f"{path}, line {line}", f"not CSV: {error}", rest)


def _dialect(sample: str) -> type[csv.Dialect]:
    header = sample.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)

    class Table(csv.excel):
        pass

    Table.delimiter = delimiter
    return Table

"""CSV and TSV: one article a line under a line of column names."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import chain

from index.readers.csv_dialect import dialect_of, told_delimiter
from index.readers.encoding import encoding_of
from index.readers.reading import MOST_IN_VAIN, Refused, size_of
from index.readers.row import Row, Unreadable
from index.readers.source import HEAD, Source
from index.readers.table_records import TooLong, records


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a table, whose delimiter and quotes are found out. A record that breaks the
    rules of quoting costs its first line only."""
    most = source.reading.limits.article_bytes
    csv.field_size_limit(most)
    head = source.head
    encoding = encoding_of(head)
    sample = head.decode(encoding, errors="ignore")
    lines = _lines(TextIOWrapper(source.stream, encoding, errors="replace", newline=""), most)
    first = next(lines, "")
    told = told_delimiter(first)
    if told:
        sample = sample.partition("\n")[2]
    else:
        lines = chain(filter(None, [first]), lines)
    dialect = dialect_of(sample, len(head) < HEAD, told)
    yield from _rows(source, records(lines, most, **dialect.options()), 1 if told else 0)


def _lines(file: TextIOWrapper, most: int) -> Iterator[str]:
    """The lines of a text, the beginning of one that has more than ``most`` characters; spaces
    for NUL, which Python 3.10 does not take."""
    while line := file.readline(most + 1):
        yield line.replace("\0", " ")
        while len(line) > most and not line.endswith("\n"):
            line = file.readline(most + 1) or "\n"


def _rows(
    source: Source, found: Iterator[tuple[int, list[str] | csv.Error]], above: int
) -> Iterator[Row | Unreadable]:
    header: list[str] | None = None
    empty = 0
    for number, values in found:
        empty = 0 if values else empty + 1
        if empty > MOST_IN_VAIN:
            raise Refused(f"more than {MOST_IN_VAIN} empty lines in a row", "given up")
        place = f"{source.name}, line {number + above}"
        if isinstance(values, TooLong):
            most = size_of(source.reading.limits.article_bytes)
            yield Unreadable(
                place, f"a record of more than {most}; see --max-article-size", "too large"
            )
        elif isinstance(values, csv.Error):
            yield Unreadable(place, f"not CSV: {values}", "broken")
        elif header is None:
            header = values or None
        elif len(values) > len(header):
            reason = f"{len(values)} values under {len(header)} columns"
            yield Unreadable(place, reason, "broken")
        elif any(values):
            filled = {name: value for name, value in zip(header, values) if value}
            yield Row(dict.fromkeys(header) | filled, place)
    if header is None:
        yield Unreadable(source.name, "empty; the first line names the columns", "no text")

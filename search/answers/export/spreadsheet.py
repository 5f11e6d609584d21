"""CSV for spreadsheet programs (RFC 4180)."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

_COLUMNS = (
    "id",
    "title",
    "date",
    "source",
    "section",
    "url",
    "authors",
    "persons",
    "organizations",
)
_LISTS = ("authors", "persons", "organizations")
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def csv_lines(results: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The results as a table."""
    rows = ([_cell(result, column) for column in _COLUMNS] for result in results)
    yield from table_lines(_COLUMNS, rows)


def table_lines(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table under a line of column names, with a byte order mark for spreadsheet programs; a
    value that they would take for a formula gets an apostrophe before it (OWASP, "CSV
    Injection")."""
    yield "\ufeff" + _line(map(_harmless, columns))
    for row in rows:
        yield _line(_harmless(str(cell)) for cell in row)


def _cell(result: dict[str, Any], column: str) -> str:
    value = result.get(column) or ""
    if column not in _LISTS:
        return value
    return "; ".join(one if isinstance(one, str) else one["name"] for one in value)


def _line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()


def _harmless(value: str) -> str:
    value = _CONTROL.sub("", value)
    return f"'{value}" if _FORMULA.match(value) else value

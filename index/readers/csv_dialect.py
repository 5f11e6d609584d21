"""Dialects of tables: delimiter, quote and escape, found out from their first lines."""

import csv
import re
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from index.readers.table_records import records
from index.rows import ALIASES

_DELIMITERS = ",;\t|^~\x1f\x01:"
_UNUSED = "\x1f"
_NAMES = {alias for aliases in ALIASES.values() for alias in aliases}
_TOLD = re.compile(r"""["']?sep=(.)["']?\r?\n?""", re.I)
# a dialect is judged by its first records, some of which are believed to be good beforehand
_JUDGED = 200
_BELIEVED = 9
_UNQUOTED = 0.9


@dataclass(frozen=True, slots=True)
class Dialect:
    """``quote`` is None where quotes are letters like any other; ``escape`` stands before a
    quote inside quotes where that is not doubled."""

    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None

    def options(self) -> dict[str, Any]:
        """The dialect as csv.reader takes it."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote,
            "escapechar": self.escape,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "doublequote": not self.escape,
            "strict": True,
        }


def told_delimiter(line: str) -> str | None:
    """The delimiter that a first line like ``sep=;`` tells, as Excel writes it."""
    told = _TOLD.fullmatch(line)
    return told[1] if told else None


def dialect_of(sample: str, whole: bool, delimiter: str | None = None) -> Dialect:
    """The dialect in which the first lines of a table, or the ``whole`` of it, read best: columns
    with known names, then the share of records that have as many values as there are columns,
    then the number of columns. ``delimiter`` is the one that the table tells."""
    header = sample.split("\n", 1)[0]
    delimiters = [delimiter] if delimiter else [d for d in _DELIMITERS if d in header]
    quotes = ['"', *(["'"] if re.search(r"(?:^|\W)'", sample) else []), None]
    escapes = [None, *(["\\"] if "\\" in sample else [])]
    choices = [
        Dialect(d, quote, escape)
        for d, quote, escape in product(delimiters or _UNUSED, quotes, escapes)
        if quote or not escape
    ]
    return max(choices, key=lambda dialect: _worth(dialect, sample, whole))


def _worth(dialect: Dialect, sample: str, whole: bool) -> tuple[int, float, int]:
    lines = sample.splitlines(keepends=True)
    found = [
        values for _, values in islice(records(lines, len(sample), **dialect.options()), _JUDGED)
    ]
    if not whole and 1 < len(found) < _JUDGED:
        del found[-1]
    columns, *others = found or [[]]
    if isinstance(columns, csv.Error):
        return 0, 0.0, 0
    known = len(_NAMES.intersection(name.strip().lower() for name in columns))
    good = sum(isinstance(values, list) and len(values) in (0, len(columns)) for values in others)
    share = (good + _BELIEVED) / (len(others) + _BELIEVED)
    return known, share if dialect.quote else share * _UNQUOTED, len(columns)

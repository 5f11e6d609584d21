"""Looking names up: an id or a name, under any spelling, to its rows in a link table."""

import re
from array import array
from functools import cached_property

import numpy as np

from index.linking.spelling import name_id, spelling
from index.linking.table import RULES, LinkTable

LEAST_DIGITS = 10
"""Digits of an id that may stand for it: among a million names one in a million shares them with
another."""

_DIGITS = 16
_ID = re.compile(f"(?:[a-z0-9-]*-)?([0-9a-f]{{{LEAST_DIGITS},{_DIGITS}}})")


def written(id: int) -> str:
    """An id as it is shown and asked for: 16 hexadecimal digits."""
    return f"{id:0{_DIGITS}x}"


class Lookup:
    """The rows of a table by id."""

    def __init__(self, field: str, table: LinkTable):
        self._field = field
        self._table = table
        self._order = np.argsort(table.ids, kind="stable").astype(np.int32)
        self._ids = table.ids[self._order]

    def by_id(self, value: str) -> list[int]:
        """The rows of names with this id, as ``written``, or with the only one that begins with
        these digits; lower-case words with hyphens may stand before it (a slug). Where there is
        none, those of the one entity of whose name it is a shorter form, which articles may have
        held once."""
        found = _ID.fullmatch(value)
        if not found:
            return []
        unwritten = 4 * (_DIGITS - len(found[1]))
        first = int(found[1], 16) << unwritten
        last = first | ((1 << unwritten) - 1)
        rows = self._rows(first, last)
        if not rows:
            return self._fuller(first, last)
        return rows if len(np.unique(self._table.ids[rows])) == 1 else []

    def by_name(self, name: str) -> list[int]:
        """The rows of a name."""
        id = name_id(self._field, spelling(name))
        return self._rows(id, id)

    def __call__(self, value: str) -> list[int]:
        """The rows of an id or a name."""
        return self.by_id(value) or self.by_name(value)

    def _rows(self, first: int, last: int) -> list[int]:
        start = np.searchsorted(self._ids, np.uint64(first))
        stop = np.searchsorted(self._ids, np.uint64(last), side="right")
        return self._order[start:stop].tolist()

    def _fuller(self, first: int, last: int) -> list[int]:
        ids, rows = self._shorter
        found = rows[(ids >= np.uint64(first)) & (ids <= np.uint64(last))]
        return found.tolist() if len(np.unique(found + self._table.leaders[found])) == 1 else []

    @cached_property
    def _shorter(self) -> tuple[np.ndarray, np.ndarray]:
        """The ids of shorter forms of names, each with the row of the name."""
        ids, rows = array("Q"), array("q")
        shorter = RULES[self._field].shorter
        for row, (name, key) in enumerate(zip(self._table.names, self._table.keys.tolist())):
            for form in shorter(name, key):
                ids.append(name_id(self._field, form))
                rows.append(row)
        return np.array(ids, np.uint64), np.array(rows, np.int64)

"""Looking names up: an id or a name, under any spelling, to its rows in a link table."""

import re
from array import array
from functools import cached_property

import numpy as np

from index.linking.spelling import name_id, spelling
from index.linking.table import RULES, LinkTable

_ID = re.compile("[0-9a-f]{16}")


def written(id: int) -> str:
    """An id as it is shown and asked for: 16 hexadecimal digits."""
    return f"{id:016x}"


class Lookup:
    """The rows of a table by id."""

    def __init__(self, field: str, table: LinkTable):
        self._field = field
        self._table = table
        self._order = np.argsort(table.ids, kind="stable")
        self._ids = table.ids[self._order]

    def by_id(self, value: str) -> list[int]:
        """The rows of names with this id, as ``written``; where there is none, those of the one
        entity of whose name it is a shorter form, which articles may have held once."""
        if not _ID.fullmatch(value):
            return []
        return self._rows(int(value, 16)) or self._fuller(int(value, 16))

    def by_name(self, name: str) -> list[int]:
        """The rows of a name."""
        return self._rows(name_id(self._field, spelling(name)))

    def __call__(self, value: str) -> list[int]:
        """The rows of an id or a name."""
        return self.by_id(value) or self.by_name(value)

    def _rows(self, id: int) -> list[int]:
        first = np.searchsorted(self._ids, np.uint64(id))
        last = np.searchsorted(self._ids, np.uint64(id), side="right")
        return self._order[first:last].tolist()

    def _fuller(self, id: int) -> list[int]:
        ids, rows = self._shorter
        found = rows[ids == np.uint64(id)]
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

"""Looking names up: an id or a name, under any spelling, to its rows in a link table."""

import re

import numpy as np

from index.linking.spelling import name_id, spelling
from index.linking.table import LinkTable

_ID = re.compile("[0-9a-f]{16}")


def written(id: int) -> str:
    """An id as it is shown and asked for: 16 hexadecimal digits."""
    return f"{id:016x}"


class Lookup:
    """The rows of a table by id."""

    def __init__(self, field: str, table: LinkTable):
        self._field = field
        self._order = np.argsort(table.ids, kind="stable")
        self._ids = table.ids[self._order]

    def by_id(self, value: str) -> list[int]:
        """The rows of names with this id, as ``written``."""
        return self._rows(int(value, 16)) if _ID.fullmatch(value) else []

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

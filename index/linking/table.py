"""The link table: every name of a field with the entity that it belongs to, as arrays."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from index.linking import organizations, persons
from index.linking.block import Row
from index.linking.spelling import name_id, spelling
from index.linking.tally import Tally

RULES = {persons.FIELD: persons, organizations.FIELD: organizations}
"""The rules of each field that is linked: ``key`` of a name, ``blocks`` of a tally."""


@dataclass(frozen=True, slots=True)
class LinkTable:
    """Names in rows, a block's together, blocks by their ids.

    Of each row ``counts`` are the articles that hold the name, ``ids``, ``keys`` and ``blocks``
    (uint64) see ``index.linking.block``; ``leaders`` and ``because`` point to rows, counted from
    the row itself, so that a block means the same wherever it stands; ``candidates`` and
    ``aliases`` do so too, those of a row from ``starts[row]`` to ``starts[row + 1]``.
    """

    names: list[str]
    counts: np.ndarray
    ids: np.ndarray
    keys: np.ndarray
    blocks: np.ndarray
    leaders: np.ndarray
    reasons: np.ndarray
    because: np.ndarray
    ranks: np.ndarray
    candidate_starts: np.ndarray
    candidates: np.ndarray
    alias_starts: np.ndarray
    aliases: np.ndarray
    alias_counts: np.ndarray

    def __len__(self) -> int:
        return len(self.names)

    def candidates_of(self, row: int) -> list[int]:
        """The rows of the leaders of the entities that an ambiguous name may be."""
        first, last = self.candidate_starts[row : row + 2]
        return (row + self.candidates[first:last]).tolist()

    def aliases_of(self, row: int) -> list[tuple[int, int]]:
        """The rows of the names that a short form stood for, and in how many articles."""
        first, last = self.alias_starts[row : row + 2]
        rows = (row + self.aliases[first:last]).tolist()
        return list(zip(rows, self.alias_counts[first:last].tolist()))


DTYPES = {
    "counts": np.int64,
    "ids": np.uint64,
    "keys": np.uint64,
    "blocks": np.uint64,
    "leaders": np.int32,
    "reasons": np.uint8,
    "because": np.int32,
    "ranks": np.int32,
    "candidate_starts": np.int64,
    "candidates": np.int32,
    "alias_starts": np.int64,
    "aliases": np.int32,
    "alias_counts": np.int64,
}
"""The arrays of a table."""

_PLAIN = [name for name in list(DTYPES)[:9]]


def link(field: str, tally: Tally) -> LinkTable:
    """The table of a whole tally."""
    return _table(RULES[field].blocks(tally))


def relink(field: str, table: LinkTable, change: Tally) -> LinkTable:
    """The table with a change of the tally (counts may be negative): the same as that of the
    whole new tally, though only blocks with a name of the change are linked anew."""
    if not len(table):
        return link(field, _positive(change))
    touched = _touched(field, table, change)
    whole = _tally(table, np.flatnonzero(touched))
    whole.names.update(change.names)
    whole.aliases.update(change.aliases)
    return _joined(table, np.flatnonzero(~touched), link(field, _positive(whole)))


def _touched(field: str, table: LinkTable, change: Tally) -> np.ndarray:
    """The rows of the blocks that a change touches, (len(table),) bool."""
    names = set(change.names).union(*change.aliases)
    ids = np.array([name_id(field, spelling(name)) for name in names], np.uint64)
    keys = np.array([RULES[field].key(name) for name in names], np.uint64)
    blocks = table.blocks[np.isin(table.ids, ids) | np.isin(table.keys, keys)]
    return np.isin(table.blocks, blocks)


def _tally(table: LinkTable, rows: np.ndarray) -> Tally:
    """What some rows were made of."""
    found = Tally()
    for row in rows.tolist():
        name = table.names[row]
        found.names[name] = int(table.counts[row])
        for other, articles in table.aliases_of(row):
            found.aliases[name, table.names[other]] = articles
    return found


def _positive(tally: Tally) -> Tally:
    """The tally without names that no article holds."""
    return Tally(+tally.names, +tally.aliases)


def _table(blocks: Iterable[tuple[int, list[Row]]]) -> LinkTable:
    names: list[str] = []
    columns: dict[str, list[int]] = {name: [] for name in DTYPES}
    columns["candidate_starts"].append(0)
    columns["alias_starts"].append(0)
    for id, rows in blocks:
        for place, row in enumerate(rows):
            names.append(row.name)
            columns["counts"].append(row.count)
            columns["ids"].append(row.id)
            columns["keys"].append(row.key)
            columns["blocks"].append(id)
            columns["leaders"].append(row.leader - place)
            columns["reasons"].append(row.reason)
            columns["because"].append(row.because - place)
            columns["ranks"].append(row.rank)
            columns["candidates"] += [other - place for other in row.candidates]
            columns["candidate_starts"].append(len(columns["candidates"]))
            for other, articles in row.aliases:
                columns["aliases"].append(other - place)
                columns["alias_counts"].append(articles)
            columns["alias_starts"].append(len(columns["aliases"]))
    return LinkTable(
        names, **{name: np.array(columns[name], dtype) for name, dtype in DTYPES.items()}
    )


def _joined(table: LinkTable, rows: np.ndarray, other: LinkTable) -> LinkTable:
    """Some rows of a table, whole blocks, and another table with other blocks."""
    order = np.argsort(np.concatenate([table.blocks[rows], other.blocks]), kind="stable")
    old = table.names
    names = [*(old[row] for row in rows.tolist()), *other.names]
    arrays = {}
    for name in _PLAIN:
        arrays[name] = np.concatenate([getattr(table, name)[rows], getattr(other, name)])[order]
    for starts, *values in (("candidate_starts", "candidates"), ("alias_starts", "aliases", "alias_counts")):
        arrays |= _joined_lists(table, rows, other, order, starts, values)
    return LinkTable([names[place] for place in order.tolist()], **arrays)


def _joined_lists(table, rows, other, order, starts: str, values: list[str]) -> dict:
    """The lists of rows, put one behind the other in a new order."""
    first = np.concatenate(
        [getattr(table, starts)[:-1][rows], getattr(other, starts)[:-1] + len(getattr(table, values[0]))]
    )[order]
    lengths = np.concatenate(
        [np.diff(getattr(table, starts))[rows], np.diff(getattr(other, starts))]
    )[order]
    new_starts = np.concatenate([[0], np.cumsum(lengths)])
    places = np.arange(new_starts[-1]) + np.repeat(first - new_starts[:-1], lengths)
    return {starts: new_starts} | {
        name: np.concatenate([getattr(table, name), getattr(other, name)])[places]
        for name in values
    }


def empty() -> LinkTable:
    """The table of no names."""
    return _table(())

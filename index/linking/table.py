"""The link table: every name of a field with the entity that it belongs to, as arrays."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np

from index.linking import organizations, persons
from index.linking.block import Row
from index.linking.names import Names
from index.linking.reasons import Reason
from index.linking.spelling import name_id, spelling
from index.linking.splicing import among, spliced, stretches
from index.linking.tally import Tally
from index.linking.wants import satisfy
from index.segment.arrays import ranges
from index.segment.arrays import starts as run_starts

RULES = {persons.FIELD: persons, organizations.FIELD: organizations}
"""The rules of each field that is linked: ``key`` of a name, ``blocks`` of a tally, the
``shorter`` spellings of a name that may have been in use for its entity before."""


@dataclass(frozen=True, slots=True)
class LinkTable:
    """Names in rows, a block's together, blocks by their ids.

    Of each row ``counts`` are the articles that hold the name, ``ids``, ``keys`` and ``blocks``
    (uint64) see ``index.linking.block``; ``leaders``, ``candidates`` and ``aliases`` are rows,
    counted from the row itself, so that a block means the same wherever it stands. The
    candidates, aliases and offers of a row begin at its place in ``…_starts`` and end at the
    next one.
    """

    names: Names
    counts: np.ndarray
    ids: np.ndarray
    keys: np.ndarray
    blocks: np.ndarray
    leaders: np.ndarray
    reasons: np.ndarray
    ranks: np.ndarray
    candidate_starts: np.ndarray
    candidates: np.ndarray
    alias_starts: np.ndarray
    aliases: np.ndarray
    alias_counts: np.ndarray
    wants: np.ndarray
    met: np.ndarray
    offer_starts: np.ndarray
    offers: np.ndarray

    def __len__(self) -> int:
        return len(self.names)

    def candidates_of(self, row: int) -> list[int]:
        """The rows of the leaders of the entities that an ambiguous name may be."""
        row += int(self.leaders[row]) if self.reasons[row] == Reason.AMBIGUOUS else 0
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
    "ranks": np.int32,
    "candidate_starts": np.int64,
    "candidates": np.int32,
    "alias_starts": np.int64,
    "aliases": np.int32,
    "alias_counts": np.int64,
    "wants": np.uint64,
    "met": np.uint8,
    "offer_starts": np.int64,
    "offers": np.uint64,
}
"""The arrays of a table."""

_LISTS = {
    "candidate_starts": ("candidates",),
    "alias_starts": ("aliases", "alias_counts"),
    "offer_starts": ("offers",),
}
_PLAIN = [name for name in DTYPES if name not in _LISTS and name not in sum(_LISTS.values(), ())]

_CHUNK = 1 << 14
"""Blocks whose rows are made into arrays together."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cycle collector, which walks all names again and again: linking makes no
    cycles, and takes a third less time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def link(field: str, tally: Tally) -> LinkTable:
    """The table of a whole tally."""
    return satisfy(_linked(field, tally))


def _linked(field: str, tally: Tally) -> LinkTable:
    return _table(RULES[field].blocks(tally))


@_uncollected()
def relink(field: str, table: LinkTable, change: Tally) -> LinkTable:
    """The table with a change of the tally (counts may be negative): the same as that of the
    whole new tally, though only blocks that gain or lose a name are linked anew."""
    if not len(table):
        return link(field, _positive(change))
    table, rest = _recounted(field, table, change)
    names = set(rest.names).union(*rest.aliases)
    if not names:
        return table
    keys = np.array([RULES[field].key(name) for name in names], np.uint64)
    known = among(table.ids, _ids(field, names)) | among(table.keys, keys)
    touched = np.unique(table.blocks[known])
    first = np.searchsorted(table.blocks, touched)
    stop = np.searchsorted(table.blocks, touched, side="right")
    whole = _tally(table, ranges(first, stop - first))
    whole.names.update(rest.names)
    whole.aliases.update(rest.aliases)
    return satisfy(_spliced(table, touched, _linked(field, _positive(whole))))


def _ids(field: str, names: Iterable[str]) -> np.ndarray:
    return np.array([name_id(field, spelling(name)) for name in names], np.uint64)


def _recounted(field: str, table: LinkTable, change: Tally) -> tuple[LinkTable, Tally]:
    """The table with what of a change concerns only counts, and the rest of the change."""
    names = set(change.names).union(*change.aliases)
    near = np.flatnonzero(among(table.ids, _ids(field, names))).tolist()
    rows = {table.names[row]: row for row in near}
    counts, alias_counts = table.counts.copy(), table.alias_counts.copy()
    rest = Tally()
    for name, articles in change.names.items():
        row = rows.get(name)
        if row is not None and counts[row] + articles > 0:
            counts[row] += articles
        elif articles:
            rest.names[name] = articles
    for pair, articles in change.aliases.items():
        place = _alias_place(table, *map(rows.get, pair))
        if place is not None and alias_counts[place] + articles > 0:
            alias_counts[place] += articles
        elif articles:
            rest.aliases[pair] = articles
    return replace(table, counts=counts, alias_counts=alias_counts), rest


def _alias_place(table: LinkTable, short: int | None, name: int | None) -> int | None:
    """The place in the table's aliases of a pair of rows."""
    if short is None or name is None:
        return None
    rows = [row for row, _ in table.aliases_of(short)]
    return int(table.alias_starts[short]) + rows.index(name) if name in rows else None


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
    blocks, names, chunks = iter(blocks), [], [_columns([])]
    while chunk := list(islice(blocks, _CHUNK)):
        names.append("\n".join([row.name for _, rows in chunk for row in rows]))
        chunks.append(_columns(chunk))
    columns = {name: np.concatenate([chunk[name] for chunk in chunks]) for name in DTYPES}
    for starts in _LISTS:
        columns[starts] = run_starts(columns[starts])
    return LinkTable(Names.of(names), **columns)


def _columns(blocks: list[tuple[int, list[Row]]]) -> dict[str, np.ndarray]:
    """The arrays of a table of these blocks, with the lengths of lists for where they begin."""
    rows = [row for _, rows in blocks for row in rows]
    told = Row(*zip(*rows)) if rows else Row(*[()] * len(Row._fields))
    sizes = np.array([len(rows) for _, rows in blocks], np.int64)
    places = ranges(np.zeros_like(sizes), sizes)
    n_candidates, n_aliases, n_offers = (
        np.fromiter(map(len, lists), np.int64)
        for lists in (told.candidates, told.aliases, told.offers)
    )
    aliases = np.array(list(chain.from_iterable(told.aliases)), np.int64).reshape(-1, 2)
    columns = {
        "counts": told.count,
        "ids": told.id,
        "keys": told.key,
        "blocks": np.repeat(np.array([id for id, _ in blocks], np.uint64), sizes),
        "leaders": np.array(told.leader, np.int64) - places,
        "reasons": told.reason,
        "ranks": told.rank,
        "candidate_starts": n_candidates,
        "candidates": list(chain.from_iterable(told.candidates)) - np.repeat(places, n_candidates),
        "alias_starts": n_aliases,
        "aliases": aliases[:, 0] - np.repeat(places, n_aliases),
        "alias_counts": aliases[:, 1],
        "wants": told.wants,
        "met": told.met,
        "offer_starts": n_offers,
        "offers": list(chain.from_iterable(told.offers)),
    }
    return {name: np.array(column, DTYPES[name]) for name, column in columns.items()}


def _spliced(table: LinkTable, gone: np.ndarray, other: LinkTable) -> LinkTable:
    """The table without the blocks that are ``gone`` and with those of another table."""
    parts = stretches(table.blocks, gone, other.blocks)
    arrays = {name: spliced(getattr(table, name), getattr(other, name), parts) for name in _PLAIN}
    for starts, values in _LISTS.items():
        ours, theirs = getattr(table, starts), getattr(other, starts)
        arrays[starts] = run_starts(spliced(np.diff(ours), np.diff(theirs), parts))
        held = parts.copy()
        for number, begins in enumerate((ours, theirs)):
            held[parts[:, 0] == number, 1:] = begins[parts[parts[:, 0] == number, 1:]]
        for name in values:
            arrays[name] = spliced(getattr(table, name), getattr(other, name), held)
    return LinkTable(table.names.spliced(other.names, parts), **arrays)


def empty() -> LinkTable:
    """The table of no names."""
    return _table(())

"""The link table: every name of a field with the entity that it belongs to, as arrays."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np

from index.linking import organizations, persons
from index.linking.block import Row
from index.linking.names import Names
from index.linking.reasons import Reason
from index.linking.spelling import name_ids, spelling
from index.linking.splicing import among, spliced, stretches
from index.linking.tally import Tally
from index.linking.wants import satisfy
from index.segment.arrays import ranges
from index.segment.arrays import starts as run_starts

RULES = {persons.FIELD: persons, organizations.FIELD: organizations}
"""The rules of each field that is linked: the columns of names each ``alone`` in its
block, the ``blocks`` of a tally, the ``shorter`` spellings of a name that may have been in use for
its entity before."""


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

_EACH = [*_PLAIN, *_LISTS]
"""The columns that have a value for each row."""

_ROW_BITS = 32
_MANY = 64
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


def link(field: str, tally: Tally) -> LinkTable:
    """The table of a whole tally."""
    return relink(field, empty(), tally)


@_uncollected()
def relink(field: str, table: LinkTable, change: Tally) -> LinkTable:
    """The table with a change of the tally (counts may be negative): the same as that of the
    whole new tally, though only blocks that gain or lose a name are linked anew."""
    table, rest = _recounted(field, table, change)
    names = list(set(rest.names).union(*rest.aliases))
    if not names:
        return table
    new = _alone(field, names, rest)
    shared = among(table.ids, new.ids) | among(table.keys, new.keys)
    touched = np.unique(table.blocks[shared])
    first = np.searchsorted(table.blocks, touched)
    stop = np.searchsorted(table.blocks, touched, side="right")
    rows = ranges(first, stop - first)
    met = _met(new, table.ids[rows], table.keys[rows], rest)
    whole = _tally(table, rows)
    for row in np.flatnonzero(met).tolist():
        name = new.names[row]
        whole.names[name] += rest.names[name]
    whole.aliases.update(rest.aliases)
    linked = _linked(field, _positive(whole))
    return satisfy(_replaced(table, touched, _replaced(new, np.unique(new.blocks[met]), linked)))


def _alone(field: str, names: list[str], tally: Tally) -> LinkTable:
    """The table of names as if each shared its block with no other; several may have one key."""
    chunks = (names[first : first + _CHUNK] for first in range(0, len(names), _CHUNK))
    table = _table((chunk, _lone(field, chunk, tally)) for chunk in chunks)
    order = np.argsort(table.blocks, kind="stable")
    return _spliced(table, table, np.stack((np.zeros_like(order), order, order + 1), axis=1))


def _lone(field: str, names: list[str], tally: Tally) -> dict[str, np.ndarray]:
    columns = {name: np.zeros(len(names) if name in _EACH else 0, DTYPES[name]) for name in DTYPES}
    columns["reasons"][:] = columns["met"][:] = Reason.SPELLING
    columns |= RULES[field].alone(names)
    counts = np.array([tally.names[name] for name in names], np.int64)
    return columns | {"counts": counts, "blocks": columns["keys"]}


def _met(new: LinkTable, ids: np.ndarray, keys: np.ndarray, rest: Tally) -> np.ndarray:
    """Whether each of some new names is not alone in its block, or goes."""
    met = among(new.ids, ids) | among(new.keys, keys) | (new.counts <= 0)
    for values in (new.ids, new.keys):
        met |= among(values, _repeated(values))
    if rest.aliases:
        paired = set(chain.from_iterable(rest.aliases))
        met |= np.fromiter(map(paired.__contains__, new.names), bool, len(new))
    return met | among(new.keys, new.keys[met])


def _repeated(values: np.ndarray) -> np.ndarray:
    """The values that come more than once."""
    ordered = np.sort(values)
    return ordered[1:][ordered[1:] == ordered[:-1]]


def _recounted(field: str, table: LinkTable, change: Tally) -> tuple[LinkTable, Tally]:
    """The table with what of a change concerns only counts, and the rest of the change."""
    names, pairs = list(change.names), list(change.aliases)
    rows = _rows(field, table, names)
    counts, others = _added(table.counts, rows, change.names)
    rest = Tally(Counter({names[n]: change.names[names[n]] for n in others}))
    alias_counts = table.alias_counts
    if pairs:
        named = dict.fromkeys(chain.from_iterable(pairs))
        row_of = dict(zip(named, _rows(field, table, list(named)).tolist()))
        places = _alias_places(table, np.array([(row_of[a], row_of[b]) for a, b in pairs]))
        alias_counts, others = _added(alias_counts, places, change.aliases)
        rest.aliases.update({pairs[n]: change.aliases[pairs[n]] for n in others})
    return replace(table, counts=counts, alias_counts=alias_counts), rest


def _rows(field: str, table: LinkTable, names: list[str]) -> np.ndarray:
    """The row of each of some names, (n,) int64, -1 where the table has none. Few are looked for
    by their ids, for many these take longer than hashes of the whole table."""
    if len(names) * _MANY > len(table):
        return table.names.rows_of(Names.of(names))
    ids = name_ids(field, map(spelling, names))
    return table.names.rows_of(Names.of(names), np.flatnonzero(among(table.ids, ids)))


def _added(counts: np.ndarray, places: np.ndarray, change: Counter) -> tuple[np.ndarray, list[int]]:
    """Counts with a change of them, each at its place, and the numbers of what has none (-1)
    or would not be left there."""
    articles = np.fromiter(change.values(), np.int64, len(change))
    stays = places >= 0
    stays[stays] = counts[places[stays]] + articles[stays] > 0
    counts = counts.copy()
    counts[places[stays]] += articles[stays]
    return counts, np.flatnonzero(~stays & (articles != 0)).tolist()


def _alias_places(table: LinkTable, pairs: np.ndarray) -> np.ndarray:
    """The place in the table's aliases of pairs of rows, (n, 2) int64, -1 where there is none."""
    owners = np.repeat(np.arange(len(table)), np.diff(table.alias_starts))
    held = owners << _ROW_BITS | (owners + table.aliases)
    asked = pairs[:, 0] << _ROW_BITS | pairs[:, 1]
    places = np.searchsorted(held, asked)
    found = (pairs >= 0).all(axis=1) & (np.append(held, -1)[places] == asked)
    return np.where(found, places, -1)


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


def _linked(field: str, tally: Tally) -> LinkTable:
    """The table of a tally's blocks."""
    blocks = iter(RULES[field].blocks(tally))
    chunks = iter(lambda: list(islice(blocks, _CHUNK)), [])
    return _table(
        ([row.name for _, rows in chunk for row in rows], _columns(chunk)) for chunk in chunks
    )


def _table(chunks: Iterable[tuple[list[str], dict[str, np.ndarray]]]) -> LinkTable:
    """The table of names and their columns as ``_columns`` has them, chunk by chunk."""
    names, parts = [], [_columns([])]
    for written, columns in chunks:
        names.append("\n".join(written))
        parts.append(columns)
    columns = {
        name: np.concatenate([part[name] for part in parts]).astype(dtype, copy=False)
        for name, dtype in DTYPES.items()
    }
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


def _replaced(table: LinkTable, gone: np.ndarray, other: LinkTable) -> LinkTable:
    """The table without the blocks that are ``gone`` and with those of another table."""
    if not len(gone) and not (len(table) and len(other)):
        return table if len(table) else other
    return _spliced(table, other, stretches(table.blocks, gone, other.blocks))


def _spliced(table: LinkTable, other: LinkTable, parts: np.ndarray) -> LinkTable:
    """Stretches of two tables, as ``splicing.stretches`` has them, one behind the other."""
    ours, theirs = (
        [*(getattr(one, name) for name in _PLAIN), *(np.diff(getattr(one, s)) for s in _LISTS)]
        for one in (table, other)
    )
    arrays = dict(zip(_EACH, spliced(ours, theirs, parts)))
    for starts, values in _LISTS.items():
        arrays[starts] = run_starts(arrays[starts])
        held = parts.copy()
        for number, one in enumerate((table, other)):
            of_one = parts[:, 0] == number
            held[of_one, 1:] = getattr(one, starts)[parts[of_one, 1:]]
        ours, theirs = ([getattr(one, name) for name in values] for one in (table, other))
        arrays |= zip(values, spliced(ours, theirs, held))
    return LinkTable(table.names.spliced(other.names, parts), **arrays)


def empty() -> LinkTable:
    """The table of no names."""
    return _table(())

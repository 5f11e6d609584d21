"""The union of tables of strings, by array operations: no string becomes an object."""

import secrets
from collections.abc import Sequence

import numpy as np

from index.segment.pieces import Table
from index.segment.strings import Strings, alike, common_ranks, string_hashes


def united(
    tables: Sequence[Strings], used: Sequence[np.ndarray] | None = None
) -> tuple[Strings, list[np.ndarray]]:
    """One sorted table of the strings of several sorted ones, and the number in it of each string
    of each table, (n,) int32, -1 for those that are not used; ``used`` are the numbers of the
    used ones of each table, ascending, all where it is missing.

    Strings that were met before, as their hashes and then their bytes tell, need not be sorted.
    """
    rows = [np.arange(len(table)) for table in tables] if used is None else used
    strings, numbers = _met(tables, rows)
    ranks = np.concatenate([np.zeros(0, np.int64), *common_ranks(strings)])
    is_rank = np.zeros(len(ranks), bool)
    is_rank[ranks] = True
    places = (np.cumsum(is_rank, dtype=np.int32) - np.int32(1))[ranks]
    ordered = np.empty(np.count_nonzero(is_rank), np.int64)
    ordered[places] = np.arange(len(places))
    renumbered = [np.full(len(table), -1, np.int32) for table in tables]
    for place, own, found in zip(renumbered, rows, numbers):
        place[own] = places[found]
    return Strings.joined(strings).take(ordered), renumbered


def _met(
    tables: Sequence[Strings], rows: Sequence[np.ndarray]
) -> tuple[list[Strings], list[np.ndarray]]:
    """Sorted tables that hold each of the strings in these rows, and the number among theirs, end
    to end, of each. They hold a string again where another one has its hash."""
    known, secret = Table(1 << 14), np.uint64(secrets.randbits(64) | 1)
    parts, numbers, first_met = [], [], []
    for table, own in zip(tables, rows):
        begins, n_known = table.begins.astype(np.int64), len(known)
        hashes = string_hashes(table.content, begins.take(own), np.diff(begins).take(own), secret)
        found, new = known.numbers(hashes)
        found[new] = np.arange(n_known, len(known))
        numbers.append(found)
        parts.append(table.take(own[new]))
        first_met.append(new)
    first, n_strings = Strings.joined(parts), len(known)
    for table, own, found, new in zip(tables, rows, numbers, first_met):
        again = np.delete(np.arange(len(own)), new)
        others = again[~_same(table, own.take(again), first, found.take(again))]
        if len(others):
            found[others] = np.arange(n_strings, n_strings + len(others))
            n_strings += len(others)
            parts.append(table.take(own[others]))
    return parts, numbers


def _same(table: Strings, rows: np.ndarray, other: Strings, other_rows: np.ndarray) -> np.ndarray:
    """Whether each string of a table is that of another one, (n,) bool."""
    begins, other_begins = (strings.begins.astype(np.int64) for strings in (table, other))
    lengths, other_lengths = np.diff(begins).take(rows), np.diff(other_begins).take(other_rows)
    starts, other_starts = begins.take(rows), other_begins.take(other_rows)
    return alike(table.content, starts, lengths, other.content, other_starts, other_lengths)

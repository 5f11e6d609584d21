"""The union of tables of strings, by array operations: no string becomes an object."""

import secrets
from collections.abc import Sequence

import numpy as np

from index.segment.pieces import Table
from index.segment.strings import Strings, common_ranks, string_hashes


def united(
    tables: Sequence[Strings], used: Sequence[np.ndarray] | None = None
) -> tuple[Strings, list[np.ndarray]]:
    """One sorted table of the strings of several sorted ones, and the number in it of each string
    of each table, (n,) int32, -1 for those that are not used; ``used`` are the numbers of the
    used ones of each table, all where it is missing.

    A string is known by a hash of 64 bits that nobody can foretell: two have the same by chance
    in one of 2 ** 64 cases.
    """
    known, secret = Table(1 << 14), np.uint64(secrets.randbits(64) | 1)
    rows = [np.arange(len(t)) for t in tables] if used is None else used
    numbers, parts = [], []
    for table, own in zip(tables, rows):
        begins = table.begins.astype(np.int64)
        hashes = string_hashes(table.content, begins[own], np.diff(begins)[own], secret)
        found, new = known.numbers(hashes)
        numbers.append(found)
        parts.append(table.take(own[new]))
    ordered = np.argsort(np.concatenate([np.zeros(0, np.int64), *common_ranks(parts)]))
    ranks = np.empty(len(ordered), np.int32)
    ranks[ordered] = np.arange(len(ordered))
    renumbered = [np.full(len(table), -1, np.int32) for table in tables]
    for place, own, found in zip(renumbered, rows, numbers):
        place[own] = ranks[found]
    return Strings.joined(parts).take(ordered), renumbered

"""Splicing: some blocks of a table taken out, others put in their places, by whole stretches."""

from collections.abc import Sequence

import numpy as np

from index.segment.arrays import ranges

LONG = 64
"""Rows of a stretch that is copied as one and not row by row."""

_BEGINNING = 20
_REST = np.uint64(64 - _BEGINNING)


def stretches(blocks: np.ndarray, gone: np.ndarray, new: np.ndarray) -> np.ndarray:
    """What to put one behind the other so that blocks stay in the order of their ids: a table (0
    the old one, 1 the one that is put in), its first row and the one after its last, (n, 3) int64.

    :param blocks: (n,) uint64, the block of each old row, ascending.
    :param gone: (n_gone,) uint64, the ids of the old blocks that go.
    :param new: (n_new,) uint64, the block of each new row, ascending.
    """
    first, stop = (np.searchsorted(blocks, gone, side) for side in ("left", "right"))
    stays = np.ones(len(blocks), bool)
    stays[ranges(first, stop - first)] = False
    old = np.flatnonzero(stays)
    # new rows are numbered on after the old ones and a gap
    base = len(blocks) + 1
    rows = np.insert(old, np.searchsorted(blocks[old], new), base + np.arange(len(new)))
    begins = np.flatnonzero(np.diff(rows, prepend=-2) != 1)
    lengths = np.diff(begins, append=len(rows))
    is_new = rows[begins] >= base
    first = rows[begins] - base * is_new
    return np.stack((is_new, first, first + lengths), axis=1)


def spliced(
    old: Sequence[np.ndarray], new: Sequence[np.ndarray], parts: np.ndarray
) -> list[np.ndarray]:
    """The stretches of two tables, one behind the other, for each of their arrays, which come in
    the same order and dtypes."""
    table, first, stop = parts.T
    both = list(zip(old, new, strict=True))
    if len(parts) * LONG < (stop - first).sum():
        slices = parts.tolist()
        return [np.concatenate([a[:0], *((a, b)[n][i:j] for n, i, j in slices)]) for a, b in both]
    rows = ranges(first + len(old[0]) * table, stop - first)
    return [np.concatenate([a, b]).take(rows) for a, b in both]


def among(values: np.ndarray, few: np.ndarray) -> np.ndarray:
    """Whether each of many values is one of a few, (n,) bool."""
    found = np.zeros(len(values), bool)
    near = likely(values, few)
    found[near[np.isin(values[near], few)]] = True
    return found


def likely(values: np.ndarray, few: np.ndarray) -> np.ndarray:
    """The places of values that begin like one of a few, (n,) int64: all that are one of them,
    and of hashes hardly any others."""
    begins = np.zeros(1 << _BEGINNING, bool)
    begins[few >> _REST] = True
    return np.flatnonzero(begins[values >> _REST])

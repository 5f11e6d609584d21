"""Splicing: some blocks of a table taken out, others put in their places, by whole stretches."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_BEGINNING = 20
_REST = np.uint64(64 - _BEGINNING)


class Stretch(NamedTuple):
    """Rows ``first`` to ``stop`` of a table: 0 the old one, 1 the one that is put in."""

    table: int
    first: int
    stop: int


def stretches(blocks: np.ndarray, gone: np.ndarray, new: np.ndarray) -> list[Stretch]:
    """What to put one behind the other so that blocks stay in the order of their ids.

    :param blocks: (n,) uint64, the block of each old row, ascending.
    :param gone: (n_gone,) uint64, the ids of the old blocks that go.
    :param new: (n_new,) uint64, the block of each new row, ascending.
    """
    firsts = np.flatnonzero(np.append(True, new[1:] != new[:-1])) if len(new) else np.zeros(0, int)
    stops = np.append(firsts, len(new))[1:]
    places = np.searchsorted(blocks, new[firsts])
    changes = [
        *zip(places.tolist(), map(Stretch, [1] * len(firsts), firsts.tolist(), stops.tolist())),
        *(
            (first, Stretch(0, first, stop))
            for first, stop in zip(
                np.searchsorted(blocks, gone).tolist(),
                np.searchsorted(blocks, gone, side="right").tolist(),
            )
        ),
    ]
    changes.sort(key=lambda change: (change[0], change[1].table == 0))
    found, row = [], 0
    for place, change in changes:
        if place > row:
            found.append(Stretch(0, row, place))
            row = place
        if change.table:
            found.append(change)
        else:
            row = change.stop
    if row < len(blocks):
        found.append(Stretch(0, row, len(blocks)))
    return found


def spliced(old: np.ndarray, new: np.ndarray, parts: Sequence[Stretch]) -> np.ndarray:
    """The stretches of two arrays of one dtype, one behind the other."""
    return np.concatenate([old[:0], *((old, new)[n][first:stop] for n, first, stop in parts)])


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

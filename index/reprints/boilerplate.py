"""Boilerplate: shingles that many texts have which share little else."""

from collections.abc import Iterator

import numpy as np

from index.reprints.documents import CHUNK, Documents
from index.reprints.hashes import Hashes, gathered, stretches
from index.reprints.sketch import EMPTY, SIZE
from index.segment.arrays import distinct

FREQUENT = 8
"""Texts that have a shingle in common beyond which it may be boilerplate."""

WHOLE = 0.5
"""The mean share of frequent shingles in the texts that have a frequent one, below which it is
boilerplate and not a passage of a story that went round."""

MOST_SORTED = 1 << 23
"""Hashes that are sorted at a time."""

_SAMPLED = 1 << 12
_SCALE = 1 << 20
"""Shares are summed up as whole numbers of it, so that no order of the texts matters."""


def boilerplate(documents: Documents, places: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The hashes, (n,) uint32 ascending, of what is boilerplate among the different texts at these
    places, ascending, and of what is ``known`` to be."""
    frequent = Hashes(distinct(np.concatenate([known, *_frequent(documents, places)])))
    held, shares = np.zeros((2, len(frequent)))
    if not len(frequent):
        return known
    for sketches in _chunks(documents, places):
        is_held = frequent.among(sketches)
        n_held = is_held.view(np.uint8).sum(axis=1, dtype=np.uint8)
        size = (sketches != EMPTY).view(np.uint8).sum(axis=1, dtype=np.uint8)
        place = frequent.places(sketches.ravel().take(np.flatnonzero(is_held)))
        share = n_held * np.int64(_SCALE) // np.maximum(size, 1)
        held += np.bincount(place, minlength=len(frequent))
        shares += np.bincount(place, np.repeat(share, n_held), len(frequent))
    return np.union1d(known, frequent.hashes[shares < WHOLE * _SCALE * held])


def _frequent(documents: Documents, places: np.ndarray) -> Iterator[np.ndarray]:
    """The hashes that more than FREQUENT texts have, ascending."""
    sample = documents.sketches(places[:: len(places) // _SAMPLED + 1])
    space = np.empty(len(places) * SIZE, np.uint32)  # of which no more is touched than a stretch
    for low, high in stretches(sample[sample != EMPTY], len(space), MOST_SORTED):
        inside = (s[(s - low) < (high - low)] for s in _chunks(documents, places))
        hashes = gathered(inside, space)
        hashes.sort()
        more = np.flatnonzero(hashes[FREQUENT:] == hashes[:-FREQUENT])
        yield distinct(hashes.take(more))


def _chunks(documents: Documents, places: np.ndarray) -> Iterator[np.ndarray]:
    for first in range(0, len(places), CHUNK):
        yield documents.sketches(places[first : first + CHUNK])

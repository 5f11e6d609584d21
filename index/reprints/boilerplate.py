"""Boilerplate: shingles that many texts have which share little else."""

from collections.abc import Iterator

import numpy as np

from index.reprints.documents import CHUNK, Documents
from index.reprints.hashes import Hashes, stretches
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


def boilerplate(documents: Documents, places: np.ndarray) -> np.ndarray:
    """The hashes, (n,) uint32 ascending, of what is boilerplate among the different texts at these
    places, ascending."""
    frequent = Hashes(np.concatenate([np.zeros(0, np.uint32), *_frequent(documents, places)]))
    held, shares = np.zeros((2, len(frequent)))
    if not len(frequent):
        return frequent.hashes
    for sketches in _chunks(documents, places):
        known = frequent.among(sketches)
        n_known = known.view(np.uint8).sum(axis=1, dtype=np.uint8)
        size = (sketches != EMPTY).view(np.uint8).sum(axis=1, dtype=np.uint8)
        place = frequent.places(sketches.ravel()[np.flatnonzero(known)])
        held += np.bincount(place, minlength=len(frequent))
        share = n_known * np.int64(_SCALE) // np.maximum(size, 1)
        shares += np.bincount(place, np.repeat(share, n_known), len(frequent))
    return frequent.hashes[shares < WHOLE * _SCALE * held]


def _frequent(documents: Documents, places: np.ndarray) -> Iterator[np.ndarray]:
    """The hashes that more than FREQUENT texts have, ascending."""
    sample = documents.sketches(places[:: len(places) // _SAMPLED + 1])
    for low, high in stretches(sample[sample != EMPTY], len(places) * SIZE, MOST_SORTED):
        inside = (s[(s - low) < (high - low)] for s in _chunks(documents, places))
        hashes = np.concatenate([np.zeros(0, np.uint32), *inside])
        hashes.sort()
        yield distinct(hashes[FREQUENT:][hashes[FREQUENT:] == hashes[:-FREQUENT]])


def _chunks(documents: Documents, places: np.ndarray) -> Iterator[np.ndarray]:
    for first in range(0, len(places), CHUNK):
        yield documents.sketches(places[first : first + CHUNK])

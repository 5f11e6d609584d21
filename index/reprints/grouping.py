"""Grouping: which articles are reprints of each other, from their sketches.

A group is what pairs of reprints connect (``texts``), boilerplate aside (``boilerplate``). All of
it is a function of the set of sketches: texts are taken in the order of their fingerprints, and
equal ones are one text.
"""

import numpy as np

from index.reprints.boilerplate import boilerplate
from index.reprints.documents import Documents, Part
from index.reprints.texts import Texts

ALONE = -1


def groups(sketches: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The group of each article, (n_docs,) int32: numbers from 0, or ALONE. ``sketches`` and
    ``numbers`` are those of ``index.reprints.sketch``."""
    return grouping(Documents([Part("", sketches, numbers, np.ones(len(numbers), bool), True)]))[0]


def grouping(documents: Documents) -> tuple[np.ndarray, np.ndarray]:
    """The group of each document, as ``groups`` gives it, ALONE for a deleted one, and the hashes
    of what is boilerplate among them, ascending."""
    alive = np.flatnonzero(documents.alive)
    _, first, texts = np.unique(
        documents.fingerprints(alive), return_index=True, return_inverse=True
    )
    places = alive[first]
    common = boilerplate(documents, np.sort(places), np.zeros(0, np.uint32))
    different = Texts(documents, places, common)
    owners = np.arange(len(different))
    for keys in different.keys():
        owners = different.joined(owners, keys)
    found = np.full(len(documents), ALONE, np.int64)
    found[alive] = owners[texts]
    return numbered(found), common


def numbered(owners: np.ndarray) -> np.ndarray:
    """Groups from 0 on in their order, (n,) int32, of what has one owner; ALONE for what is so
    already or shares its owner with none."""
    held = np.flatnonzero(owners != ALONE)
    held_by = owners[held]
    counts = np.bincount(held_by)
    first = np.zeros(len(counts), np.int64)
    first[held_by[::-1]] = held[::-1]
    shared = np.flatnonzero(counts > 1)
    numbers = np.full(len(counts), ALONE, np.int32)
    numbers[shared[np.argsort(first[shared])]] = np.arange(len(shared))
    found = np.full(len(owners), ALONE, np.int32)
    found[held] = numbers[held_by]
    return found

"""Texts: what different articles say, compared piece by piece.

Two texts are reprints when they share LEAST_SHARED of the shingles that either has, and the
numbers in them are about the same (the weather of another day in the same words is no reprint).
Shingles of boilerplate count for nothing. Only texts that share one of their KEYS smallest hashes
are compared.
"""

from collections.abc import Iterator

import numpy as np

from index.reprints.documents import CHUNK, Documents
from index.reprints.hashes import Hashes, gathered, stretches
from index.reprints.sketch import EMPTY, SHORTEST, SIZE
from index.segment.arrays import distinct, ranges

LEAST_SHARED = 0.26
"""The least resemblance (Jaccard) of the shingles of two reprints."""

NUMBERS_SHARED = 0.6
"""Of the numbers of either text, the share that the other has, or all but one."""

KEYS = 16

MOST_PAIRED = 16
"""Texts with one key that are all compared with each other; of more, each is compared with the
first STARS ones."""

STARS = 2

MOST_SORTED = 1 << 22
"""Keys that are sorted at a time."""

_PAIRED = 1 << 17
"""Keys whose texts are paired at a time."""

_COMPARED = 1 << 12
"""Pairs that are compared at a time."""

_KEY, _TEXT = np.uint64(32), np.uint64(0xFFFFFFFF)
_ONES = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


class Texts:
    """Different texts, by number: each stands at one of the ``places`` among documents.
    ``boilerplate`` are the hashes that count for nothing, ascending. ``numbers`` are those of the
    texts, ``ends`` the last hashes of their sketches."""

    def __init__(self, documents: Documents, places: np.ndarray, boilerplate: np.ndarray):
        self.places, self.boilerplate = places, boilerplate
        self._documents = documents
        self._in_place = np.argsort(places)
        self.numbers = documents.numbers(places)
        self.ends = np.empty(len(places), np.uint32)
        self._common = np.empty((len(places), SIZE // 8), np.uint8)
        common = Hashes(boilerplate)
        for texts in self._chunks():
            sketches = documents.sketches(places[texts])
            self._common[texts] = np.packbits(common.among(sketches), axis=1)
            self.ends[texts] = sketches[:, -1]

    def __len__(self) -> int:
        return len(self.places)

    def _chunks(self) -> Iterator[np.ndarray]:
        """The texts as they stand in the documents."""
        for first in range(0, len(self), CHUNK):
            yield self._in_place[first : first + CHUNK]

    def sketches(self, texts: np.ndarray) -> np.ndarray:
        """The sketches of texts, (n, SIZE) uint32 in their order, with EMPTY for boilerplate."""
        common = np.unpackbits(self._common.take(texts, axis=0), axis=1).view(bool)
        return _emptied(self._documents.sketches(self.places.take(texts)), common)

    def keys(self) -> Iterator[np.ndarray]:
        """The keys of the texts, each as one number, key << 32 | text, ascending, in chunks that
        no key is in two of; one lasts until the next is asked for."""
        sample = self._smallest(self._in_place[:: len(self) // CHUNK + 1])
        space = np.empty(len(self) * KEYS, np.uint64)  # of which no more is touched than a stretch
        for low, high in stretches(sample[sample != EMPTY], len(space), MOST_SORTED):
            packed = gathered(self._packed(low, high), space)
            packed.sort()
            yield packed

    def _packed(self, low: np.uint32, high: np.uint32) -> Iterator[np.ndarray]:
        """The keys from low to below high, in chunks."""
        for texts in self._chunks():
            smallest = self._smallest(texts)
            packed = smallest.astype(np.uint64)
            packed <<= _KEY
            packed |= texts.astype(np.uint64)[:, None]
            inside = (smallest - low) < (high - low)
            yield packed.ravel().take(np.flatnonzero(inside))

    def _smallest(self, texts: np.ndarray) -> np.ndarray:
        return np.sort(self.sketches(texts), axis=1)[:, :KEYS]

    def joined(self, owners: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """The owner of each text, (n,) int64, when those that have a key in common are compared:
        ``keys`` are some of ``keys()``, ``owners`` as of the others."""
        begin = 0
        while begin < len(keys):
            last = keys[min(begin + _PAIRED, len(keys)) - 1] | _TEXT
            end = int(np.searchsorted(keys, last, "right"))
            pairs = _paired(keys[begin:end])
            one, other = pairs.T
            apart = owners.take(one) != owners.take(other)
            apart &= same_numbers(self.numbers.take(one), self.numbers.take(other))
            found = pairs[apart]
            found = found[alike(self, self, found)]
            if len(found):
                owners = connected(owners[found], len(self))[owners]
            begin = end
        return owners


def alike(one: Texts, other: Texts, pairs: np.ndarray) -> np.ndarray:
    """Which pairs of a text of one and a text of the other, (n, 2), share LEAST_SHARED, (n,)
    bool."""
    found = np.zeros(len(pairs), bool)
    for first in range(0, len(pairs), _COMPARED):
        a, b = pairs[first : first + _COMPARED].T
        found[first : first + _COMPARED] = _resemblance(one, a, other, b) >= LEAST_SHARED
    return found


def _resemblance(one: Texts, a: np.ndarray, other: Texts, b: np.ndarray) -> np.ndarray:
    """The share of shingles that both texts of each pair have, estimated from the hashes up to
    the one at which the first of the two sketches ends, (n,) float64."""
    ends = np.minimum(one.ends[a], other.ends[b])[:, None]
    both = np.concatenate([one.sketches(a), other.sketches(b)], axis=1)
    both = _emptied(both, both > ends)
    both.sort(axis=1)
    counts = both != EMPTY
    held = _summed(counts)
    shared = _summed((both[:, 1:] == both[:, :-1]) & counts[:, 1:])
    return np.where(2 * held >= SHORTEST, shared / np.maximum(held - shared, 1), 0.0)


def _emptied(sketches: np.ndarray, flags: np.ndarray) -> np.ndarray:
    """The sketches with EMPTY, which has all bits set, where flags are."""
    sketches |= -flags.view(np.uint8).astype(np.uint32)
    return sketches


def _summed(flags: np.ndarray) -> np.ndarray:
    return flags.view(np.uint8).sum(axis=1, dtype=np.uint8).astype(int)


def connected(pairs: np.ndarray, n: int) -> np.ndarray:
    """One owner, (n,) int64, for all that pairs, (n_pairs, 2), of 0 to n - 1 connect: the least of
    them."""
    nodes, ends = np.unique(pairs, return_inverse=True)
    one, other = ends.reshape(-1, 2).T
    least = np.arange(len(nodes))
    while len(one):
        np.minimum.at(least, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(further := least[least], least):
            least = further
        one, other = least[one], least[other]
        apart = one != other
        one, other = one[apart], other[apart]
    owners = np.arange(n)
    owners[nodes] = nodes[least]
    return owners


def _pairs(texts: np.ndarray, first: np.ndarray, lengths: np.ndarray) -> Iterator[np.ndarray]:
    """Pairs of texts with one key as packed numbers: ``texts`` holds them, key by key from
    ``first`` on and ascending."""
    for step in range(1, min(int(lengths.max(initial=0)), MOST_PAIRED)):
        few = (lengths > step) & (lengths <= MOST_PAIRED)
        places = ranges(first[few], lengths[few] - step)
        yield texts[places] << 32 | texts[places + step]
    many = lengths > MOST_PAIRED
    for step in range(STARS):
        places = ranges(first[many] + step + 1, lengths[many] - step - 1)
        owners = np.repeat(texts[first[many] + step], lengths[many] - step - 1)
        yield owners << 32 | texts[places]


def _paired(packed: np.ndarray) -> np.ndarray:
    """Pairs of texts with one key, (n, 2) int64, each once; ``packed`` are key << 32 | text,
    ascending."""
    keys = packed >> _KEY
    several = np.zeros(len(keys), bool)  # has its key in common with another one
    np.equal(keys[1:], keys[:-1], out=several[1:])
    several[:-1] |= several[1:].copy()
    packed = packed[several]
    keys, texts = packed >> _KEY, (packed & _TEXT).astype(np.int64)
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else texts
    pairs = [np.zeros(0, np.int64), *_pairs(texts, first, np.diff(first, append=len(keys)))]
    found = distinct(np.concatenate(pairs))
    return np.stack((found >> 32, found & 0xFFFFFFFF), axis=1)


def same_numbers(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether each pair of texts has about the same numbers, (n,) bool."""
    fewer = np.minimum(_counted(one), _counted(other))
    missing = fewer - _counted(one & other)
    return missing <= np.maximum(1, (1 - NUMBERS_SHARED) * fewer)


def _counted(bits: np.ndarray) -> np.ndarray:
    """How many bits are set in each number, (n,) int64."""
    return _ONES.take(bits.view(np.uint16)).reshape(len(bits), 4).sum(axis=1, dtype=int)

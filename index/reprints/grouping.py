"""Grouping: which articles are reprints of each other, from their sketches.

Two articles are when they share LEAST_SHARED of the shingles that either has, and the numbers in
them are about the same (the weather of another day in the same words is no reprint); a group is
what such pairs connect. Shingles of boilerplate count for nothing: those that many texts have
which share little else. Only articles that share one of their KEYS smallest hashes are compared.

All of it is a function of the set of sketches: texts are taken in the order of their
fingerprints, and equal ones are one text.
"""

from collections.abc import Iterator

import numpy as np

from index.disjoint import DisjointSets
from index.reprints.sketch import EMPTY, SHORTEST
from index.segment.arrays import distinct, ranges

LEAST_SHARED = 0.26
"""The least resemblance (Jaccard) of the shingles of two reprints."""

NUMBERS_SHARED = 0.6
"""Of the numbers of either text, the share that the other has, or all but one."""

KEYS = 16
FREQUENT = 8
"""Texts that have a shingle in common beyond which it may be boilerplate."""

WHOLE = 0.5
"""The mean share of frequent shingles in the texts that have a frequent one, below which it is
boilerplate and not a passage of a story that went round."""

MOST_PAIRED = 16
"""Texts with one key that are all compared with each other; of more, each is compared with the
first STARS ones."""

STARS = 2

MOST_SORTED = 1 << 24
"""Hashes that are sorted at a time."""

CHUNK = 1 << 16
"""Texts or pairs looked at together."""

BITS_MORE, MOST_BITS = 4, 24
"""A table of n hashes has 2 ** BITS_MORE times as many places, so that few of them share one."""

ALONE = -1

_KEY, _TEXT = np.uint64(32), np.uint64(0xFFFFFFFF)


def groups(sketches: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The group of each article, (n_docs,) int32: numbers from 0, or ALONE. ``sketches`` and
    ``numbers`` are those of ``index.reprints.sketch``."""
    return grouping(sketches, numbers)[0]


def grouping(sketches: np.ndarray, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The group of each article, as ``groups`` gives it, and the hashes of what is boilerplate
    among these articles, ascending."""
    prints = fingerprints(sketches, numbers)
    _, first, texts = np.unique(prints, return_index=True, return_inverse=True)
    kept = Texts(sketches, numbers, first)
    pairs = np.concatenate([np.zeros((0, 2), np.int64), *kept.alike(kept.candidates())])
    return numbered(connected(pairs, len(first))[texts]), kept.boilerplate


def connected(pairs: np.ndarray, n: int) -> np.ndarray:
    """One owner, (n,) int64, for all that pairs, (n_pairs, 2), of 0 to n - 1 connect."""
    nodes, ends = np.unique(pairs, return_inverse=True)
    sets = DisjointSets(len(nodes))
    for one, other in ends.reshape(-1, 2).tolist():
        sets.join(one, other)
    owners = np.arange(n)
    owners[nodes] = nodes[[sets.find(node) for node in range(len(nodes))]]
    return owners


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


def fingerprints(sketches: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """A hash of each sketch and its numbers, (n_docs,) uint64."""
    found = numbers.copy()
    for column in range(sketches.shape[1]):
        found = (found ^ sketches[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(32)
    return found


class Texts:
    """Different texts in the order of their fingerprints, of which each stands in a row.
    ``boilerplate`` are the hashes that count for nothing, ascending, found here if not given."""

    def __init__(
        self,
        sketches: np.ndarray,
        numbers: np.ndarray,
        rows: np.ndarray,
        boilerplate: np.ndarray | None = None,
    ):
        self._sketches, self._numbers, self._rows = sketches, numbers, rows
        self.boilerplate = self._common_places() if boilerplate is None else boilerplate

    def _chunks(self) -> Iterator[np.ndarray]:
        for first in range(0, len(self._rows), CHUNK):
            yield self._sketches[self._rows[first : first + CHUNK]]

    def _frequent(self) -> Iterator[np.ndarray]:
        """The hashes that more than FREQUENT texts have, ascending."""
        n_ranges = -(-self._sketches.size // MOST_SORTED) or 1
        borders = np.linspace(0, int(EMPTY), n_ranges + 1).astype(np.uint32)
        for low, high in zip(borders, borders[1:]):
            inside = (s[(s >= low) & (s < high)] for s in self._chunks())
            hashes = np.concatenate([np.zeros(0, np.uint32), *inside])
            hashes.sort()
            yield distinct(hashes[FREQUENT:][hashes[FREQUENT:] == hashes[:-FREQUENT]])

    def _common_places(self) -> np.ndarray:
        """The hashes of boilerplate, ascending."""
        frequent = np.concatenate(list(self._frequent()))
        if not len(frequent):
            return frequent
        held, shares = np.zeros((2, len(frequent)))
        for sketches in self._chunks():
            place, known = looked_up(frequent, sketches)
            share = known.sum(axis=1) / np.maximum((sketches != EMPTY).sum(axis=1), 1)
            weights = np.broadcast_to(share[:, None], known.shape)[known]
            held += np.bincount(place[known], minlength=len(frequent))
            shares += np.bincount(place[known], weights, len(frequent))
        return frequent[shares < WHOLE * held]

    def _cleared(self, sketches: np.ndarray) -> np.ndarray:
        """Sketches with EMPTY for boilerplate, in their order."""
        return np.where(looked_up(self.boilerplate, sketches)[1], EMPTY, sketches)

    def keys(self) -> Iterator[np.ndarray]:
        """Each key of the texts as one number, the key << 32 | the text, in chunks."""
        base = 0
        for sketches in self._chunks():
            smallest = np.sort(self._cleared(sketches), axis=1)[:, :KEYS]
            texts, column = np.nonzero(smallest != EMPTY)
            held = smallest[texts, column].astype(np.uint64) << np.uint64(32)
            yield held | (texts + base).astype(np.uint64)
            base += len(sketches)

    def candidates(self) -> Iterator[np.ndarray]:
        """The pairs of texts to compare, (n, 2) int64, each once, in chunks."""
        packed = np.empty(len(self._rows) * KEYS, np.uint64)
        n = 0
        for keys in self.keys():
            packed[n : n + len(keys)] = keys
            n += len(keys)
        packed = packed[:n]
        packed.sort()
        pairs = [distinct(found) for found in _paired_by_keys(packed)]
        del packed
        found = distinct(np.concatenate([np.zeros(0, np.int64), *pairs]))
        for begin in range(0, len(found), CHUNK):
            part = found[begin : begin + CHUNK]
            yield np.stack((part >> 32, part & 0xFFFFFFFF), axis=1)

    def alike(self, candidates: Iterator[np.ndarray]) -> Iterator[np.ndarray]:
        """Those of the pairs that are reprints."""
        for pairs in candidates:
            pairs = pairs[_same_numbers(*self._numbers[self._rows[pairs]].T)]
            if len(pairs):
                yield pairs[self._resemblance(pairs) >= LEAST_SHARED]

    def _resemblance(self, pairs: np.ndarray) -> np.ndarray:
        """The share of shingles that both texts of each pair have, estimated from the hashes up
        to the one at which the first of the two sketches ends, (n,) float64."""
        rows = self._sketches[self._rows[pairs]]
        ends = rows[:, :, -1].min(axis=1)[:, None]
        both = np.concatenate([self._cleared(rows[:, n]) for n in (0, 1)], axis=1)
        both = np.sort(np.where(both <= ends, both, EMPTY), axis=1)
        held = (both != EMPTY).sum(axis=1)
        shared = ((both[:, 1:] == both[:, :-1]) & (both[:, 1:] != EMPTY)).sum(axis=1)
        enough = 2 * held >= SHORTEST
        return np.where(enough, shared / np.maximum(held - shared, 1), 0.0)


def looked_up(hashes: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where among ascending hashes the wanted ones stand, and which of them stand there: a table
    tells by their last bits, and where it does not, they are searched for."""
    bits = min(len(hashes).bit_length() + BITS_MORE, MOST_BITS)
    if not len(hashes):
        return np.zeros(wanted.shape, np.int32), np.zeros(wanted.shape, bool)
    if wanted.size > len(hashes):
        mask = hashes.dtype.type((1 << bits) - 1)
        slots, numbers = hashes & mask, np.arange(len(hashes), dtype=np.int32)
        table = np.zeros(1 << bits, np.int32)
        table[slots] = numbers
        table[slots[table[slots] != numbers]] = -1
        place = table.take(wanted & mask)
    else:
        place = np.full(wanted.shape, -1, np.int32)
    untold = np.nonzero(place < 0)
    place[untold] = np.minimum(np.searchsorted(hashes, wanted[untold]), len(hashes) - 1)
    return place, hashes.take(place) == wanted


def _paired_by_keys(packed: np.ndarray) -> Iterator[np.ndarray]:
    """Pairs of texts with one key as packed numbers, in chunks; ``packed`` are key << 32 | text,
    ascending."""
    begin = 0
    while begin < len(packed):
        last = packed[min(begin + KEYS * CHUNK, len(packed)) - 1] | _TEXT
        end = int(np.searchsorted(packed, last, "right"))
        keys, texts = packed[begin:end] >> _KEY, (packed[begin:end] & _TEXT).astype(np.int64)
        first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
        lengths = np.diff(first, append=len(keys))
        several = lengths > 1
        yield np.concatenate(list(_paired(texts, first[several], lengths[several])))
        begin = end


def _paired(texts: np.ndarray, first: np.ndarray, lengths: np.ndarray) -> Iterator[np.ndarray]:
    """Pairs of texts with one key as packed numbers: ``texts`` holds them, key by key from
    ``first`` on and ascending."""
    yield np.zeros(0, np.int64)
    for step in range(1, min(int(lengths.max(initial=0)), MOST_PAIRED)):
        few = (lengths > step) & (lengths <= MOST_PAIRED)
        places = ranges(first[few], lengths[few] - step)
        yield texts[places] << 32 | texts[places + step]
    many = lengths > MOST_PAIRED
    for step in range(STARS):
        places = ranges(first[many] + step + 1, lengths[many] - step - 1)
        owners = np.repeat(texts[first[many] + step], lengths[many] - step - 1)
        yield owners << 32 | texts[places]


def _same_numbers(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether each pair of texts has about the same numbers, (n,) bool."""
    fewer = np.minimum(_counted(one), _counted(other))
    missing = fewer - _counted(one & other)
    return missing <= np.maximum(1, (1 - NUMBERS_SHARED) * fewer)


def _counted(bits: np.ndarray) -> np.ndarray:
    """How many bits are set in each number, (n,) int64."""
    if not len(bits):
        return np.zeros(0, np.int64)
    octets = np.ascontiguousarray(bits).view(np.uint8).reshape(len(bits), 8)
    return np.unpackbits(octets, axis=1).sum(axis=1, dtype=int)

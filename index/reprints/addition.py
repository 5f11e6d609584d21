"""Addition: a few new articles into the groups of many, without grouping these anew.

New articles are compared with those that have one of their keys. What was boilerplate at the last
whole grouping is so still, and what a deleted article connected stays together, until the articles
added since are a SHARE of all: then all are grouped again, so that the work stays in proportion to
the articles however many commits they come in.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from index.reprints.grouping import (
    ALONE,
    KEYS,
    MOST_PAIRED,
    STARS,
    Texts,
    connected,
    fingerprints,
    looked_up,
    numbered,
)
from index.reprints.sketch import SIZE
from index.segment.arrays import distinct, ranges, starts

SHARE = 0.25
FEW = 20_000
"""Articles that are always grouped anew."""

MOST_HAVING = MOST_PAIRED * SIZE // KEYS
"""Texts whose sketches have a key that are all compared with a new text of that key: about as
many as have it for a key of their own when a whole grouping does so."""

CHUNK = 1 << 16
_BITS_MORE = 10


@dataclass(frozen=True)
class Grouped:
    """The groups of a commit: ``groups``, (n,) int32, of the documents of each segment by its id;
    ``members``, (n,) uint64 ascending, the fingerprints of all articles that are in one, and
    ``owners`` their groups; ``boilerplate`` as of the last whole grouping, ``added`` the articles
    since."""

    groups: dict[str, np.ndarray]
    members: np.ndarray
    owners: np.ndarray
    boilerplate: np.ndarray
    added: int


NOTHING = Grouped({}, np.zeros(0, np.uint64), np.zeros(0, np.int32), np.zeros(0, np.uint32), 0)


@dataclass(frozen=True)
class Part:
    """A segment: its ``sketches`` and ``numbers``, which of its documents are ``alive``, (n_docs,)
    bool, and whether all of it ``is_new``, in no commit before."""

    id: str
    sketches: np.ndarray
    numbers: np.ndarray
    alive: np.ndarray
    is_new: bool


def with_added(before: Grouped, parts: Collection[Part]) -> tuple[np.ndarray, int] | None:
    """The group of each document, as ``grouping.groups`` gives it, and the articles added since
    all were grouped; None where they are to be grouped anew."""
    added = before.added + sum(len(part.alive) for part in parts if part.is_new)
    n = sum(len(part.alive) for part in parts)
    if n <= FEW or added > SHARE * n:
        return None
    owners = [_known(before, part) for part in parts]
    bases = np.cumsum([0, *map(len, owners)])
    owner = np.concatenate(owners)
    # a document alone is its own owner, beyond the numbers of groups
    first_free = int(before.owners.max(initial=-1)) + 1
    alone = np.flatnonzero(owner == ALONE)
    owner[alone] = first_free + alone
    pairs = owner[_alike(before.boilerplate, parts, bases)]
    owner = connected(pairs, first_free + n)[owner]
    owner[~np.concatenate([part.alive for part in parts])] = ALONE
    return numbered(owner), added


def _known(before: Grouped, part: Part) -> np.ndarray:
    """The group that each document of a segment was in, int64, by its text where the segment is
    another one now."""
    if part.id in before.groups:
        return before.groups[part.id].astype(np.int64)
    found = np.full(len(part.alive), ALONE, np.int64)
    for first in range(0, len(found), CHUNK):
        rows = slice(first, first + CHUNK)
        prints = fingerprints(part.sketches[rows], part.numbers[rows])
        place, known = looked_up(before.members, prints)
        found[rows][known] = before.owners[place[known]]
    return found


def _alike(boilerplate: np.ndarray, parts: Collection[Part], bases: np.ndarray) -> np.ndarray:
    """The pairs of a new document and another that are reprints, (n, 2), as places among all."""
    new = [np.flatnonzero(part.alive) + base for part, base in zip(parts, bases) if part.is_new]
    new = np.concatenate([np.zeros(0, np.int64), *new])
    sketches, numbers = _taken(parts, bases, new)
    texts = Texts(sketches, numbers, np.arange(len(new)), boilerplate)
    keys = np.sort(np.concatenate([np.zeros(0, np.uint64), *texts.keys()]))
    hashes = (keys >> np.uint64(32)).astype(np.uint32)
    others = [_having(distinct(hashes), part) + base for part, base in zip(parts, bases)]
    others = np.concatenate([np.zeros(0, np.int64), *others])
    sketches, numbers = (
        np.concatenate(both) for both in zip((sketches, numbers), _taken(parts, bases, others))
    )
    # the other texts that have a key of a new one, with that new one
    having, hash_had = _held(distinct(hashes), sketches[len(new) :])
    begin, end = (np.searchsorted(hashes, hash_had, side) for side in ("left", "right"))
    text = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)[ranges(begin, end - begin)]
    other = len(new) + np.repeat(having, end - begin)
    packed = distinct(text << 32 | other)
    candidates = np.stack((packed >> 32, packed & 0xFFFFFFFF), axis=1)
    prints = fingerprints(sketches, numbers)[candidates]
    same = candidates[prints[:, 0] == prints[:, 1]]
    chunks = (candidates[first : first + CHUNK] for first in range(0, len(candidates), CHUNK))
    both = Texts(sketches, numbers, np.arange(len(sketches)), boilerplate)
    return np.append(new, others)[np.concatenate([same, *both.alike(chunks)])]


def _held(hashes: np.ndarray, sketches: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which texts have which of these hashes, (n,) int64 and (n,) uint32; only the STARS first
    texts of one that more than MOST_HAVING have."""
    place, known = looked_up(hashes, sketches)
    texts = np.nonzero(known)[0]
    place = place[known]
    order = np.argsort(place, kind="stable")
    texts, place = texts[order], place[order]
    counts = np.bincount(place, minlength=len(hashes))
    rank = np.arange(len(place)) - starts(counts)[place]
    kept = (rank < STARS) | (counts[place] <= MOST_HAVING)
    return texts[kept], hashes[place[kept]]


def _having(hashes: np.ndarray, part: Part) -> np.ndarray:
    """The documents of a segment whose sketches hold one of these hashes, ascending."""
    if not len(hashes):
        return np.zeros(0, np.int64)
    # of few hashes few bits tell most others apart, and the table stays near the processor
    bits = min(len(hashes).bit_length() + _BITS_MORE, 24)
    mask = np.uint32((1 << bits) - 1)
    maybe = np.zeros(1 << bits, bool)
    maybe[hashes & mask] = True
    found = [np.zeros(0, np.int64)]
    for first in range(0, len(part.alive), CHUNK):
        sketches = part.sketches[first : first + CHUNK]
        near = np.flatnonzero(maybe.take(sketches & mask))
        held = near[looked_up(hashes, sketches.take(near))[1]]
        rows = first + distinct(held // SIZE)
        found.append(rows[part.alive[rows]])
    return np.concatenate(found)


def _taken(
    parts: Collection[Part], bases: np.ndarray, places: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The sketches and numbers of documents at ascending places among all."""
    inside = [
        (part, places[(places >= base) & (places < base + len(part.alive))] - base)
        for part, base in zip(parts, bases)
    ]
    sketches = [np.zeros((0, SIZE), np.uint32), *(part.sketches[rows] for part, rows in inside)]
    numbers = [np.zeros(0, np.uint64), *(part.numbers[rows] for part, rows in inside)]
    return np.concatenate(sketches), np.concatenate(numbers)

"""Addition: a few new articles into the groups of many, without grouping these anew.

New articles are compared with those that have one of their keys. What was boilerplate at the last
whole grouping is so still, with what is boilerplate among the new ones of a commit, and what a
deleted article connected stays together, until the articles added since are a SHARE of all: then
all are grouped again, so that the work stays in proportion to the articles however many commits
they come in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.reprints.boilerplate import boilerplate
from index.reprints.documents import CHUNK, Documents, Part, fingerprints
from index.reprints.grouping import ALONE, numbered
from index.reprints.hashes import Hashes
from index.reprints.sketch import SIZE
from index.reprints.texts import KEYS, MOST_PAIRED, STARS, Texts, alike, connected, same_numbers
from index.segment.arrays import distinct, ranges, starts

SHARE = 1 / 3
FEW = 20_000
"""Articles that are always grouped anew."""

MOST_HAVING = MOST_PAIRED * SIZE // KEYS
"""Texts whose sketches have a key that are all compared with a new text of that key: about as
many as have it for a key of their own when a whole grouping does so."""


@dataclass(frozen=True)
class Grouped:
    """The groups of a commit: ``groups``, (n,) int32, of the documents of each segment by its id;
    ``members``, (n,) uint64 ascending, the fingerprints of all articles that are in one, and
    ``owners`` their groups; ``boilerplate`` as of the last whole grouping and of
    commits since, ``added`` the articles since."""

    groups: dict[str, np.ndarray]
    members: np.ndarray
    owners: np.ndarray
    boilerplate: np.ndarray
    added: int


NOTHING = Grouped({}, np.zeros(0, np.uint64), np.zeros(0, np.int32), np.zeros(0, np.uint32), 0)


def with_added(before: Grouped, documents: Documents) -> tuple[np.ndarray, np.ndarray, int] | None:
    """The group of each document and what is boilerplate, as ``grouping.grouping`` gives them, and
    the articles added since all were grouped; None where they are to be grouped anew."""
    n = len(documents)
    added = before.added + sum(len(part.alive) for part in documents.parts if part.is_new)
    if n <= FEW or added > SHARE * n:
        return None
    owner = np.concatenate([_known(before, part) for part in documents.parts])
    # a document alone is its own owner, beyond the numbers of groups
    first_free = int(before.owners.max(initial=-1)) + 1
    alone = np.flatnonzero(owner == ALONE)
    owner[alone] = first_free + alone
    new = documents.new
    prints, first, texts = np.unique(
        documents.fingerprints(new), return_index=True, return_inverse=True
    )
    places = new[first]
    common = boilerplate(documents, np.sort(places), before.boilerplate)
    found = list(_reprints(documents, prints, Texts(documents, places, common)))
    found.append(np.stack((new, places[texts]), axis=1))
    owner = connected(owner[np.concatenate(found)], first_free + n)[owner]
    owner[~documents.alive] = ALONE
    return numbered(owner), common, added


def _known(before: Grouped, part: Part) -> np.ndarray:
    """The group that each document of a segment was in, int64, by its text where the segment is
    another one now."""
    if part.id in before.groups:
        return before.groups[part.id].astype(np.int64)
    found = np.full(len(part.alive), ALONE, np.int64)
    if len(before.members):
        for first in range(0, len(found), CHUNK):
            rows = slice(first, first + CHUNK)
            prints = fingerprints(part.sketches[rows], part.numbers[rows])
            places = np.minimum(np.searchsorted(before.members, prints), len(before.members) - 1)
            known = before.members[places] == prints
            found[rows][known] = before.owners[places[known]]
    return found


def _reprints(documents: Documents, prints: np.ndarray, fresh: Texts) -> Iterator[np.ndarray]:
    """The pairs of a new document and another that are reprints, (n, 2), as places; ``prints`` are
    the fingerprints of the new texts."""
    owners = np.arange(len(fresh))
    for keys in fresh.keys():
        owners = fresh.joined(owners, keys)
        text, place = _candidates(keys, documents)
        near = np.flatnonzero(same_numbers(fresh.numbers[text], documents.numbers(place)))
        text = text[near]
        places, known = np.unique(place[near], return_inverse=True)
        old = Texts(documents, places, fresh.boilerplate)
        reprints = documents.fingerprints(places)[known] == prints[text]
        reprints |= alike(fresh, old, np.stack((text, known), axis=1))
        yield np.stack((fresh.places[text], places[known]), axis=1)[reprints]
    yield np.stack((fresh.places, fresh.places[owners]), axis=1)


def _candidates(keys: np.ndarray, documents: Documents) -> tuple[np.ndarray, np.ndarray]:
    """The pairs to compare of a new text, (n,) int64, and a document of commits before, as places:
    those that have one of the new texts' ``keys`` in common, key << 32 | text, ascending."""
    hashes = (keys >> np.uint64(32)).astype(np.uint32)
    places, had = _having(Hashes(distinct(hashes)), documents)
    begin, end = (np.searchsorted(hashes, had, side) for side in ("left", "right"))
    text = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)[ranges(begin, end - begin)]
    packed = distinct(text << 32 | np.repeat(places, end - begin))
    return packed >> 32, packed & 0xFFFFFFFF


def _having(hashes: Hashes, documents: Documents) -> tuple[np.ndarray, np.ndarray]:
    """Which documents of commits before have which of these hashes in their sketches, as places,
    (n,) int64, and hashes, (n,) uint32; only the STARS first ones of a hash that more than
    MOST_HAVING have."""
    counts = np.zeros(len(hashes), np.int64)
    places, had = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for part, base in zip(documents.parts, documents.bases):
        for first in range(0, 0 if part.is_new else len(part.alive), CHUNK):
            sketches = np.ascontiguousarray(part.sketches[first : first + CHUNK])
            near = hashes.maybe(sketches)
            near = near[part.alive[first + near // SIZE]]
            wanted = sketches.ravel().take(near)
            known = np.flatnonzero(hashes.among(wanted))
            place = hashes.places(wanted.take(known))
            fewer = counts[place] <= MOST_HAVING
            np.add.at(counts, place, 1)
            places.append(base + first + near[known[fewer]] // SIZE)
            had.append(place[fewer])
    places, had = np.concatenate(places), np.concatenate(had)
    order = np.argsort(had, kind="stable")
    places, had = places[order], had[order]
    rank = np.arange(len(had)) - starts(np.bincount(had, minlength=len(hashes)))[had]
    kept = (rank < STARS) | (counts[had] <= MOST_HAVING)
    return places[kept], hashes.hashes[had[kept]]

"""Groups of reprints on disk: a file of arrays for each generation, beside the segments."""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from index.reprints.addition import NOTHING, Grouped, with_added
from index.reprints.documents import Documents, Part, fingerprints
from index.reprints.grouping import ALONE, grouping
from index.segment.arrays import Arrays, ArrayWriter, SegmentUnusable
from index.segment.segment import SegmentData

Held = Sequence[tuple[str, SegmentData, np.ndarray | None]]
"""The segments of an index: id, data, and which documents are not deleted (None: all)."""


def path(folder: Path, generation: int) -> Path:
    """Where the groups of a generation are."""
    return folder / f"reprints_{generation}.groups"


def save(folder: Path, generation: int, segments: Held, new: Collection[str]) -> None:
    """Group the articles of these segments, of which those with the ids ``new`` are in no
    generation before, and write the groups aside, then under their name.

    Raises OSError.
    """
    documents = _documents(segments, new)
    before = _read(folder, generation - 1)
    found = with_added(before, documents) if before else None
    groups, boilerplate, added = found or (*grouping(documents), 0)
    members, owners = _members(documents, groups, before if found else NOTHING)
    target = path(folder, generation)
    writer = ArrayWriter(target.with_suffix(".tmp"))
    try:
        writer.add("groups", groups)
        writer.add("members", members)
        writer.add("owners", owners)
        writer.add("boilerplate", boilerplate)
        sizes = [len(part.alive) for part in documents.parts]
        writer.finish(
            {"segments": [part.id for part in documents.parts], "sizes": sizes, "added": added}
        )
    except BaseException:
        writer.abandon()
        raise
    writer.path.replace(target)
    for old in folder.glob("reprints_*.groups"):
        if old not in (target, path(folder, generation - 1)):
            old.unlink(missing_ok=True)


def stored(folder: Path, generation: int, segments: Sequence[str]) -> np.ndarray | None:
    """The groups as they were written for the segments with these ids; None where their file is
    missing or damaged."""
    try:
        arrays = Arrays(path(folder, generation))
        same = arrays.facts["segments"] == list(segments)
        return arrays["groups"] if same and not list(arrays.damaged()) else None
    except (SegmentUnusable, FileNotFoundError, KeyError, TypeError, ValueError):
        return None


def all_alive(segments: Held) -> list[np.ndarray]:
    """Which documents of each segment are not deleted, (n_docs,) bool each."""
    return [np.ones(data.n_docs, bool) if kept is None else kept for _, data, kept in segments]


def grouped(segments: Held) -> np.ndarray:
    """The group of each document, from the sketches in the segments."""
    return grouping(_documents(segments, ()))[0]


def _documents(segments: Held, new: Collection[str]) -> Documents:
    return Documents(
        [
            Part(id, data.rows("sketch"), data.arrays["numbers"], alive, id in new)
            for (id, data, _), alive in zip(segments, all_alive(segments))
        ]
    )


def _members(
    documents: Documents, groups: np.ndarray, before: Grouped = NOTHING
) -> tuple[np.ndarray, np.ndarray]:
    """The fingerprints of all documents in a group, ascending, and their groups: those known
    ``before`` as they were, deleted documents' among them, and those of the others."""
    numbers = np.full(int(before.owners.max(initial=-1)) + 2, ALONE, np.int32)
    prints, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
    for part, base in zip(documents.parts, documents.bases):
        now = groups[base : base + len(part.alive)]
        grouped = now != ALONE
        if part.id in before.groups:
            was = before.groups[part.id]
            numbers[was[grouped]] = now[grouped]
            grouped &= was == ALONE
        rows = np.flatnonzero(grouped)
        prints.append(fingerprints(part.sketches[rows], part.numbers[rows]))
        owners.append(now[rows])
    prints.append(before.members)
    owners.append(numbers[before.owners])
    members, place = np.unique(np.concatenate(prints), return_index=True)
    owner = np.concatenate(owners)[place]
    return members[owner != ALONE], owner[owner != ALONE]


def _read(folder: Path, generation: int) -> Grouped | None:
    """The groups of a generation; None where their file is missing, damaged or of a version
    that wrote less."""
    try:
        arrays = Arrays(path(folder, generation))
        if list(arrays.damaged()):
            return None
        ends = np.cumsum(arrays.facts["sizes"])[:-1]
        parts = np.split(arrays["groups"], ends)
        groups = dict(zip(arrays.facts["segments"], parts))
        rest = (arrays[name] for name in ("members", "owners", "boilerplate"))
        return Grouped(groups, *rest, arrays.facts["added"])
    except (SegmentUnusable, FileNotFoundError, KeyError, TypeError, ValueError):
        return None

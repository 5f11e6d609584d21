"""Groups of reprints on disk: a file of arrays for each generation, beside the segments."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.reprints.grouping import ALONE, groups
from index.reprints.sketch import SIZE
from index.segment.arrays import Arrays, ArrayWriter, SegmentUnusable
from index.segment.segment import SegmentData

Held = Sequence[tuple[str, SegmentData, np.ndarray | None]]
"""The segments of an index: id, data, and which documents are not deleted (None: all)."""


def path(folder: Path, generation: int) -> Path:
    """Where the groups of a generation are."""
    return folder / f"reprints_{generation}.groups"


def save(folder: Path, generation: int, segments: Held) -> None:
    """Group the articles of these segments and write the groups aside, then under their name.

    Raises OSError.
    """
    target = path(folder, generation)
    writer = ArrayWriter(target.with_suffix(".tmp"))
    try:
        writer.add("groups", grouped(segments))
        writer.finish({"segments": [id for id, _, _ in segments]})
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
    except (SegmentUnusable, FileNotFoundError, KeyError):
        return None


def all_alive(segments: Held) -> list[np.ndarray]:
    """Which documents of each segment are not deleted, (n_docs,) bool each."""
    return [np.ones(data.n_docs, bool) if kept is None else kept for _, data, kept in segments]


def grouped(segments: Held) -> np.ndarray:
    """The group of each document, from the sketches in the segments."""
    alive = all_alive(segments)
    sketches, numbers = [np.zeros((0, SIZE), np.uint32)], [np.zeros(0, np.uint64)]
    for (_, data, _), kept in zip(segments, alive):
        sketches.append(data.arrays["sketch"][kept])
        numbers.append(data.arrays["numbers"][kept])
    kept = np.concatenate([np.zeros(0, bool), *alive])
    found = np.full(len(kept), ALONE, np.int32)
    found[kept] = groups(np.concatenate(sketches), np.concatenate(numbers))
    return found

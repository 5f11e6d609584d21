"""Merging beside a writer: committed segments into a larger one, in a thread of its own.

A merge reads files that never change and writes one that nobody reads; the next commit puts it
in the place of its sources. Whoever is killed before leaves a file that the next commit removes.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import numpy as np
from whoosh.filedb.filestore import FileStorage

from index.segment.arrays import SegmentUnusable
from index.segment.codec import INDEX_NAME, ArraySegment
from index.segment.layout import EXTENSION
from index.segment.merge import Source, merge
from index.segment.policy import FACTOR, merges


class Merge:
    """The merge of some segments, without the documents that are deleted when it is made."""

    def __init__(self, folder: Path, segments: Sequence[ArraySegment]):
        self.sources = list(segments)
        self.merged = ArraySegment(INDEX_NAME)
        self.path = folder / self.merged.make_filename(EXTENSION)
        self._deleted = [frozenset(segment.deleted_docs()) for segment in segments]
        self._parts = []
        storage = FileStorage(str(folder))
        for segment, deleted in zip(segments, self._deleted):
            alive = np.ones(segment.doc_count_all(), bool)
            alive[list(deleted)] = False
            self._parts.append(Source(segment.data(storage), alive))

    def run(self) -> None:
        """Write the merged segment. Raises OSError, and SegmentUnusable for a source that is not
        what was written; nothing is left of the file then."""
        for part in self._parts:
            for damage in part.data.arrays.damaged():
                raise SegmentUnusable(damage)
        self.merged.set_doc_count(merge(self.path, self._parts))

    def put(self, segments: Sequence[ArraySegment]) -> list[ArraySegment]:
        """The segments with the merged one in the place of its sources; what was deleted of
        these since is deleted of it."""
        base = 0
        for segment, part, before in zip(self.sources, self._parts, self._deleted):
            for docid in segment.deleted_docs() - before:
                self.merged.delete_document(base + int(part.ranks[docid]))
            base += part.kept
        place = next((n for n, s in enumerate(segments) if s in self.sources), 0)
        others = [segment for segment in segments if segment not in self.sources]
        return [*others[:place], self.merged, *others[place:]]


def due(segments: Sequence[ArraySegment], least: int = FACTOR) -> list[list[ArraySegment]]:
    """The groups of an index's segments to merge now; ``least`` is that of
    ``index.segment.policy.merges``."""
    kept = [segment.doc_count() for segment in segments]
    sizes = [segment.doc_count_all() for segment in segments]
    return [[segments[n] for n in group] for group in merges(kept, sizes, least)]


class Merging:
    """The merges that a writer's commits call for, one at a time."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._merge: Merge | None = None
        self._thread: Thread | None = None
        self._error: BaseException | None = None
        self._is_abandoned = False

    @property
    def is_due(self) -> bool:
        """Whether a merge runs or is done and in no commit yet."""
        return self._merge is not None

    @property
    def unfinished(self) -> list[ArraySegment]:
        """The segment that is being written."""
        return [self._merge.merged] if self._merge else []

    def start(self, segments: Sequence[ArraySegment], least: int) -> None:
        """Begin the merge that is due among the segments of a commit, unless one runs; ``least``
        is that of ``due``."""
        if self._merge:
            return
        groups = due(segments, least)
        if groups:
            self._merge = Merge(self._folder, groups[0])
            self._thread = Thread(target=self._run, args=(self._merge,), daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait for the merge that runs."""
        if self._thread:
            self._thread.join()

    def taken(self, segments: Sequence[ArraySegment]) -> list[ArraySegment]:
        """The segments with one that is merged in the place of its sources, if it is ready.

        Raises what the merge raised.
        """
        if self._merge is None or self._thread.is_alive():
            return list(segments)
        done, error = self._merge, self._error
        self._merge = self._thread = self._error = None
        if error:
            raise error
        return done.put(segments)

    def abandon(self) -> None:
        """Leave the merge that runs; its file is removed."""
        self._is_abandoned = True
        if self._merge and not self._thread.is_alive():
            self._merge.path.unlink(missing_ok=True)

    def _run(self, work: Merge) -> None:
        try:
            work.run()
        except BaseException as error:
            self._error = error
        if self._is_abandoned:
            work.path.unlink(missing_ok=True)

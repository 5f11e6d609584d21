"""The writer: articles and deletions into an index folder, one writer at a time."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from threading import Lock

from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for

from index.allocation import give_back
from index.article import Article
from index.merging import Merge, Merging
from index.reprints import storage as reprints
from index.segment.batch import Batch
from index.segment.codec import ArraySegment, held
from index.segment.layout import EXTENSION, FORMAT_VERSION
from index.segment.policy import FACTOR, PATIENCE
from index.segment.vocabulary import Vocabulary
from index.toc import (
    INDEX_NAME,
    Contents,
    has_commit,
    latest_generation,
    read_contents,
    remove_others,
    write_contents,
)

MEMORY_MB = 1_000
"""Memory for articles on their way to a segment and for what is known of their words."""


MOST_ARTICLES = 10_000
"""Articles of a new segment at the most: its commit waits until it is written."""


class Locked(Exception):
    """Another writer holds the index; the message says which, and since when."""


@dataclass(frozen=True)
class Sealed:
    """What becomes a ``generation`` of the index: its ``new`` segments, and the ids of those
    articles of the one before that it leaves out or replaces, ``deleted``. The last segment is
    there when its ``writing`` is done."""

    generation: int
    new: list[ArraySegment]
    deleted: list[str]
    writing: Future | None


class IndexWriter:
    """Adds to and deletes from the index in a folder, which is made where it is missing.

    Nothing is seen by readers before ``commit``. What a commit leaves to merge is merged beside
    the writer and part of a later commit. Articles wait in memory, up to ``memory_mb`` of it; more
    become several segments, each written beside the caller. Of a commit that is made in another
    thread, what comes first (``seal``) and the rest (``put``) are apart: articles can be added
    meanwhile, but not deleted, replaced or sealed.

    Raises Locked when another writer has held the index for ``timeout_s`` seconds, OSError when
    the folder cannot be written, and what ``read_contents`` raises.
    """

    def __init__(self, folder: Path, timeout_s: float = 0, memory_mb: float = MEMORY_MB):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._storage = FileStorage(str(folder))
        self._lock = self._storage.lock(f"{INDEX_NAME}_WRITELOCK")
        self._acquire(timeout_s)
        self.is_closed = False
        try:
            contents = read_contents(folder) if has_commit(folder) else Contents(0, [])
        except BaseException:
            self._release()
            raise
        self.generation = contents.generation + 1
        self._segments = contents.segments
        self._new: list[ArraySegment] = []
        self._deleted: list[str] = []
        self._sealed: Sealed | None = None
        self._is_changed = False
        self._merging = Merging(folder)
        self._memory = memory_mb * 1_000_000
        self._vocabulary = Vocabulary()
        self._batch = Batch(self._vocabulary)
        self._beside = ThreadPoolExecutor(1)
        self._writing: Future | None = None
        self._naming, self._putting = Lock(), Lock()

    def __enter__(self) -> "IndexWriter":
        return self

    def __exit__(self, kind, error, traceback) -> None:
        if kind:
            self.cancel()
        elif not self.is_closed:
            if self._is_changed:
                self.commit()
            self.close()

    def add(self, article: Article) -> None:
        """Add an article whose id the index does not hold, or no longer."""
        self._is_changed = True
        self._batch.add(article)
        is_full = len(self._batch) >= MOST_ARTICLES
        if is_full or self._batch.n_bytes + self._vocabulary.n_bytes >= self._memory:
            self.flush()

    def stored(self, id: str) -> Article | None:
        """The article that the last commit holds under an id and that is not deleted since."""
        for segment, docid in self._places(id):
            return Article.from_json(segment.data(self._storage).store[docid])
        return None

    def replace(self, article: Article) -> None:
        """Put an article in the place of the one that has its id, and keep what that said."""
        earlier = self.stored(article.id)
        self.delete(article.id)
        self.add(article.succeeding(earlier, datetime.now(timezone.utc)) if earlier else article)

    def delete(self, id: str) -> bool:
        """Delete the article of an id; returns whether the last commit held it."""
        for segment, docid in self._places(id):
            segment.delete_document(docid)
            self._deleted.append(id)
            self._is_changed = True
            return True
        return False

    def _refuse_beside(self) -> None:
        if self._sealed:
            raise RuntimeError("a commit is being made")

    def _places(self, id: str) -> Iterator[tuple[ArraySegment, int]]:
        self._refuse_beside()
        for segment in self._segments:
            docid = segment.data(self._storage).docid(id)
            if docid is not None and not segment.is_deleted(docid):
                yield segment, docid

    def commit(self, optimize: bool = False, more: bool = False) -> None:
        """Make all of it the index's next generation; with ``optimize`` as one segment. Where
        ``more`` articles are on their way, few merges are begun.

        Raises OSError; the index stays as it was, and the writer is closed.
        """
        try:
            self.put(self.seal(), optimize, more)
        except BaseException:
            self.cancel()
            raise

    def seal(self) -> Sealed:
        """End what goes into the next generation: later articles are of the one after. Raises
        OSError."""
        self._refuse_beside()
        self.flush()
        self._sealed = Sealed(self.generation, self._new, self._deleted, self._writing)
        self._new, self._deleted, self._is_changed = [], [], False
        self.generation += 1
        return self._sealed

    def put(self, sealed: Sealed, optimize: bool = False, more: bool = False) -> None:
        """Make what was sealed the index's generation; ``optimize`` and ``more`` are those of
        ``commit``. Raises OSError; the index stays as it was, and the writer is to be closed."""
        with self._putting:
            self._put(sealed, optimize, more)
        give_back()

    def _put(self, sealed: Sealed, optimize: bool, more: bool) -> None:
        if self.is_closed:
            raise RuntimeError("the writer is closed")
        if sealed.writing:
            sealed.writing.result()
        if optimize:
            self._merging.wait()
        segments = self._merging.taken(self._segments) + sealed.new
        segments = [segment for segment in segments if segment.doc_count()]
        has_new = bool(sealed.new)
        if optimize:
            segments = self._whole(segments, sealed.new)
        new = {segment.segment_id() for segment in sealed.new} if has_new else set()
        reprints.save(self.folder, sealed.generation, held(segments, self._storage), new)
        contents = Contents(sealed.generation, segments)
        write_contents(self.folder, contents)
        self._segments, self._sealed = segments, None
        with self._naming:
            remove_others(self.folder, contents, [*self._merging.unfinished, *self._new])
        self._merging.start(segments, PATIENCE * FACTOR if more else FACTOR)

    def merge(self) -> bool:
        """Begin the merge that is due, if none runs; returns whether one does."""
        self._merging.start(self._segments, FACTOR)
        return self.is_merging

    @property
    def is_merging(self) -> bool:
        """Whether there is a merge that no commit has taken."""
        return self._merging.is_due

    def wait(self) -> None:
        """Wait for the merge that runs."""
        self._merging.wait()

    def close(self) -> None:
        """End the writing: merges that are under way are waited for and committed. Articles and
        deletions since the last commit are dropped, and with them the merges, which are left to
        a later writer.

        Raises OSError; the index stays as it was.
        """
        while not self._is_changed and self.merge():
            self.wait()
            self.commit()
        self.cancel()

    def cancel(self) -> None:
        """End the writing with the index as it was, unless a commit has just got through; one that
        is being made is waited for."""
        with self._putting:
            if self.is_closed:
                return
            self.is_closed = True
            try:
                self._merging.abandon()
                self._beside.shutdown()
                self._remove_uncommitted()
            finally:
                self._release()

    def _remove_uncommitted(self) -> None:
        generation, lost = self.generation, self._new
        if self._sealed and latest_generation(self.folder) < self._sealed.generation:
            generation, lost = self._sealed.generation, self._sealed.new + lost
        for segment in lost:
            (self.folder / segment.make_filename(EXTENSION)).unlink(missing_ok=True)
        reprints.path(self.folder, generation).unlink(missing_ok=True)

    def flush(self) -> None:
        """Begin to write the articles that wait in memory, beside the caller. Raises OSError when
        those before could not be written."""
        if not len(self._batch):
            return
        self._written()
        trained = self._dictionary()
        segment = ArraySegment(INDEX_NAME, len(self._batch))
        with self._naming:
            self._new.append(segment)
        self._batch.close()
        path = self.folder / segment.make_filename(EXTENSION)
        self._writing = self._beside.submit(self._batch.write, path, trained)
        if self._vocabulary.n_bytes >= self._memory / 2:
            self._vocabulary = Vocabulary()
        self._batch = Batch(self._vocabulary)

    def _dictionary(self) -> bytes:
        """The zstd dictionary of the largest segment, which is the one that a merge keeps."""
        sealed = self._sealed
        segments = [*(sealed.new if sealed else ()), *self._segments, *self._new]
        largest = max(segments, key=ArraySegment.doc_count_all, default=None)
        return largest.data(self._storage).store.dictionary if largest else b""

    def _written(self) -> None:
        """Wait for the segment that is being written. Raises OSError when it could not be."""
        writing, self._writing = self._writing, None
        if writing:
            writing.result()

    def _whole(self, segments: list[ArraySegment], new: list[ArraySegment]) -> list[ArraySegment]:
        """The segments as one, which is among the ``new`` ones then."""
        if not segments or (len(segments) == 1 and self._is_whole(segments[0])):
            return segments
        merge = Merge(self.folder, segments)
        new.append(merge.merged)
        merge.run()
        return [merge.merged]

    def _is_whole(self, segment: ArraySegment) -> bool:
        arrays = segment.data(self._storage).arrays
        return not segment.has_deletions() and arrays.facts["format"] == FORMAT_VERSION

    def _acquire(self, timeout_s: float) -> None:
        holder = self.folder / f"{INDEX_NAME}_WRITER"
        if not try_for(self._lock.acquire, timeout=timeout_s):
            who = holder.read_text("utf-8") if holder.is_file() else ""
            raise Locked(
                f"{self.folder}: {who or 'another process'} is writing to it; try again later"
            )
        now = datetime.now().isoformat(" ", "seconds")
        me = f"process {os.getpid()} on {socket.gethostname()}, since {now},"
        try:
            holder.write_text(me, "utf-8")
        except BaseException:
            self._release()
            raise

    def _release(self) -> None:
        (self.folder / f"{INDEX_NAME}_WRITER").unlink(missing_ok=True)
        self._lock.release()

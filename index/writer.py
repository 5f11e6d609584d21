"""The writer: articles and deletions into an index folder, one writer at a time."""

import os
import socket
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for

from index.article import Article
from index.reprints import storage as reprints
from index.segment.batch import Batch
from index.segment.codec import ArraySegment, held
from index.segment.layout import EXTENSION
from index.segment.merge import Source, merge
from index.segment.policy import merges
from index.segment.vocabulary import Vocabulary
from index.toc import (
    INDEX_NAME,
    Contents,
    has_commit,
    latest_generation,
    read_contents,
    write_contents,
)

MOST_WORDS = 8_000_000
"""Words of a batch in memory, some 40 bytes each; more become several segments."""


class Locked(Exception):
    """Another writer holds the index; the message says which."""


class IndexWriter:
    """Adds to and deletes from the index in a folder, which is made where it is missing.

    Nothing is seen by readers before ``commit``, which makes ``generation``. Raises Locked when
    another writer has held the index for ``timeout_s`` seconds, OSError when the folder cannot be
    written, and what ``read_contents`` raises.
    """

    def __init__(self, folder: Path, timeout_s: float = 0):
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
        self._vocabulary = Vocabulary()
        self._batch = Batch(self._vocabulary)

    def __enter__(self) -> "IndexWriter":
        return self

    def __exit__(self, kind, error, traceback) -> None:
        if not self.is_closed:
            self.cancel() if kind else self.commit()

    def add(self, article: Article) -> None:
        """Add an article whose id the index does not hold, or no longer."""
        self._batch.add(article)
        if self._batch.n_words >= MOST_WORDS:
            self._flush()

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
            return True
        return False

    def _places(self, id: str) -> Iterator[tuple[ArraySegment, int]]:
        for segment in self._segments:
            docid = segment.data(self._storage).docid(id)
            if docid is not None and not segment.is_deleted(docid):
                yield segment, docid

    def commit(self, optimize: bool = False) -> None:
        """Make all of it the index's next generation; with ``optimize`` as one segment.

        Raises OSError; the index stays as it was.
        """
        try:
            self._flush()
            segments = [s for s in self._segments if s.doc_count()] + self._new
            segments = self._merged(segments, optimize)
            reprints.save(self.folder, self.generation, held(segments, self._storage))
            write_contents(self.folder, Contents(self.generation, segments))
        except BaseException:
            self.cancel()
            raise
        self._close()

    def cancel(self) -> None:
        """Leave the index as it was, unless a commit has just got through."""
        if latest_generation(self.folder) < self.generation:
            for segment in self._new:
                self._path(segment).unlink(missing_ok=True)
        self._close()

    def _flush(self) -> None:
        if len(self._batch):
            segment = ArraySegment(INDEX_NAME, len(self._batch))
            self._batch.write(self._path(segment))
            self._new.append(segment)
            self._batch = Batch(self._vocabulary)

    def _merged(self, segments: list[ArraySegment], optimize: bool) -> list[ArraySegment]:
        if optimize:
            whole = len(segments) == 1 and not segments[0].has_deletions()
            groups = [] if whole or not segments else [list(range(len(segments)))]
        else:
            kept = [segment.doc_count() for segment in segments]
            groups = merges(kept, [segment.doc_count_all() for segment in segments])
        result: list[ArraySegment | None] = list(segments)
        for group in groups:
            result[group[0]] = self._merge([segments[n] for n in group])
            for number in group[1:]:
                result[number] = None
        return [segment for segment in result if segment]

    def _merge(self, segments: Sequence[ArraySegment]) -> ArraySegment:
        sources = []
        for segment in segments:
            alive = np.ones(segment.doc_count_all(), bool)
            alive[list(segment.deleted_docs())] = False
            sources.append(Source(segment.data(self._storage), alive))
        merged = ArraySegment(INDEX_NAME)
        merged.set_doc_count(merge(self._path(merged), sources))
        self._new.append(merged)
        return merged

    def _path(self, segment: ArraySegment) -> Path:
        return self.folder / segment.make_filename(EXTENSION)

    def _acquire(self, timeout_s: float) -> None:
        holder = self.folder / f"{INDEX_NAME}_WRITER"
        if not try_for(self._lock.acquire, timeout=timeout_s):
            who = holder.read_text("utf-8") if holder.is_file() else "another process"
            raise Locked(f"{self.folder}: {who} is writing to it; try again later")
        holder.write_text(f"process {os.getpid()} on {socket.gethostname()}", "utf-8")

    def _release(self) -> None:
        (self.folder / f"{INDEX_NAME}_WRITER").unlink(missing_ok=True)
        self._lock.release()

    def _close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            self._release()

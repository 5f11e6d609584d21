"""The index folder: what it holds, and writing to it."""

import re
from contextlib import suppress
from pathlib import Path

from whoosh.index import TOC, IndexVersionError

from index.merging import due
from index.segment.arrays import SegmentUnusable
from index.toc import INDEX_NAME, ArrayIndex, Contents, has_commit, latest_generation
from index.writer import MEMORY_MB, IndexWriter, Locked

LOCK_TIMEOUT_S = 30

_OWN_FILE = re.compile(rf"_?{INDEX_NAME}_.*|\w+_\d+\.(?:links|groups|tmp)|entities\.jsonl.*")
"""What an interrupted first commit, or a person's corrections, leave in a folder."""


class IndexUnusable(Exception):
    """The index folder cannot be read or written; the message says why and what to do."""


def open_index(folder: Path) -> ArrayIndex | None:
    """The index in a folder at its last commit, or None while there is no commit yet.

    Raises IndexUnusable when the folder cannot be read or holds something else.
    """
    try:
        if not folder.exists():
            return None
        if not folder.is_dir():
            raise IndexUnusable(f"{folder}: a file; the index needs a folder")
        return ArrayIndex(folder) if has_commit(folder) else None
    except IndexVersionError as error:
        raise IndexUnusable(f"{error}; index into a new folder") from error
    except SegmentUnusable as error:
        raise IndexUnusable(str(error)) from error
    except OSError as error:
        raise IndexUnusable(f"{folder}: cannot be read: {error.strerror or error}") from error


def latest_commit(folder: Path) -> tuple[int, ...]:
    """What tells the last commit in a folder from any other, also from one of the same number
    in an index that stood there before: its generation, and its file's inode and time. All are
    0 where there is none."""
    generation = latest_generation(folder)
    toc = _toc_state(folder, generation)
    return (generation, *toc) if toc else (0, 0, 0)


def committed_ns(folder: Path, generation: int) -> int:
    """When a commit in a folder was, in ns since 1970; 0 where its file is gone."""
    toc = _toc_state(folder, generation)
    return toc[1] if toc else 0


def _toc_state(folder: Path, generation: int) -> tuple[int, int] | None:
    try:
        toc = (folder / TOC._filename(INDEX_NAME, generation)).stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return toc.st_ino, toc.st_mtime_ns


def empty_index(folder: Path) -> ArrayIndex:
    """The index in a folder that has no commit yet."""
    return ArrayIndex(folder, Contents(0, []))


def open_writer(folder: Path, memory_mb: float = MEMORY_MB) -> IndexWriter:
    """A writer that adds to the index in a folder, which is made where it is missing.

    Raises IndexUnusable when the folder cannot be written, holds something else, or another
    process keeps writing to it.
    """
    try:
        if folder.is_dir() and not has_commit(folder) and _other_files(folder):
            raise IndexUnusable(f"{folder}: holds other files; the index needs its own folder")
        return IndexWriter(folder, LOCK_TIMEOUT_S, memory_mb)
    except (Locked, SegmentUnusable) as error:
        raise IndexUnusable(str(error)) from error
    except IndexVersionError as error:
        raise IndexUnusable(f"{error}; index into a new folder") from error
    except OSError as error:
        raise IndexUnusable(f"{folder}: cannot be written: {error.strerror or error}") from error


def open_merger(folder: Path) -> IndexWriter | None:
    """A writer for merges that a killed run left in a folder; None where there are none, or
    where it cannot be written now.

    Raises IndexUnusable when the folder cannot be read or holds something else.
    """
    index = open_index(folder)
    if index and due(index.contents.segments):
        with suppress(Locked, OSError):
            return IndexWriter(folder)
    return None


def _other_files(folder: Path) -> bool:
    return not all(_OWN_FILE.fullmatch(path.name) for path in folder.iterdir())

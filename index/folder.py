"""The index folder: what it holds, and writing to it."""

from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import (
    _DEF_INDEX_NAME,
    TOC,
    EmptyIndexError,
    FileIndex,
    IndexVersionError,
    LockError,
    create_in,
    exists_in,
    open_dir,
)
from whoosh.writing import SegmentWriter

from index.schema import SCHEMA

LOCK_TIMEOUT_S = 30
WRITER_MEMORY_MB = 256


class IndexUnusable(Exception):
    """The index folder cannot be read or written; the message says why and what to do."""


def open_index(folder: Path) -> FileIndex | None:
    """The index in a folder at its last commit, or None while there is no commit yet.

    Raises IndexUnusable when the folder cannot be read or holds something else.
    """
    try:
        if not folder.exists():
            return None
        if not folder.is_dir():
            raise IndexUnusable(f"{folder}: a file; the index needs a folder")
        opened = open_dir(str(folder)) if exists_in(str(folder)) else None
    except EmptyIndexError:
        return None
    except IndexVersionError as error:
        raise IndexUnusable(f"{folder}: {error}; index into a new folder") from error
    except OSError as error:
        raise IndexUnusable(f"{folder}: cannot be read: {error.strerror or error}") from error
    except Exception as error:
        raise IndexUnusable(
            f"{folder}: damaged ({error}); delete the folder and index the sources again"
        ) from error
    if opened and opened.schema.names() != SCHEMA.names():
        raise IndexUnusable(
            f"{folder}: an index with other fields than this version's; index into a new folder"
        )
    return opened


def latest_commit(folder: Path) -> tuple[int, ...]:
    """What tells the last commit in a folder from any other, also from one of the same number
    in an index that stood there before: its generation, and its file's inode and time. All are
    0 where there is none."""
    if not folder.is_dir():
        return 0, 0, 0
    generation = TOC._latest_generation(FileStorage(str(folder)), _DEF_INDEX_NAME)
    try:
        toc = (folder / TOC._filename(_DEF_INDEX_NAME, generation)).stat()
    except FileNotFoundError:
        return 0, 0, 0
    return generation, toc.st_ino, toc.st_mtime_ns


def open_writer(folder: Path) -> SegmentWriter:
    """A writer that adds to the index in a folder, which is made where it is missing.

    Raises IndexUnusable when the folder cannot be written, or another process has been
    writing to it for LOCK_TIMEOUT_S seconds.
    """
    opened = open_index(folder)
    try:
        if opened is None:
            if folder.is_dir() and not exists_in(str(folder)) and any(folder.iterdir()):
                raise IndexUnusable(f"{folder}: holds other files; the index needs its own folder")
            folder.mkdir(parents=True, exist_ok=True)
            opened = create_in(str(folder), SCHEMA)
        return opened.writer(limitmb=WRITER_MEMORY_MB, timeout=LOCK_TIMEOUT_S)
    except LockError as error:
        raise IndexUnusable(f"{folder}: another process is writing to it; try again later") from error
    except OSError as error:
        raise IndexUnusable(f"{folder}: cannot be written: {error.strerror or error}") from error


def digests(folder: Path) -> dict[str, str]:
    """The digest of every article in the index, by the article's id."""
    found: dict[str, str] = {}
    opened = open_index(folder)
    if opened is None:
        return found
    reader = opened.reader()
    try:
        for leaf, _ in reader.leaf_readers() if reader.doc_count_all() else ():
            ids, column = leaf.column_reader("id"), leaf.column_reader("digest")
            for docid in leaf.all_doc_ids():
                found[ids[docid]] = column[docid].hex()
    finally:
        reader.close()
    return found

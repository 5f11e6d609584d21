"""The table of contents (TOC): which segments an index has at a commit.

The file is Whoosh's own, a pickle, so that plain Whoosh opens the index; here it is read
through an unpickler that admits only what a TOC needs, and written so that it is on the disk
before its name is. Its CRC-32 follows the pickle, where Whoosh does not look.
"""

import io
import os
import pickle
import pickletools
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, IndexVersionError, clean_files
from whoosh.system import _FLOAT_SIZE, _INT_SIZE, _LONG_SIZE

from index.schema import SCHEMA
from index.segment.arrays import SegmentUnusable
from index.segment.codec import INDEX_NAME, ArraySegment, is_sound

_VERSION = TOC(SCHEMA, [], 0).version
_BYTE_ORDER = -12345
_CHECKSUM = struct.Struct("<8sI")
_MARK = b"checksum"
_REMEDY = "delete the folder and index the sources again"
_MISREADINGS = (EOFError, IndexError, KeyError, ValueError, TypeError, AttributeError)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        if (module, name) == (ArraySegment.__module__, ArraySegment.__qualname__):
            return ArraySegment
        if module in ("builtins", "__builtin__") and name == "set":
            return set
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a TOC")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a TOC lists: the segments of a generation, and the fields' names."""

    generation: int
    segments: list[ArraySegment]


@lru_cache(1)
def _lacks_fields(schema: bytes) -> bool:
    """Whether a pickled schema, which is not unpickled, names not all of our fields."""
    named = {argument for _, argument, _ in pickletools.genops(schema) if isinstance(argument, str)}
    return not named.issuperset(SCHEMA.names())


def latest_generation(folder: Path) -> int:
    """The number of the last commit in a folder, 0 where there is none. Raises OSError."""
    return max(_last_commit(folder), 0)


def has_commit(folder: Path) -> bool:
    """Whether a folder holds a TOC. Raises OSError."""
    return _last_commit(folder) >= 0


def _last_commit(folder: Path) -> int:
    """The number of the last commit in a folder, -1 where there is none. (Whoosh takes a folder
    that cannot be listed for an empty one, and a commit to that removes all that it holds.)"""
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return -1
    found = map(TOC._pattern(INDEX_NAME).match, names)
    return max((int(match[1]) for match in found if match), default=-1)


def read_contents(folder: Path, generation: int | None = None) -> Contents:
    """The contents at a generation, the last one by default.

    Raises SegmentUnusable when the file is damaged or written by something else,
    IndexVersionError when by another version of Whoosh, OSError when it cannot be read.
    """
    storage = FileStorage(str(folder))
    if generation is None:
        generation = _last_commit(folder)
    path = folder / TOC._filename(INDEX_NAME, generation)
    with storage.open_file(path.name) as stream:
        try:
            sizes = [stream.read_varint() for _ in range(3)]
            if sizes != [_INT_SIZE, _LONG_SIZE, _FLOAT_SIZE] or stream.read_int() != _BYTE_ORDER:
                raise SegmentUnusable(f"{path}: written on another kind of machine; index anew")
            version = stream.read_int()
            if version != _VERSION:
                raise IndexVersionError(f"{path}: cannot read format {version}", version)
            for _ in range(3):
                stream.read_varint()
            other_fields = _lacks_fields(stream.read_string())
            content = path.read_bytes()
            if other_fields and not _is_checked(content):
                raise SegmentUnusable(
                    f"{folder}: an index with other fields than this version's; index into a new "
                    "folder"
                )
            if not _is_whole(content):
                raise SegmentUnusable(f"{path}: damaged; {_REMEDY}")
            written = stream.read_int()
            stream.read_int()
            segments = _Unpickler(io.BytesIO(stream.read())).load()
        except (pickle.UnpicklingError, struct.error, *_MISREADINGS) as error:
            raise SegmentUnusable(f"{path}: damaged ({error}); {_REMEDY}") from error
    is_list = written == generation and isinstance(segments, list)
    if not is_list or not all(map(is_sound, segments)):
        raise SegmentUnusable(f"{path}: damaged; {_REMEDY}")
    return Contents(generation, segments)


def _is_checked(content: bytes) -> bool:
    """Whether a TOC ends in a checksum, as ours do and those of plain Whoosh do not."""
    return content[-_CHECKSUM.size :].startswith(_MARK)


def _is_whole(content: bytes) -> bool:
    checked, end = content[: -_CHECKSUM.size], content[-_CHECKSUM.size :]
    return end == _CHECKSUM.pack(_MARK, zlib.crc32(checked))


def write_contents(folder: Path, contents: Contents) -> None:
    """Make these the contents of the index.

    Raises OSError; the index stays as it was.
    """
    storage = _DurableStorage(str(folder))
    try:
        TOC(SCHEMA, contents.segments, contents.generation).write(storage, INDEX_NAME)
    finally:
        for leftover in folder.glob(f"_{INDEX_NAME}_*.toc.*"):
            leftover.unlink(missing_ok=True)


def remove_others(
    folder: Path, contents: Contents, unfinished: Sequence[ArraySegment] = ()
) -> None:
    """Remove files that these contents do not name, but for those of ``unfinished`` segments."""
    storage = FileStorage(str(folder))
    clean_files(storage, INDEX_NAME, contents.generation, [*contents.segments, *unfinished])


class _DurableStorage(FileStorage):
    """Puts a checksum to the end of a file, and the file on the disk, before it gets its name."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        with open(self._fpath(oldname), "r+b") as file:
            file.write(_CHECKSUM.pack(_MARK, zlib.crc32(file.read())))
            file.flush()
            os.fsync(file.fileno())
        sync_folder(Path(self.folder))
        os.replace(self._fpath(oldname), self._fpath(newname))
        sync_folder(Path(self.folder))


def sync_folder(folder: Path) -> None:
    """See the names in a folder safe on the disk."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class ArrayIndex(FileIndex):
    """Whoosh's index over a folder of array segments, at one generation.

    ``contents`` are the last commit's by default. Raises what ``read_contents`` does.
    """

    def __init__(self, folder: Path, contents: Contents | None = None):
        self.folder = folder
        self.storage = FileStorage(str(folder))
        self._schema = SCHEMA
        self.indexname = INDEX_NAME
        self.contents = contents or _opened(folder, self.storage)

    @property
    def generation(self) -> int:
        """The number of the commit that this index shows."""
        return self.contents.generation

    def _read_toc(self) -> TOC:
        return TOC(SCHEMA, self.contents.segments, self.contents.generation)


def _opened(folder: Path, storage: FileStorage) -> Contents:
    """The last commit's contents with the segments' files open; a commit in between may have
    removed them, and then there is a later one."""
    while True:
        contents = read_contents(folder)
        try:
            for segment in contents.segments:
                segment.data(storage)
            return contents
        except FileNotFoundError as error:
            if contents.generation == latest_generation(folder):
                raise SegmentUnusable(
                    f"{error.filename}: missing; restore it or index into a new folder"
                ) from error

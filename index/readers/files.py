"""Files and standard input as sources."""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from index.readers.reading import Allowance, Reading, Refused
from index.readers.source import HEAD, Counted, Source

_KINDS = {
    stat.S_IFIFO: "a FIFO (JSONL can be piped to -)",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


class _CountedFile(Counted):
    """A file that tells how many bytes of it were read, and can seek."""

    def __init__(self, raw: io.FileIO, count: Callable[[int], None]):
        super().__init__(raw.readinto, count)
        self._raw = raw

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()


class FileSource(Source):
    """A file on disk; ``taken`` counts the bytes that were read, up to its size.

    Raises OSError when it cannot be opened, Refused when it is no file.
    """

    def __init__(self, path: Path, reading: Reading):
        refuse_no_file(path.stat().st_mode)
        self.taken = 0
        self._path = path
        self._raw = open(path, "rb", buffering=0, opener=_without_waiting)
        self._state = self._stamp()
        stream = io.BufferedReader(_CountedFile(self._raw, self._take), HEAD)
        super().__init__(
            str(path), file_key(path), stream, reading, Allowance(reading.limits, self.size)
        )

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        self._raw.close()

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        yield self._path
        self.taken = self.size

    @property
    def size(self) -> int:
        """Bytes of the file when it was opened."""
        return self._state[0]

    @property
    def has_changed(self) -> bool:
        """Whether the file is no longer what it was when it was opened."""
        return self._stamp() != self._state

    def _stamp(self) -> tuple[int, int]:
        state = os.fstat(self._raw.fileno())
        refuse_no_file(state.st_mode)
        return state.st_size, state.st_mtime_ns

    def _take(self, size: int) -> None:
        self.taken = min(self.taken + size, self.size)


class StandardInput(Source):
    """JSONL on standard input, read as it comes and left open."""

    has_changed = False

    def __init__(self, reading: Reading):
        self.taken = 0
        stream = io.BufferedReader(Counted(sys.stdin.buffer.readinto1, self._take), HEAD)
        allowance = Allowance(reading.limits, 0)
        super().__init__("stdin", "stdin", stream, replace(reading, format="jsonl"), allowance)

    def _take(self, size: int) -> None:
        self.taken += size


def refuse_no_file(mode: int) -> None:
    """Raises Refused for the mode of what is no regular file."""
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "something else")
        raise Refused(f"{kind}; only files are read", "not a file")


def _without_waiting(path: str, flags: int) -> int:
    """Open at once, be it a FIFO that has taken the file's place."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def file_key(path: Path) -> str:
    """What identifies a file that holds one article: its absolute address."""
    return path.resolve().as_uri()

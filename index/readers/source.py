"""A source: an open file, or what lies in an archive, that readers take rows from."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import BinaryIO
from urllib.parse import quote

from index.readers.reading import Allowance, Reading, Refused, size_of

HEAD = 1 << 16
"""Bytes of a source's beginning that can be looked at before it is read."""

WHOLE = 1 << 20
"""Bytes of an archive's member that are unpacked at a time."""

_CHUNK = 1 << 20
_IN_MEMORY = 8 << 20


class Counted(io.RawIOBase):
    """A stream that can only be read, by ``readinto``, and tells how many bytes each reading
    took."""

    def __init__(self, readinto: Callable[[memoryview], int], count: Callable[[int], None]):
        self._readinto, self._count = readinto, count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        size = self._readinto(buffer)
        self._count(size)
        return size


class _Unpacked:
    """Bytes of an archive's member, as many at a time as are asked for. Where it is damaged,
    those before the damage come first; ``ended`` is whether its end came without any."""

    def __init__(self, stream: BinaryIO):
        self._read = getattr(stream, "read1", stream.read)
        self._damage: Refused | None = None
        self.ended = False

    def readinto(self, buffer: memoryview) -> int:
        filled = 0
        while filled < len(buffer) and not self._damage:
            try:
                chunk = self._read(len(buffer) - filled)
            except Refused as error:
                self._damage = error
            except Exception as error:
                self._damage = Refused(f"damaged: {error}", "damaged")
            else:
                if not chunk:
                    self.ended = True
                    break
                buffer[filled : filled + len(chunk)] = chunk
                filled += len(chunk)
        if self._damage and not filled:
            raise self._damage
        return filled


class Source:
    """Bytes to read articles from.

    ``name`` is for messages (``a.zip!/b.html``), ``file_name`` the part of it that tells a
    format, ``key`` identifies an article that is alone in the source, ``reading`` says how to
    read it, ``depth`` in how many archives it lies. ``address`` is that of the page which the
    source holds, ``crawled`` the day when it was saved, where an archive of pages says so.
    ``stream`` gives the bytes once, from the beginning on.
    """

    def __init__(
        self,
        name: str,
        key: str,
        stream: io.BufferedReader,
        reading: Reading,
        allowance: Allowance,
        depth: int = 0,
        file_name: str | None = None,
        address: str | None = None,
        crawled: str | None = None,
    ):
        self.name, self.key, self.stream = name, key, stream
        self.file_name = PurePosixPath(name).name if file_name is None else file_name
        self.reading, self.depth = reading, depth
        self.address, self.crawled = address, crawled
        self._allowance = allowance
        self._unpacked: _Unpacked | None = None
        self._file: BinaryIO | None = None
        self._head: bytes | None = None

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *error: object) -> None:
        self.stream.close()
        if self._file:
            self._file.close()

    @property
    def head(self) -> bytes:
        """The first bytes, up to HEAD of them, while none was read."""
        if self._head is None:
            self._head = self.stream.peek()[:HEAD]
        return self._head

    @property
    def whole(self) -> bytes | None:
        """All bytes of an archive's member, while none was read, if they are less than WHOLE
        and not damaged."""
        if not self._unpacked:
            return None
        content = self.stream.peek()
        return content if self._unpacked.ended else None

    def content(self, most: int | None = None, option: str = "--max-file-size") -> bytes:
        """All bytes, ``most`` at the most (``file_bytes`` of the limits, unless told).

        Raises Refused when there are more; ``option`` is the one to raise then.
        """
        most = self.reading.limits.file_bytes if most is None else most
        content = bytearray()
        while chunk := self.stream.read(_CHUNK):
            content += chunk
            if len(content) > most:
                raise Refused(f"larger than {size_of(most)}; see {option}", "too large")
        return bytes(content)

    def article(self) -> bytes:
        """All bytes of a source that holds one article.

        Raises Refused when there are more than ``article_bytes`` of the limits.
        """
        return self.content(self.reading.limits.article_bytes, "--max-article-size")

    def file(self) -> BinaryIO:
        """The bytes as a stream that can seek; those of an archive's member go to memory or,
        when there are many, to a temporary file.

        Raises Refused when there are more of those than ``file_bytes`` of the limits.
        """
        if self.stream.seekable():
            self.stream.seek(0)
            return self.stream
        if not self._file:
            self._file = io.BytesIO(self.stream.read(_IN_MEMORY))
            if self._file.getbuffer().nbytes == _IN_MEMORY:
                self._file = self._on_disk(self._file.getvalue())
        self._file.seek(0)
        return self._file

    def _on_disk(self, beginning: bytes) -> BinaryIO:
        file = TemporaryFile(prefix="podshivka-")
        file.write(beginning)
        most = self.reading.limits.file_bytes
        while chunk := self.stream.read(_CHUNK):
            file.write(chunk)
            if file.tell() > most:
                file.close()
                raise Refused(f"larger than {size_of(most)}; see --max-file-size", "too large")
        return file

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """The bytes as a file with a path, for readers that ask for one: the file itself, or a
        temporary copy of an archive's member.

        Raises Refused when the copy is larger than ``file_bytes`` of the limits.
        """
        with NamedTemporaryFile(prefix="podshivka-") as copy:
            file = self.file()
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield Path(copy.name)

    def member(
        self, path: str, stream: BinaryIO, address: str | None = None, crawled: str | None = None
    ) -> "Source":
        """What lies under a path in this archive."""
        name, key = f"{self.name}!/{path}", f"{self.key}!/{quote(path)}"
        return self._inner(name, key, stream, address=address, crawled=crawled)

    def unpacked(self, stream: BinaryIO, file_name: str) -> "Source":
        """The one thing that this source is when it is unpacked."""
        return self._inner(self.name, self.key, stream, file_name=file_name)

    def _inner(self, name: str, key: str, stream: BinaryIO, **told: str | None) -> "Source":
        unpacked = _Unpacked(stream)
        counted = Counted(unpacked.readinto, lambda size: self._allowance.take(size, name))
        buffered = io.BufferedReader(counted, WHOLE)
        inner = Source(name, key, buffered, self.reading, self._allowance, self.depth + 1, **told)
        inner._unpacked = unpacked
        return inner

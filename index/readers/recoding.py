"""Recoding: a stream in any encoding as one in UTF-8."""

import codecs
import io
from typing import BinaryIO

_CHUNK = 1 << 16


class _Recoded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str):
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        while not self._ready and not self._ended:
            chunk = self._stream.read(_CHUNK)
            self._ended = not chunk
            self._ready = self._decoder.decode(chunk, final=self._ended).encode("utf-8", "replace")
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


def in_utf8(stream: BinaryIO, encoding: str) -> io.BufferedReader:
    """A stream in UTF-8 without a byte order mark; bytes that its encoding does not have become
    U+FFFD."""
    return io.BufferedReader(_Recoded(stream, encoding), _CHUNK)

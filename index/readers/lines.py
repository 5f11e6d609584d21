"""Lines of a stream, none of them larger than it may be."""

from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 16


def bounded_lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one of more than ``longest`` bytes, which is passed over
    without being held."""
    while line := stream.readline(longest + 1):
        if len(line) <= longest:
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(_CHUNK)):
            pass
        yield None

"""Lines of a stream, none of them larger than it may be."""

from collections.abc import Iterator
from typing import BinaryIO

from index.readers.reading import MOST_IN_VAIN, Refused

_CHUNK = 1 << 16


def bounded_lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one of more than ``longest`` bytes, which is passed over
    without being held.

    Raises Refused when no more than white space comes.
    """
    empty = 0
    while line := stream.readline(longest + 1):
        empty = empty + 1 if line.isspace() else 0
        if empty > MOST_IN_VAIN:
            raise Refused(f"more than {MOST_IN_VAIN} empty lines in a row", "given up")
        if len(line) <= longest:
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(_CHUNK)):
            pass
        yield None

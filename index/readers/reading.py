"""How sources are read: what the options of a run say, the limits among it."""

from dataclasses import dataclass

from regex import Pattern

MB = 1 << 20

MOST_IN_VAIN = 100_000
"""Lines or items in a row that give no article; a source that has more is given up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take at the most.

    ``article_bytes`` is the size of one article (a line, a page), ``file_bytes`` that of a file
    whose format must be read whole. A file may unpack to ``unpacked_ratio`` times its own size,
    all depths of archives together, and to ``unpacked_bytes`` whatever its size; archives may
    lie ``depth`` deep in each other.
    """

    article_bytes: int = 16 * MB
    file_bytes: int = 256 * MB
    unpacked_ratio: float = 100
    unpacked_bytes: int = 64 * MB
    depth: int = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """``format`` is a key of FORMATS that all articles have, else it is found out source by
    source; without ``mend`` plain text is taken as it stands; ``split`` is what separates the
    articles of one, beside form feeds; ``table`` is the one of a database that holds articles,
    ``text_column`` its column of texts where that has a name of its own."""

    format: str | None = None
    mend: bool = True
    split: Pattern | None = None
    table: str | None = None
    text_column: str | None = None
    limits: Limits = Limits()


class Refused(Exception):
    """A source, or a part of it, that is not read; ``kind`` is what a report groups it by."""

    def __init__(self, reason: str, kind: str = "unreadable"):
        super().__init__(reason)
        self.kind = kind


class Exhausted(Refused):
    """A file that unpacks to more than it may; ``place`` is where that was noticed."""

    def __init__(self, reason: str, place: str):
        super().__init__(reason, "unpacks to too much")
        self.place = place


class Allowance:
    """The bytes that a file may still unpack to, of all archives in it."""

    def __init__(self, limits: Limits, size: int):
        self._bytes = max(limits.unpacked_bytes, int(limits.unpacked_ratio * size))
        self._left = self._bytes

    def take(self, size: int, place: str) -> None:
        """Count bytes that were unpacked at a place.

        Raises Exhausted.
        """
        self._left -= size
        if self._left < 0:
            raise Exhausted(
                f"unpacks to more than {size_of(self._bytes)}; see --max-unpacked", place
            )


def size_of(n_bytes: int) -> str:
    """A number of bytes as a person reads it."""
    return f"{n_bytes / MB:.0f} MB" if n_bytes >= MB else f"{n_bytes} bytes"

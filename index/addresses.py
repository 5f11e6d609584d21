"""Addresses at which articles were met again, which wait in a file until these are committed."""

from collections.abc import Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile

import orjson

_IN_MEMORY = 1 << 20
"""Bytes of addresses that wait without a file."""


class Addresses:
    """The further addresses of articles that one run has met."""

    def __init__(self) -> None:
        self._lines = SpooledTemporaryFile(_IN_MEMORY)
        self._n = 0

    def __len__(self) -> int:
        return self._n

    def add(self, id: str, address: str) -> None:
        """Take note of an address of the article with an id. Raises OSError."""
        self._lines.write(orjson.dumps((id, address), option=orjson.OPT_APPEND_NEWLINE))
        self._n += 1

    def pieces(self, n: int) -> Iterator[dict[str, list[str]]]:
        """All addresses by the ids of the articles, ``n`` addresses at a time."""
        self._lines.seek(0)
        while lines := list(islice(self._lines, n)):
            found: dict[str, list[str]] = {}
            for id, address in map(orjson.loads, lines):
                found.setdefault(id, []).append(address)
            yield found

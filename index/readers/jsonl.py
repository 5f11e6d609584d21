"""JSONL: one JSON object a line."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from index.readers.encoding import decode
from index.readers.source import Row, Unreadable


def read(path: Path) -> Iterator[Row | Unreadable]:
    """The rows of a JSONL file."""
    with path.open("rb") as file:
        yield from rows(file, str(path))


def rows(lines: Iterable[bytes], name: str) -> Iterator[Row | Unreadable]:
    """The rows of JSONL lines; empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if not (content := line.removeprefix(b"\xef\xbb\xbf").strip()):
            continue
        place = f"{name}, line {number}"
        try:
            value = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            try:
                value = orjson.loads(decode(content))
            except orjson.JSONDecodeError:
                yield Unreadable(place, f"not JSON: {error.msg} (column {error.colno})", len(line))
                continue
        yield Row(value, place, len(line))

"""JSON: an array of objects, or one object, in a file."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from index.readers.encoding import decode
from index.readers.source import Row, Unreadable


def read(path: Path) -> Iterator[Row | Unreadable]:
    """The rows of a JSON file, which is read whole."""
    content = path.read_bytes()
    try:
        value = orjson.loads(decode(content))
    except orjson.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        yield Unreadable(str(path), reason, len(content))
        return
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, start=1):
        place = f"{path}, item {number}" if isinstance(value, list) else str(path)
        yield Row(row, place, len(content) // len(rows))

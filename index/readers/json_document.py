"""JSON: an array of objects, or one object, in a file."""

from collections.abc import Iterator

import orjson

from index.readers.encoding import decode
from index.readers.row import Row, Unreadable
from index.readers.source import Source


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a JSON source, which is read whole."""
    try:
        value = orjson.loads(decode(source.content()))
    except orjson.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        yield Unreadable(source.name, reason, "broken")
        return
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, start=1):
        place = f"{source.name}, item {number}" if isinstance(value, list) else source.name
        yield Row(row, place)

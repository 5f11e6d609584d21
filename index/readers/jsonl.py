"""JSONL: one JSON object a line."""

from collections.abc import Iterator
from typing import BinaryIO

import orjson

from index.readers.encoding import decode, encoding_of
from index.readers.lines import bounded_lines
from index.readers.reading import Limits, size_of
from index.readers.row import Row, Unreadable
from index.readers.source import Source


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a JSONL source."""
    encoding = encoding_of(source.head)
    return rows(source.stream, source.name, source.reading.limits, encoding)


def rows(
    stream: BinaryIO, name: str, limits: Limits, encoding: str | None = None
) -> Iterator[Row | Unreadable]:
    """The rows of a stream of JSONL; empty lines are passed over. ``encoding`` is that of the
    lines that are not UTF-8, unless they plainly contradict."""
    for number, line in enumerate(bounded_lines(stream, limits.article_bytes), start=1):
        place = f"{name}, line {number}"
        if line is None:
            reason = f"a line of more than {size_of(limits.article_bytes)}; see --max-article-size"
            yield Unreadable(place, reason, "too large")
            continue
        if not (content := line.removeprefix(b"\xef\xbb\xbf").strip()):
            continue
        try:
            value = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            try:
                value = orjson.loads(decode(content, encoding))
            except orjson.JSONDecodeError:
                yield Unreadable(place, f"not JSON: {error.msg} (column {error.colno})", "broken")
                continue
        yield Row(value, place)

"""JSONL: one JSON object a line."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

import orjson

from index.readers.encoding import decode
from index.readers.lines import bounded_lines
from index.readers.reading import Limits, size_of
from index.readers.recoding import in_utf8
from index.readers.row import Row, Unreadable
from index.readers.source import Source


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a JSONL source."""
    wide = source.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    stream = in_utf8(source.stream, "utf-16") if wide else source.stream
    return rows(stream, source.name, source.reading.limits)


def rows(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Row | Unreadable]:
    """The rows of a stream of JSONL; empty lines are passed over."""
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
                value = orjson.loads(decode(content))
            except orjson.JSONDecodeError:
                yield Unreadable(place, f"not JSON: {error.msg} (column {error.colno})", "broken")
                continue
        yield Row(value, place)

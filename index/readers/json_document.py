"""JSON: objects in an array, wherever it stands in the file, or one after the other; read as they
come by, by the ijson library."""

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from index.readers.encoding import encoding_of
from index.readers.reading import Refused, size_of
from index.readers.recoding import in_utf8
from index.readers.row import Row, Unreadable
from index.readers.source import Source
from index.rows import ALIASES

DEEPEST = 100
"""Arrays and objects that may lie in each other."""

_ITEM = None
"""Stands for an array in a path of keys."""

_CHUNK = 1 << 16
_Event = tuple[int, str, Any]


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a JSON source: the items of its array, of the array of articles in its object,
    or its objects. What breaks off gives the rows before the break, and says so."""
    text = in_utf8(source.stream, encoding_of(source.head))
    head, stream = text.peek(), _Metered(text, source)
    number, alone = 0, not _is_array(head) and not articles_in(head)
    try:
        for value in _values(_events(stream), articles_in(head)):
            number += 1
            stream.metered = 0
            place = source.name if alone and number == 1 else f"{source.name}, item {number}"
            if isinstance(value, Mapping):
                yield Row(value, place)
            else:
                reason = f"expected a JSON object, found {type(value).__name__}"
                yield Unreadable(place, reason, "wrong value")
    except _broken() as error:
        after = f" after item {number}" if number else ""
        yield Unreadable(source.name, f"not JSON{after}: {_told(error)}", "broken")


def articles_in(head: bytes) -> tuple[str | None, ...]:
    """The keys on the way to the articles of a JSON text that begins with ``head``: through its
    array, or to the first array whose objects have a text (or a title, which the text itself
    has not); empty where the text itself is the article."""
    if _is_array(head):
        return (_ITEM,)
    lists: dict[tuple[str | None, ...], set[str]] = {}
    keys: list[str | None] = []
    own: set[str] = set()
    try:
        for _, event, value in _events(io.BytesIO(head)):
            if event == "map_key":
                keys[-1] = value
                if len(keys) == 1:
                    own.add(value.lower())
                elif _ITEM in keys and keys.index(_ITEM) == len(keys) - 2:
                    lists.setdefault(tuple(keys[:-1]), set()).add(value.lower())
            elif event.startswith("start"):
                keys.append(_ITEM if event == "start_array" else "")
            elif event.startswith("end"):
                keys.pop()
    except (*_broken(), Refused):
        pass
    if own.intersection(ALIASES["text"]):
        return ()
    wanted = {*ALIASES["text"], *(() if own.intersection(ALIASES["title"]) else ALIASES["title"])}
    return next((path for path, names in lists.items() if names & wanted), ())


def _is_array(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["


def _events(stream: BinaryIO) -> Iterator[_Event]:
    """The events of a JSON text with the depth after each.

    Raises Refused where it is nested too deep.
    """
    import ijson

    depth = 0
    events = ijson.basic_parse(stream, buf_size=_CHUNK, multiple_values=True, use_float=True)
    for event, value in events:
        if event.startswith("start"):
            depth += 1
            if depth > DEEPEST:
                raise Refused(f"objects nested more than {DEEPEST} deep", "nested too deep")
        elif event.startswith("end"):
            depth -= 1
        yield depth, event, value


def _values(events: Iterator[_Event], path: tuple[str | None, ...]) -> Iterator[Any]:
    """The values that lie on a path."""
    from ijson.common import ObjectBuilder

    keys: list[str | None] = []
    builder: ObjectBuilder | None = None
    for depth, event, value in events:
        if builder:
            builder.event(event, value)
            if depth == len(path):
                yield builder.value
                builder = None
        elif event == "map_key":
            keys[-1] = value
        elif event.startswith("end"):
            keys.pop()
        elif tuple(keys) != path:
            if event.startswith("start"):
                keys.append(_ITEM if event == "start_array" else "")
        elif event.startswith("start"):
            builder = ObjectBuilder()
            builder.event(event, value)
        else:
            yield value


class _Metered:
    """A stream of which no more may be read between two articles than one may take."""

    def __init__(self, stream: BinaryIO, source: Source):
        self._stream = stream
        self._most = source.reading.limits.article_bytes
        self.metered = 0

    def read(self, size: int) -> bytes:
        chunk = self._stream.read(size)
        self.metered += len(chunk)
        if self.metered > self._most + _CHUNK:
            reason = f"an item of more than {size_of(self._most)}; see --max-article-size"
            raise Refused(reason, "too large")
        return chunk


def _broken() -> tuple[type[Exception], ...]:
    from ijson import JSONError

    return JSONError, UnicodeDecodeError


def _told(error: Exception) -> str:
    told = error.args[0] if error.args else str(error)
    told = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    return told.strip().split("\n")[0].removeprefix("parse error: ")

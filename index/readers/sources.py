"""Sources into rows: each goes to the reader of its format, and so do those that lie in it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from index.readers.detached import Detached
from index.readers.files import FileSource, StandardInput
from index.readers.finding import STDIN
from index.readers.formats import FORMATS, Reader, format_to_read
from index.readers.reading import MOST_IN_VAIN, Exhausted, Reading, Refused
from index.readers.row import Row, Unreadable
from index.readers.source import Source


def read_source(
    path: Path | Unreadable, reading: Reading = Reading(), detaching: bool = False
) -> Iterator[Row | Unreadable | Detached]:
    """The rows of a file and of all that lies in it. What cannot be found, opened or read is
    one Unreadable, in its turn. With ``detaching``, members that can be are Detached."""
    if isinstance(path, Unreadable):
        yield path
        return
    try:
        source = StandardInput(reading) if str(path) == STDIN else FileSource(path, reading)
    except Refused as error:
        yield Unreadable(str(path), str(error), error.kind)
        return
    except OSError as error:
        yield Unreadable(str(path), f"cannot be read: {error.strerror or error}")
        return
    with source:
        taken = 0
        try:
            for item in items_of(source, detaching):
                # what is read at a time holds many rows
                size, taken = source.taken - taken, source.taken
                yield replace(item, size=size) if size else item
        except Exhausted as error:
            yield Unreadable(error.place, str(error), error.kind, source.taken - taken)
        if source.has_changed:
            reason = "changed while it was read; index it again when it is complete"
            yield Unreadable(source.name, reason, "changed while read")


def items_of(source: Source, detaching: bool = False) -> Iterator[Row | Unreadable | Detached]:
    """The rows of a source and of those that it yields, itself or in its turn Detached.

    Raises Exhausted, which ends the whole file.
    """
    in_vain = 0
    try:
        if detaching and (detached := Detached.of(source)):
            yield detached
            return
        for item in _reader(source)(source):
            in_vain = in_vain + 1 if isinstance(item, Unreadable) else 0
            if in_vain > MOST_IN_VAIN:
                raise Refused(f"more than {MOST_IN_VAIN} items in a row that are none", "given up")
            if isinstance(item, Unreadable):
                yield item
                continue
            if isinstance(item, Row):
                yield _crawled(item, source) if source.crawled or source.address else item
                continue
            with item:
                yield from items_of(item, detaching)
    except Exhausted:
        raise
    except Refused as error:
        yield Unreadable(source.name, str(error), error.kind)
    except OSError as error:
        yield Unreadable(source.name, f"cannot be read: {error.strerror or error}")
    except RecursionError:
        yield Unreadable(source.name, "nested deeper than it can be read", "nested too deep")
    except Exception as error:
        yield Unreadable(source.name, f"cannot be read: {error!r}")


def _crawled(row: Row, source: Source) -> Row:
    """The row with what an archive of pages says of it, besides what it says itself."""
    content = row.content
    if row.key == source.key and not content.get("url"):
        content = {**content, "url": source.address}
    return replace(row, content=content, crawled=source.crawled)


def _reader(source: Source) -> Reader:
    """The reader of a source.

    Raises Refused where there is none for it.
    """
    deepest = source.reading.limits.depth
    name = format_to_read(source)
    if not source.head and name != "jsonl":
        raise Refused("empty", "no text")
    if name is None:
        raise Refused(f"not one of: {', '.join(FORMATS)}", "unknown format")
    if FORMATS[name].holds and source.depth >= deepest:
        raise Refused(f"an archive more than {deepest} deep in others", "nested too deep")
    return FORMATS[name].read

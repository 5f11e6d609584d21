"""Reading ahead: small files that hold an article or a few, read by other processes."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from index.readers.files import FileSource
from index.readers.finding import STDIN
from index.readers.formats import FORMATS, format_of
from index.readers.reading import Reading, Refused
from index.readers.row import Row, Unreadable
from index.readers.sources import read_source
from index.workers import ALONE, Workers

LARGEST = 1 << 20
"""Bytes of a file that another process reads; what it read must cross over whole."""

MOST_ROWS = 64
BATCH = 8
"""Files of one task."""

AHEAD = 4
"""Tasks a process."""

_Items = list[Row | Unreadable]


def read_sources(
    sources: Iterable[Path | Unreadable], reading: Reading = Reading(), workers: Workers = ALONE
) -> Iterator[Row | Unreadable]:
    """The rows of all files, in their order, as ``read_source`` gives them; ``workers`` share
    the small ones."""
    if workers.jobs == 1:
        for source in sources:
            yield from read_source(source, reading)
        return
    tasks = ((batch, batch) for batch in _batches(sources))
    for batch, read in workers.each(partial(_read, reading=reading), tasks, AHEAD):
        for source, items in zip(batch, read):
            yield from read_source(source, reading) if items is None else items


def _batches(sources: Iterable[Path | Unreadable]) -> Iterator[list[Path | Unreadable]]:
    sources = iter(sources)
    while batch := list(islice(sources, BATCH)):
        yield batch


def _read(batch: list[Path | Unreadable], reading: Reading) -> list[_Items | None]:
    """What each file holds; None where that may be much."""
    return [_items(source, reading) for source in batch]


def _items(source: Path | Unreadable, reading: Reading) -> _Items | None:
    if isinstance(source, Unreadable) or str(source) == STDIN or _may_hold_much(source, reading):
        return None
    items = list(islice(read_source(source, reading), MOST_ROWS + 1))
    return items if len(items) <= MOST_ROWS else None


def _may_hold_much(path: Path, reading: Reading) -> bool:
    try:
        with FileSource(path, reading) as source:
            name = format_of(source)
            return source.size > LARGEST or bool(name and FORMATS[name].holds)
    except (OSError, Refused):
        return True

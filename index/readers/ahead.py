"""Reading ahead: small files and members of archives whose format takes long to read, read by
other processes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from index.readers.detached import Detached
from index.readers.files import FileSource
from index.readers.finding import STDIN
from index.readers.formats import FORMATS, format_to_read
from index.readers.reading import Reading
from index.readers.row import Row, Unreadable
from index.readers.source import WHOLE
from index.readers.sources import items_of, read_source
from index.workers import ALONE, Workers

BATCH = 8
"""Files or members of one task."""

AHEAD = 4
"""Tasks a process."""

_Items = list[Row | Unreadable]


def read_sources(
    sources: Iterable[Path | Unreadable], reading: Reading = Reading(), workers: Workers = ALONE
) -> Iterator[Row | Unreadable]:
    """The rows of all files, in their order, as ``read_source`` gives them; ``workers`` share
    what takes long."""
    if workers.jobs == 1:
        for source in sources:
            yield from read_source(source, reading)
        return
    tasks = _batches(sources)
    for batch, read in workers.each(partial(_read, reading=reading), tasks, AHEAD):
        for source in batch:
            if read and source in read:
                yield from read[source]
            else:
                yield from _shared(source, reading, workers)


def _batches(
    sources: Iterable[Path | Unreadable],
) -> Iterator[tuple[list[Path | Unreadable], list[Path]]]:
    """The files of a task, and the small ones among them."""
    sources = iter(sources)
    while batch := list(islice(sources, BATCH)):
        yield batch, list(filter(_is_small, batch))


def _is_small(source: Path | Unreadable) -> bool:
    """Whether a file is small; one that cannot be looked at is not, and its reader says why."""
    if isinstance(source, Unreadable) or str(source) == STDIN:
        return False
    try:
        return source.stat().st_size < WHOLE
    except (OSError, ValueError):
        return False


def _read(batch: list[Path], reading: Reading) -> dict[Path, _Items]:
    """What those files hold that take long to read."""
    return {path: list(read_source(path, reading)) for path in batch if _is_slow(path, reading)}


def _is_slow(path: Path, reading: Reading) -> bool:
    try:
        with FileSource(path, reading) as source:
            name = format_to_read(source)
            return source.size < WHOLE and bool(name) and FORMATS[name].slow
    except Exception:
        return False


def _shared(
    source: Path | Unreadable, reading: Reading, workers: Workers
) -> Iterator[Row | Unreadable]:
    """The rows of a file, whose members ``workers`` read."""
    if str(source) == STDIN:
        yield from read_source(source, reading)
        return
    tasks = _parted(read_source(source, reading, detaching=True))
    for kept, read in workers.each(partial(_read_members, reading=reading), tasks, AHEAD):
        found = iter(read or ())
        for item in kept:
            if isinstance(item, Detached):
                yield from next(found)
            else:
                yield item


def _parted(
    items: Iterator[Row | Unreadable | Detached],
) -> Iterator[tuple[list[Row | Unreadable | Detached], list[Detached]]]:
    """Items a task, and the members among them."""
    while kept := list(islice(items, BATCH)):
        yield kept, [item for item in kept if isinstance(item, Detached)]


def _read_members(members: list[Detached], reading: Reading) -> list[_Items]:
    """What each member holds; its size goes to the first row."""
    return [_sized(list(items_of(member.opened(reading))), member.size) for member in members]


def _sized(items: _Items, size: int) -> _Items:
    return [replace(item, size=size if not n else 0) for n, item in enumerate(items)]

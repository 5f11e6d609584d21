"""Watching: what arrives in folders, files and feeds, found by looking again."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from index.feeds import Feed, FeedError, is_address
from index.readers import Reading, Unreadable, find_sources

SETTLING_S = 1.0
"""Seconds between the two looks of a watch that looks once."""

_Stamp = tuple[int, int, int]
_ALWAYS = 0, 0, 0


class Arrivals:
    """Files below some paths that are new or changed. One that is being written is not: a file
    has arrived when its size and time are the same at two looks, one after the other."""

    def __init__(self, paths: Iterable[str], but: Path):
        self._paths = list(paths)
        self._but = but
        self._seen: dict[Path | Unreadable, _Stamp] = {}
        self._taken: dict[Path | Unreadable, _Stamp] = {}

    def look(self) -> list[Path | Unreadable]:
        """The files that arrived since the last look, and what of them cannot be read, once.

        Raises FileNotFoundError for a path that does not exist.
        """
        stamps = {path: _stamp(path) for path in find_sources(self._paths, but=self._but)}
        present = {path: stamp for path, stamp in stamps.items() if stamp}
        arrived = [
            path
            for path, stamp in present.items()
            if self._seen.get(path) == stamp != self._taken.get(path)
        ]
        self._seen = present
        self._taken |= {path: present[path] for path in arrived}
        return arrived


def _stamp(path: Path | Unreadable) -> _Stamp | None:
    if isinstance(path, Unreadable):
        return _ALWAYS
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def watch(
    places: Iterable[str],
    but: Path,
    every_s: float,
    once: bool = False,
    reading: Reading = Reading(),
) -> Iterator[list[Path | Unreadable] | FeedError]:
    """The files that arrive, look by look, or why a feed could not be fetched; forever, every
    ``every_s`` seconds, or until what is there now has been seen. ``places`` are files, folders
    and addresses of feeds; the folder ``but`` is left out; ``reading`` is how they are to be read.

    Raises FileNotFoundError for a path that does not exist.
    """
    places = list(places)
    arrivals = Arrivals([place for place in places if not is_address(place)], but)
    with TemporaryDirectory(prefix="podshivka-") as home:
        feeds = [Feed(place, Path(home), reading) for place in places if is_address(place)]
        arrivals.look()
        time.sleep(min(every_s, SETTLING_S))
        while True:
            arrived = arrivals.look()
            for feed in feeds:
                try:
                    arrived += [feed.path] if feed.fetch() else []
                except FeedError as error:
                    yield error
            if arrived:
                yield arrived
            if once:
                return
            time.sleep(every_s)

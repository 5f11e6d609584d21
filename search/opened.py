"""The snapshot that is open, followed by a newer one as commits and corrections come."""

import ctypes
import gc
import logging
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from index import ledger
from index.folder import IndexUnusable, empty_index, latest_commit, open_index
from search.snapshot import Snapshot

_log = logging.getLogger(__name__)

_ATTEMPTS = 20
_PAUSE_S = 0.05
"""While a folder is exchanged for another there may be none, or parts of it missing."""

_LOOK_S = 0.5
"""Between two looks for a newer state, at the least: as long as the last one took to be read."""

_LAST_S = 1.0
"""How long the end of following waits for what is under way."""


class Opened:
    """The newest snapshot of an index folder. May be shared between threads.

    The folder may be exchanged for another (renamed, or a link to it changed) at any time: a
    snapshot is all of the one or all of the other, and while there is no folder, the last one
    stays. So it does while a later commit cannot be read; ``fault`` says so. Its methods raise
    IndexUnusable when the folder cannot be read and nothing is open.

    ``prepare`` reads what answers need of a snapshot that is to be ``followed``; it is given the
    one before too.
    """

    def __init__(self, folder: Path, prepare: Callable[[Snapshot, Snapshot | None], object]):
        self.folder = folder
        self._prepare = prepare
        self._is_followed = False
        self._lock = threading.Lock()
        self._last: tuple[tuple[int, ...], Snapshot] | None = None
        self._fault: tuple[tuple[int, ...], IndexUnusable] | None = None
        self._held: ContextVar[list[Snapshot] | None] = ContextVar("held", default=None)

    def newest(self) -> Snapshot:
        """The newest snapshot, or the one that is held; while it is followed, the newest that is
        prepared."""
        held = self._held.get()
        if held:
            return held[0]
        snapshot = self._last[1] if self._is_followed and self._last else self.latest()
        if held is not None:
            held.append(snapshot)
        return snapshot

    def latest(self) -> Snapshot:
        """The snapshot of the folder's present state, whatever is held."""
        return self._known() or self._open()

    def overtake(self) -> None:
        """See to it that ``newest`` is of the folder's present state."""
        if self._is_followed:
            self.latest()

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Inside, a newer state is opened and prepared beside, within about a second, and what
        was newest stays it until that is done: nobody waits but for the first snapshot."""
        end = threading.Event()
        thread = threading.Thread(target=self._follow, args=(end,), daemon=True)
        self._is_followed = True
        thread.start()
        try:
            yield
        finally:
            self._is_followed = False
            end.set()
            thread.join(_LAST_S)

    def _follow(self, end: threading.Event) -> None:
        while not end.is_set():
            began = time.monotonic()
            try:
                self.latest()
            except IndexUnusable as error:
                _log.debug("%s", error)
            except Exception:
                _log.exception("%s: a newer state cannot be followed", self.folder)
            end.wait(max(_LOOK_S, time.monotonic() - began))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Inside, in this thread, the newest snapshot stays what it is when first asked for."""
        before = self._held.get()
        self._held.set([] if before is None else before)
        try:
            yield
        finally:
            self._held.set(before)

    def state(self) -> tuple[int, ...]:
        """What tells the state of the folder that ``newest`` is of, or an earlier one, from any
        other."""
        return self._last[0] if self._is_followed and self._last else self._present()

    def _present(self) -> tuple[int, ...]:
        """What tells the present state of the folder from any other."""
        try:
            return (*latest_commit(self.folder), *ledger.mark(self.folder))
        except OSError as error:
            raise IndexUnusable(f"{self.folder}: {error.strerror or error}") from error

    @property
    def answered(self) -> Snapshot | None:
        """The snapshot that is held, once it was asked for."""
        held = self._held.get()
        return held[0] if held else None

    @property
    def fault(self) -> IndexUnusable | None:
        """Why the folder's last state cannot be read, while an earlier one is open."""
        fault = self._fault
        return fault[1] if fault and fault[0] == self._present() else None

    def _known(self) -> Snapshot | None:
        """The open snapshot, if it is the newest."""
        if self._last is None:
            return None
        state, snapshot = self._last
        newest, fault = self._present(), self._fault
        if newest == state or (fault and fault[0] == newest) or not self.folder.exists():
            return snapshot
        return None

    def _open(self) -> Snapshot:
        with self._lock:
            for left in reversed(range(_ATTEMPTS)):
                if snapshot := self._known():
                    return snapshot
                folder, state = _identity(self.folder), self._present()
                if folder is None and self._last:
                    return self._last[1]
                try:
                    snapshot = self._snapshot()
                except IndexUnusable as error:
                    if self._last is None and folder == _identity(self.folder):
                        raise
                    if not left:
                        if self._last is None:
                            raise
                        _log.error("%s; what was read before is answered", error)
                        self._fault = state, error
                        return self._last[1]
                else:
                    there = snapshot.generation or not (state[0] or self._present()[0])
                    if not left or (there and folder == _identity(self.folder)):
                        return self._taken(state, snapshot)
                time.sleep(_PAUSE_S)
        raise AssertionError("the last attempt returns or raises")

    def _taken(self, state: tuple[int, ...], snapshot: Snapshot) -> Snapshot:
        """A snapshot that has become the newest; the first one may be asked while it is prepared."""
        earlier = self._last and self._last[1]
        self._last = self._last or (state, snapshot)
        if self._is_followed:
            try:
                self._prepare(snapshot, earlier)
            except Exception:
                _log.exception("%s: cannot be read whole", self.folder)
        self._last, earlier = (state, snapshot), None
        if self._is_followed:
            _give_back()
        return snapshot

    def _snapshot(self) -> Snapshot:
        earlier = self._last[1] if self._last else None
        index = open_index(self.folder) or empty_index(self.folder)
        corrections = earlier.ledger if earlier else None
        if corrections is None or corrections.mark != ledger.mark(self.folder):
            corrections = self._ledger()
        try:
            return Snapshot(self.folder, index, corrections, earlier)
        except (OSError, EOFError, ValueError, struct.error) as error:
            raise IndexUnusable(
                f"{self.folder}: damaged ({error!r}); delete the folder and index anew"
            ) from error

    def _ledger(self) -> ledger.Ledger:
        try:
            found = ledger.read(self.folder)
        except OSError as error:
            reason = error.strerror or error
            raise IndexUnusable(f"{self.folder / ledger.FILE}: cannot be read: {reason}") from error
        for complaint in found.complaints:
            _log.warning("%s", complaint)
        return found


def _give_back() -> None:
    """Give memory of snapshots that nobody needs back to the system. Their columns refer to each
    other, and those of many commits would wait for a collection; glibc keeps freed pages."""
    gc.collect()
    if trim := getattr(ctypes.pythonapi, "malloc_trim", None):
        trim(0)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another that stands at its place before or after."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino

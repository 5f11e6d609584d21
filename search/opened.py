"""The snapshot that is open, followed by a newer one as commits and corrections come."""

import ctypes
import gc
import logging
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from index import ledger
from index.folder import IndexUnusable, empty_index, latest_commit, open_index
from index.segment.arrays import SegmentUnusable
from search.snapshot import Snapshot

_log = logging.getLogger(__name__)

_ATTEMPTS = 20
_PAUSE_S = 0.05
"""While a folder is exchanged for another there may be none, or parts of it missing."""

_LOOK_S = 0.5
"""Between two looks for a newer state, or as long as the last one took to be read, if longer."""

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
        self._answering: tuple[tuple[int, ...], Snapshot] | None = None
        self._fault: tuple[tuple[int, ...], IndexUnusable] | None = None
        self._held: ContextVar[list[Snapshot] | None] = ContextVar("held", default=None)

    def newest(self) -> Snapshot:
        """The newest snapshot, or the one that is held; while it is followed, the newest that is
        prepared or was to overtake."""
        held = self._held.get()
        if held:
            return held[0]
        answering = self._answering if self._is_followed else None
        snapshot = answering[1] if answering else self.latest()
        if held is not None:
            held.append(snapshot)
        return snapshot

    def latest(self) -> Snapshot:
        """The snapshot of the folder's present state, whatever is held."""
        snapshot = self._known()
        return self._open() if snapshot is None else snapshot

    def overtake(self) -> None:
        """See to it that ``newest`` is of the folder's present state, prepared or not."""
        if self._is_followed:
            self.latest()
            with self._lock:
                self._answering = self._last

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Inside, a newer state is opened and prepared beside, and what was newest stays it until
        that is done: nobody waits but for the first snapshot, or one that overtakes. A newer
        state is looked for twice a second, or less often where preparing takes longer."""
        end = threading.Event()
        thread = threading.Thread(target=self._follow, args=(end,), daemon=True)
        self._answering = self._last
        self._is_followed = True
        thread.start()
        try:
            yield
        finally:
            self._is_followed = False
            end.set()
            thread.join(_LAST_S)

    def _follow(self, end: threading.Event) -> None:
        prepared: Snapshot | None = None
        while not end.is_set():
            began = time.monotonic()
            snapshot = self._prepared_after(prepared)
            if snapshot is not prepared:
                prepared = snapshot
                _give_back()
            end.wait(max(_LOOK_S, time.monotonic() - began))

    def _prepared_after(self, earlier: Snapshot | None) -> Snapshot | None:
        """The latest snapshot, prepared, and answering unless it was overtaken; the earlier one
        where there is no other."""
        try:
            self.latest()
        except IndexUnusable as error:
            _log.debug("%s", error)
        except Exception:
            _log.exception("%s: a newer state cannot be followed", self.folder)
        with self._lock:
            answering, last = self._answering, self._last
        if last is None or last[1] is earlier:
            return earlier
        try:
            self._prepare(last[1], earlier)
        except Exception:
            _log.exception("%s: cannot be read whole", self.folder)
        with self._lock:
            if self._answering is answering:
                self._answering = last
        return last[1]

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
        answering = self._answering if self._is_followed else None
        return answering[0] if answering else self._present()

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
                if (snapshot := self._known()) is not None:
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
                        self._last = state, snapshot
                        if not self._is_followed or self._answering is None:
                            self._answering = self._last
                        return snapshot
                time.sleep(_PAUSE_S)
        raise AssertionError("the last attempt returns or raises")

    def _snapshot(self) -> Snapshot:
        earlier = self._last[1] if self._last else None
        index = open_index(self.folder) or empty_index(self.folder)
        corrections = earlier.ledger if earlier else None
        if corrections is None or corrections.mark != ledger.mark(self.folder):
            corrections = self._ledger()
        try:
            return Snapshot(self.folder, index, corrections, earlier)
        except SegmentUnusable as error:
            raise IndexUnusable(str(error)) from error
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
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another that stands at its place before or after."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino

"""Interruption: Ctrl-C (SIGINT) ends a run between two articles, not in the middle of one."""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


@contextmanager
def handled_by(handler: Callable[[int, object], None] | signal.Handlers) -> Iterator[None]:
    """While entered, Ctrl-C goes to a handler. In a thread that is not the main one nothing
    changes, nor where the one before is not Python's: that could not be put back."""
    is_main = threading.current_thread() is threading.main_thread()
    previous = signal.getsignal(signal.SIGINT) if is_main else None
    if previous is None:
        yield
        return
    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


class Interruption:
    """While entered, Ctrl-C is kept in ``requested`` until the run looks; a second one, or one
    while a source keeps the run waiting, raises KeyboardInterrupt; where ``handled_by`` changes
    nothing, this does not either."""

    def __init__(self) -> None:
        self.requested = False
        self._waiting = False
        self._handled = handled_by(self._request)

    def __enter__(self) -> "Interruption":
        self._handled.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._handled.__exit__(*error)

    def _request(self, number: int, frame: object) -> None:
        if self.requested or self._waiting:
            self.requested = True
            raise KeyboardInterrupt
        self.requested = True

    def until(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items up to the interruption."""
        items = iter(items)
        while not self.requested:
            try:
                self._waiting = True
                item = next(items)
            except (StopIteration, KeyboardInterrupt) as end:
                self.requested = self.requested or isinstance(end, KeyboardInterrupt)
                return
            finally:
                self._waiting = False
            yield item

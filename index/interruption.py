"""Interruption: Ctrl-C (SIGINT) ends a run between two articles, not in the middle of one."""

import signal
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


class Interruption:
    """While entered, Ctrl-C is kept in ``requested`` until the run looks; a second one, or one
    while a source keeps the run waiting, raises KeyboardInterrupt. In a thread that is not the
    main one nothing changes."""

    def __init__(self) -> None:
        self.requested = False
        self._waiting = False
        self._previous = None

    def __enter__(self) -> "Interruption":
        if threading.current_thread() is threading.main_thread():
            self._previous = signal.signal(signal.SIGINT, self._request)
        return self

    def __exit__(self, *error: object) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

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

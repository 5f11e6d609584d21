"""Deadlines: an answer that takes too long is given up, wherever it has got to.

Whatever may take long asks ``check`` between its steps, of which none takes long by itself.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class TimeLimit(Exception):
    """An answer would take longer than the ``seconds`` it may."""

    def __init__(self, seconds: float):
        super().__init__(f"takes longer than {seconds:g} s")
        self.seconds = seconds


_limit: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """What is asked inside raises TimeLimit once it has taken so long."""
    before = _limit.get()
    _limit.set((time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        _limit.set(before)


def check() -> None:
    """Go on while there is time.

    Raises TimeLimit.
    """
    limit = _limit.get()
    if limit and time.monotonic() > limit[0]:
        raise TimeLimit(limit[1])

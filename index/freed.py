"""Freed memory: glibc keeps what a thread has freed for the thread, which may not ask for as much
again; told to, it gives the pages back to the system."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give the pages of what is freed back, where the C library can."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None

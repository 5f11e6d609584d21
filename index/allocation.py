"""Allocation: what glibc does with freed memory, most of which it keeps for the thread that freed it.

Arrays come and go in several threads here, each time in other sizes, so that what is kept for one
thread is of little use to the next. Under another C library all of this does nothing.
"""

import ctypes
import sys
from collections.abc import Callable
from functools import cache

ARENAS = 2
"""Heaps that threads share at the most."""

LARGE = 4 << 20
"""Bytes of what is allocated apart, and goes back to the system when it is freed."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8


def be_thrifty() -> None:
    """Keep little of what is freed from now on, in this process."""
    if mallopt := _function("mallopt"):
        mallopt(_M_ARENA_MAX, ARENAS)
        mallopt(_M_MMAP_THRESHOLD, LARGE)
        mallopt(_M_TRIM_THRESHOLD, 2 * LARGE)


def give_back() -> None:
    """Give what is freed and kept back to the system."""
    if malloc_trim := _function("malloc_trim"):
        malloc_trim(0)


@cache
def _function(name: str) -> Callable[..., int] | None:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None

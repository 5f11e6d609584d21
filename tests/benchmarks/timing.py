"""Timing of several ways to do the same, in turns."""

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any


def timed(works: Sequence[Callable[[], Any]], turns: int) -> list[float]:
    """The median time of each work in ms; they take turns, after one turn to warm up."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(turns + 1 if turns > 1 else 1):
        for work, spent in zip(works, times):
            started = time.perf_counter()
            work()
            spent.append(1000 * (time.perf_counter() - started))
    return [median(spent[1:] if turns > 1 else spent) for spent in times]

"""What building an index and answering from it cost at a size, each in a process of its own."""

import random
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from query_rivals import Ours

from search import Archive, Request

REQUESTS = 1_000


def apart(work: Callable[..., dict[str, float]], *arguments: Any) -> dict[str, float]:
    """What a work gives in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def building(home: Path, n: int) -> dict[str, float]:
    """Speed and peak memory of building, nothing where the index was there before."""
    engine = Ours(home, n)
    if not engine.speed:
        return {}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"built, articles/s": engine.speed, "peak of building, MB": peak}


def answering(folder: Path, queries: Sequence[str]) -> dict[str, float]:
    """Time to the first answer, and memory that is not mapped files' after REQUESTS whole ones."""
    Archive(folder.parent / "none").search(Request.from_params([("q", "слово")]))
    archive, chance = Archive(folder), random.Random(1)
    started = time.perf_counter()
    archive.search(Request.from_params([]))
    first = time.perf_counter() - started
    for _ in range(REQUESTS):
        archive.search(Request.from_params([("q", chance.choice(queries))]))
    return {"opened and answered first, s": first, "memory after requests, MB": anonymous_mb()}


def anonymous_mb() -> float:
    """RssAnon of this process in MB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0]) / 1024

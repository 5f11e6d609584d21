"""What building an index and answering from it cost at a size, each in a process of its own."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from query_rivals import Ours

from search import Archive, Request

REQUESTS = 1_000
EVERY_S = 0.005


def apart(work: Callable[..., dict[str, float]], *arguments: Any) -> dict[str, float]:
    """What a work gives in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def building(home: Path, n: int) -> dict[str, float]:
    """Speed and peak memory of building, nothing where the index was there before."""
    with peak_mb() as peak:
        engine = Ours(home, n)
    if not engine.speed:
        return {}
    return {"built, articles/s": engine.speed, "peak of building, MB": peak[0]}


def answering(folder: Path, queries: Sequence[str]) -> dict[str, float]:
    """Time to the first answer, and memory that is not mapped files' after REQUESTS whole ones."""
    Archive(folder.parent / "none").search(Request.from_params([("q", "слово")]))
    archive, chance = Archive(folder), random.Random(1)
    started, worked = time.perf_counter(), time.process_time()
    archive.search(Request.from_params([]))
    first, busy = time.perf_counter() - started, time.process_time() - worked
    for _ in range(REQUESTS):
        archive.search(Request.from_params([("q", chance.choice(queries))]))
    return {
        "opened and answered first, s": first,
        "of the processor, s": busy,
        "memory after requests, MB": _anonymous_mb(),
    }


@contextmanager
def peak_mb() -> Iterator[list[float]]:
    """While entered, the one number in the list is the most memory that this process has had, but
    for mapped files', in MB (sampled)."""
    peak, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(EVERY_S):
            peak[0] = max(peak[0], _anonymous_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def _anonymous_mb() -> float:
    """RssAnon of this process in MB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0]) / 1024

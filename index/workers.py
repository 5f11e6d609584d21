"""Workers: processes that share the work of a run."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Kept = TypeVar("Kept")
Task = TypeVar("Task")
Result = TypeVar("Result")


class Workers:
    """While entered, ``jobs`` processes, started with the first task; with one job there is none
    but the caller's own."""

    def __init__(self, jobs: int = 1):
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def each(
        self, work: Callable[[Task], Result], tasks: Iterable[tuple[Kept, Task]], ahead: int
    ) -> Iterator[tuple[Kept, Result | None]]:
        """What is kept of each task, and what the work gives for the rest (None for an empty
        one, if there are processes), in their order; up to ``ahead`` tasks a process are taken
        before the first is done.

        Raises BrokenProcessPool when a process dies.
        """
        if self.jobs == 1:
            yield from ((kept, work(task)) for kept, task in tasks)
            return
        if not self._pool:
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, context, _leave_interrupts_to_parent)
        running: deque[tuple[Kept, Future | None]] = deque()
        for kept, task in tasks:
            running.append((kept, self._pool.submit(work, task) if task else None))
            if len(running) > ahead * self.jobs:
                first, future = running.popleft()
                yield first, future and future.result()
        for kept, future in running:
            yield kept, future and future.result()


ALONE = Workers()
"""No other process."""


def _leave_interrupts_to_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)

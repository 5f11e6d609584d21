"""Workers: processes that share the work of a run."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from typing import TypeVar

from index.interruption import handled_by

Kept = TypeVar("Kept")
Task = TypeVar("Task")
Result = TypeVar("Result")


class ProcessLost(Exception):
    """A process was killed or could not be started; the message says which."""


class Workers:
    """While entered, ``jobs`` processes, started with the first tasks; with one job there is none
    but the caller's own.

    They are forked from a process that loads what annotation needs, once for them all, while the
    caller prepares tasks; where the system cannot fork, each loads it for itself. They leave
    Ctrl-C to the caller, and end with it however it ends.
    """

    def __init__(self, jobs: int = 1):
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._submitting = ThreadPoolExecutor(1)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        self._submitting.shutdown(cancel_futures=True)
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def each(
        self, work: Callable[[Task], Result], tasks: Iterable[tuple[Kept, Task]], ahead: int
    ) -> Iterator[tuple[Kept, Result | None]]:
        """What is kept of each task, and what the work gives for the rest (None for an empty
        one, if there are processes), in their order; up to ``ahead`` tasks a process are taken
        before the first is done.

        Raises ProcessLost when a process dies or cannot be started.
        """
        if self.jobs == 1:
            yield from ((kept, work(task)) for kept, task in tasks)
            return
        if not self._pool:
            self._pool = ProcessPoolExecutor(self.jobs, _context(), _belong_to_parent)
        running: deque[tuple[Kept, Future | None]] = deque()
        for kept, task in tasks:
            submitted = self._submitting.submit(self._submit, work, task) if task else None
            running.append((kept, submitted))
            if len(running) > ahead * self.jobs:
                first, submitted = running.popleft()
                yield first, submitted and _result(submitted)
        for kept, submitted in running:
            yield kept, submitted and _result(submitted)

    def _submit(self, work: Callable[[Task], Result], task: Task) -> Future:
        """Submit a task, once the process that is to take it has been started."""
        try:
            return self._pool.submit(work, task)
        except (EOFError, OSError) as error:
            raise ProcessLost("a process could not be started") from error


def _result(submitted: Future) -> Result:
    try:
        return submitted.result().result()
    except BrokenProcessPool as error:
        raise ProcessLost("a process was killed") from error


ALONE = Workers()
"""No other process."""


def _context() -> BaseContext:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    from multiprocessing import forkserver

    context = get_context("forkserver")
    context.set_forkserver_preload(["index.preloaded"])
    with handled_by(signal.SIG_IGN):
        forkserver.ensure_running()
    return context


def _belong_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent_process().join()
    os._exit(1)

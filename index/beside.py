"""Commits that are made beside the reading of the articles after them, one at a time."""

from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor

from index.interruption import handled_by


class Beside:
    """A thread that makes commits. When left it has made the one that was begun, however often
    it is interrupted meanwhile."""

    def __init__(self, done: Callable[[Collection[str]], None]):
        """``done`` is called in the caller's thread, with the ids of what was committed."""
        self._done = done
        self._thread = ThreadPoolExecutor(1)
        self._commit: Future | None = None
        self._ids: Collection[str] = ()
        self._pending: frozenset[str] = frozenset()

    def __enter__(self) -> "Beside":
        return self

    def __exit__(self, kind, error, traceback) -> None:
        interruptions = []
        with handled_by(lambda *signal: interruptions.append(signal)):
            self._thread.shutdown()
        if self._commit and not (kind and self._commit.exception()):
            self.wait()
        if interruptions:
            raise KeyboardInterrupt

    def __contains__(self, id: str) -> bool:
        """Whether the commit that is being made holds an article."""
        return id in self._pending

    def begin(self, sealed: Callable[[], Callable[[], None]], ids: Collection[str]) -> None:
        """Make a commit of articles, one id for each row, once the one before is made: ``sealed``
        seals them and returns what commits them. Raises what the one before raised."""
        self.wait()
        commit = sealed()
        self._ids, self._pending = ids, frozenset(ids)
        self._commit = self._thread.submit(commit)

    def look(self) -> None:
        """Raise what the commit has raised, if it has ended."""
        if self._commit and self._commit.done():
            self.wait()

    def wait(self) -> None:
        """Wait for the commit that is being made. Raises what it raises."""
        if self._commit:
            self._commit.result()
            self._commit, self._pending = None, frozenset()
            self._done(self._ids)

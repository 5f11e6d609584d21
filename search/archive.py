"""The archive: an index folder, opened for asking."""

import threading
import time
from pathlib import Path
from typing import Any

from index.folder import empty_index, latest_generation, open_index
from search.answer import article_answer, facet_answer, search_answer
from search.columns import SegmentColumn
from search.request import Request
from search.snapshot import Snapshot
from search.stats import stats_answer


class ArticleNotFound(LookupError):
    """No article has this id."""


class Archive:
    """The articles of an index folder.

    Follows new commits by itself; a folder without a commit is an empty archive. May be shared
    between threads.

    Its methods raise IndexUnusable when the folder cannot be read.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._columns: dict[tuple[str, str], SegmentColumn] = {}

    def search(self, request: Request) -> dict[str, Any]:
        """The answer of ``GET /api/v1/search``, with ``elapsed_ms``."""
        started = time.perf_counter()
        with self._lock:
            answer = search_answer(self._newest(), request)
        return answer | {"elapsed_ms": round(1000 * (time.perf_counter() - started), 2)}

    def facet(self, field: str, prefix: str, request: Request, size: int = 20) -> dict[str, Any]:
        """The answer of ``GET /api/v1/facets/<field>``."""
        with self._lock:
            return facet_answer(self._newest(), field, prefix, request, size)

    def article(self, id: str, query: str = "") -> dict[str, Any]:
        """The answer of ``GET /api/v1/articles/<id>``.

        Raises ArticleNotFound.
        """
        with self._lock:
            snapshot = self._newest()
            docid = snapshot.docid(id)
            if docid is None:
                raise ArticleNotFound(f"no article has the id {id!r}")
            return article_answer(snapshot, snapshot.article(docid), query)

    def health(self) -> dict[str, Any]:
        """The answer of ``GET /api/v1/health``."""
        with self._lock:
            snapshot = self._newest()
            return {
                "status": "ok",
                "generation": snapshot.generation,
                "articles": len(snapshot),
            }

    def stats(self) -> dict[str, Any]:
        """What the archive holds, as ``podshivka stats`` prints it."""
        with self._lock:
            return stats_answer(self._newest(), self.folder)

    def _newest(self) -> Snapshot:
        generation = latest_generation(self.folder)
        if self._snapshot is None or self._snapshot.generation != generation:
            index = open_index(self.folder) or empty_index(self.folder)
            self._snapshot = Snapshot(index, self._columns)
            self._columns = self._snapshot.segment_columns
        return self._snapshot


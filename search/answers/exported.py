"""What an export gives: every result of a search, or a piece of them that says how to go on."""

from collections.abc import Iterator
from typing import Any

from search.answers.search import next_cursor, ranked, results_of
from search.cursor import cursor_at, reordered, search_hash
from search.parameters import MOST_RESULTS
from search.ranking.page import Page
from search.request import Request
from search.snapshot import Snapshot


class Export(Iterator[dict[str, Any]]):
    """The results of a search, one after the other. ``next`` is the cursor after the last of
    them where a limit leaves others out, else None."""

    def __init__(self, results: Iterator[dict[str, Any]], next: str | None):
        self._results = results
        self.next = next

    def __next__(self) -> dict[str, Any]:
        return next(self._results)


def exported(snapshot: Snapshot, request: Request, limit: int | None = None) -> Export:
    """The results of a search from the request's offset or cursor on, ``limit`` of them at the
    most, whatever the request's own limit: each with the text, the section and the authors beside
    what a page of hits says, and a cursor to go on after it.

    Raises ParameterError; so too for a cursor by relevance or among stories when the index
    has changed: nobody would see a warning in a file.
    """
    query, page = ranked(snapshot, request, limit)
    if page.reordered:
        raise reordered(request.after)
    search = search_hash(request)

    def results() -> Iterator[dict[str, Any]]:
        for first in range(0, len(page.docids), MOST_RESULTS):
            part = slice(first, first + MOST_RESULTS)
            shown = Page(page.docids[part], page.scores[part])
            rows = results_of(snapshot, query, shown)
            for docid, score, row in zip(shown.docids, shown.scores, rows):
                article = snapshot.article(docid)
                yield {
                    **row,
                    "section": article.section,
                    "authors": list(article.authors),
                    "text": article.text,
                    "cursor": cursor_at(snapshot, search, docid, score),
                }

    return Export(results(), next_cursor(snapshot, request, page))

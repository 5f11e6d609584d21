"""Commits: where in a stream of articles they fall."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timezone

from index.article import Article

COMMIT = None
"""Stands in the stream where a commit is due."""


def with_commits(articles: Iterable[Article], every: int) -> Iterator[tuple[Article, int] | None]:
    """The articles, each with how many it stands for, and a COMMIT after about ``every`` of them
    and at the end.

    Between two commits an id comes once, as a writer cannot replace what it has not committed:
    the states of an article that comes again wait for the commit as one, the last with the
    others among its versions.
    """
    pending: set[str] = set()
    waiting: dict[str, tuple[Article, int]] = {}
    for article in articles:
        if article.id in waiting:
            earlier, n = waiting[article.id]
            waiting[article.id] = article.succeeding(earlier, datetime.now(timezone.utc)), n + 1
        elif article.id in pending:
            waiting[article.id] = article, 1
        else:
            pending.add(article.id)
            yield article, 1
        if len(pending) + len(waiting) >= every:
            yield COMMIT
            yield from waiting.values()
            pending, waiting = set(waiting), {}
    if pending:
        yield COMMIT
    if waiting:
        yield from waiting.values()
        yield COMMIT

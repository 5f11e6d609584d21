"""Commits: where in a stream of articles they fall."""

from collections.abc import Iterable, Iterator

from index.article import Article

COMMIT = None
"""Stands in the stream where a commit is due."""


def with_commits(articles: Iterable[Article], every: int) -> Iterator[Article | None]:
    """The articles with a COMMIT after about ``every`` of them and at the end.

    Between two commits an id comes once: of an article that comes again, the last state waits
    for the commit, as a writer cannot replace what it has not committed.
    """
    pending: set[str] = set()
    waiting: dict[str, Article] = {}
    for article in articles:
        if article.id in pending or article.id in waiting:
            waiting[article.id] = article
        else:
            pending.add(article.id)
            yield article
        if len(pending) + len(waiting) >= every:
            yield COMMIT
            yield from waiting.values()
            pending, waiting = set(waiting), {}
    if pending:
        yield COMMIT
    if waiting:
        yield from waiting.values()
        yield COMMIT

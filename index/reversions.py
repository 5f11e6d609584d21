"""Reversions: articles that say again what they said in an earlier version, or what they say
now, with other facts about it.

A run that reads the earlier row of an article before its present one would put the earlier one
in the place of the present one, and that back, each time that it is repeated."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from index.article import Article
from index.known import Known

MOST_HELD = 10_000
"""Reversions that wait for a later row; the first of more are taken for good."""

Item = TypeVar("Item")


class Reversions(Generic[Item]):
    """Reversions against what is ``known``, held back until a later row of the article comes:
    then they are nothing new. Those for which none comes are left."""

    def __init__(self, known: Known):
        self._known = known
        self._held: dict[str, Item] = {}

    def is_one(self, article: Article) -> bool:
        """Whether an article that the run has not changed says what a version of it says."""
        if article.id not in self._known or self._known.is_added(article.id):
            return False
        present = self._known.article(article.id)
        if present is None:
            return False
        said = article.title, article.text
        return any(said == (v.title, v.text) for v in (present, *present.versions))

    def hold(self, id: str, item: Item) -> None:
        """Keep what is to be taken if no later row of the article comes."""
        self._held[id] = item

    def overtaken(self, id: str) -> int:
        """Forget what is held of an article; returns how many that were, 0 or 1."""
        return int(self._held.pop(id, None) is not None)

    def left(self, most: int = 0) -> Iterator[Item]:
        """What is held, the first that was beyond ``most`` of them, which is held no longer."""
        while len(self._held) > most:
            yield self._held.pop(next(iter(self._held)))

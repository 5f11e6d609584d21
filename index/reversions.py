"""Reversions: articles that say again what they said in an earlier version, or what they say
now, with other facts about it.

A run that reads the earlier row of an article before its present one would put the earlier one
in the place of the present one, and that back, each time that it is repeated."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from index.article import Article
from index.known import Known

MOST_HELD = 1 << 25
"""Code points of reversions that wait for a later row; the first of more are taken for good."""

Item = TypeVar("Item")


class Reversions(Generic[Item]):
    """Reversions against what is ``known``, held back until a later row of the article comes:
    then they are nothing new. Those for which none comes are left."""

    def __init__(self, known: Known):
        self._known = known
        self._held: dict[str, tuple[Item, int]] = {}
        self._length = 0

    def is_one(self, article: Article) -> bool:
        """Whether an article that the run has not changed says what a version of it says."""
        if article.id not in self._known or self._known.is_added(article.id):
            return False
        present = self._known.article(article.id)
        if present is None:
            return False
        said = article.title, article.text
        return any(said == (v.title, v.text) for v in (present, *present.versions))

    def hold(self, article: Article, item: Item) -> None:
        """Keep what is to be taken if no later row of the article comes."""
        length = len(article.title) + len(article.text)
        self._held[article.id] = item, length
        self._length += length

    def overtaken(self, id: str) -> int:
        """Forget what is held of an article; returns how many that were, 0 or 1."""
        if id not in self._held:
            return 0
        self._taken(id)
        return 1

    def left(self, most: int = 0) -> Iterator[Item]:
        """What is held, the first that was beyond ``most`` code points, which is held no longer."""
        while self._length > most:
            yield self._taken(next(iter(self._held)))

    def _taken(self, id: str) -> Item:
        item, length = self._held.pop(id)
        self._length -= length
        return item

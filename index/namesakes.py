"""Namesakes: articles that nothing but their words identifies, though another source says the
same, or the same source on another day."""

from index.article import Article
from index.dates.evidence import gap
from index.known import Known
from index.rows import derived_id


class Namesakes:
    """Tells the namesakes of a run apart, from each other and from those that are ``known``."""

    def __init__(self, known: Known):
        self._known = known
        self._met: dict[str, int] = {}

    def told_apart(self, article: Article, said: int) -> Article:
        """An article that its words identify, and that says what has this ``content_hash``, under
        an id of its own where the one that they give is another article's. An article that the
        index holds and that only lacks a source or a date, or has it alone, is the same one."""
        other = derived_id(None, f"{article.id} {said:x}", "", "")
        if other in self._known or self._is_of_another(article, said):
            return article.under(other)
        self._met[article.id] = said
        return article

    def _is_of_another(self, article: Article, said: int) -> bool:
        if article.id in self._met:
            return self._met[article.id] != said
        if self._known.digest(article.id) in (None, article.digest):
            return False
        earlier = self._known.article(article.id)
        return earlier is not None and _contradict(earlier, article)


def _contradict(one: Article, other: Article) -> bool:
    if one.source and other.source and one.source != other.source:
        return True
    return bool(one.date and other.date and gap(one.date, other.date))

"""Aliases: the abbreviations that stood for a long name inside an article."""

from index.article import Article
from index.entities.organization_names import COUNTRY, key, nominative
from index.entities.organization_words import abbreviation
from index.linking.spelling import spelling
from index.mentions import ORGANIZATION

LEAST_WORDS = 2
"""Words of a name that an abbreviation can stand for."""


def aliases(article: Article) -> list[tuple[str, str]]:
    """Pairs of an abbreviation, in the nominative, and the article's name of what it stood for.

    State bodies, whose short and long names are known, are left out: «МИД» beside «МИД Грузии».
    """
    if not article.mentions:
        return []
    names = set(article.organizations)
    found = {}
    for mention in article.mentions:
        if mention.kind != ORGANIZATION or mention.entity not in names:
            continue
        pair = mention.text, mention.entity
        if pair not in found:
            found[pair] = _short_form(*pair)
    pairs = {(short, name) for (_, name), short in found.items() if short}
    return sorted(pairs)


def _short_form(text: str, name: str) -> str | None:
    word = text.strip('«»„“”"() ')
    if not abbreviation(word) or len(name.split()) < LEAST_WORDS:
        return None
    short = nominative(word)
    if spelling(short) == spelling(name) or _without_country(short) == _without_country(name):
        return None
    return short


def _without_country(name: str) -> tuple[str, ...]:
    return tuple(word for word in key(name) if not word.startswith(COUNTRY))

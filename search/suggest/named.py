"""Who is named: the persons and organizations that a query of plain words is the name of."""

from typing import Any

from index.analyzer import query_lemmas
from search.entities.name_words import NameWords
from search.entities.words import name_words
from search.query.syntax import And, Node, Word
from search.snapshot import Snapshot
from search.suggest.completion import entity_rows

MOST_WORDS = 6
"""Words of a query that may be a name."""

MOST_COMPARED = 500
"""Names with all words of a query that are looked at."""


def named(snapshot: Snapshot, tree: Node | None) -> list[dict[str, Any]]:
    """The entities that a query names, as ``completion`` gives them: persons by their surname,
    organizations by all words of a name; none where it is more than words."""
    children = tree.children if isinstance(tree, And) else (tree,)
    if len(children) > MOST_WORDS:
        return []
    if not all(isinstance(node, Word) and node == Word(node.text) for node in children):
        return []
    words = [word for node in children for word in name_words(node.text)]
    found = []
    for field, fits in (("person", _by_surname), ("org", _by_all_words)):
        entities = snapshot.column(field).entities
        held: NameWords = entities.words
        fitting = [
            ordinal
            for ordinal in held.alike(words)[:MOST_COMPARED]
            if any(fits(entities.names[n], words) for n in entities.members(ordinal))
        ]
        found += entity_rows(snapshot, field, fitting)
    return found


def _by_surname(name: str, words: list[str]) -> bool:
    surname = [part for word in name_words(name)[-1:] for part in (word, *word.split("-"))]
    return any(_alike(surname, word) for word in words)


def _by_all_words(name: str, words: list[str]) -> bool:
    return all(any(_alike([own], word) for word in words) for own in name_words(name))


def _alike(own: list[str], word: str) -> bool:
    return any(
        other == word or not set(query_lemmas(other)).isdisjoint(query_lemmas(word))
        for other in own
    )

"""Completion: the words, persons and organizations that what was typed may be the beginning of."""

from collections.abc import Iterable, Iterator
from typing import Any

from index.analyzer import query_lemmas
from index.schema import KINDS_OF_FACETS
from index.tokens import tokens
from search.entities.words import name_words
from search.snapshot import Snapshot
from search.suggest.keyboard import other_layout

MOST_OF_KIND = 5
"""Words, persons and organizations that are offered, of each."""

MOST_TYPED = 8
"""Words of which the last is completed; of longer queries nothing is."""

_FIRST_LETTERS = "абвгдежзийклмнопрстуфхцчшщэюя"


def completion(snapshot: Snapshot, typed: str, size: int) -> list[dict[str, Any]]:
    """What a reader may go on to type, the commonest first: ``kind`` (word, person or
    organization), ``text`` (of a word, the query with it), ``id`` and whether it is ``ambiguous``
    (of an entity) and ``count`` of articles. Where there is nothing, what the other
    keyboard layout makes of it."""
    for text in (typed, other_layout(typed)):
        words = name_words(text)
        if 0 < len(words) <= MOST_TYPED:
            found = [*_names(snapshot, words), *_words(snapshot, text, words)]
            if found:
                return sorted(found, key=lambda row: (-row["count"], row["text"]))[:size]
    return []


def complete_first_letters(snapshot: Snapshot) -> None:
    """Complete every letter that a Russian word may begin with, so that readers find it done."""
    for letter in _FIRST_LETTERS:
        completion(snapshot, letter, MOST_OF_KIND)


def entity_rows(snapshot: Snapshot, field: str, ordinals: Iterable[int]) -> list[dict[str, Any]]:
    """The entities of a facet that articles hold and that are not hidden, with the counts of
    the articles, the commonest MOST_OF_KIND first."""
    column = snapshot.column(field)
    ranks, hidden = column.values.number_of, column.entities.hidden_ordinals
    shown = sorted((ranks[n], n) for n in ordinals if n not in hidden)
    counted = [(n, int(column.values.whole[rank])) for rank, n in shown[:MOST_OF_KIND]]
    return [
        {
            "kind": KINDS_OF_FACETS[field],
            "text": column.entities.name(ordinal),
            "id": column.entities.id(ordinal),
            "ambiguous": bool(column.entities.candidates(ordinal)),
            "count": count,
        }
        for ordinal, count in counted
        if count
    ]


def _names(snapshot: Snapshot, words: list[str]) -> Iterator[dict[str, Any]]:
    for field in KINDS_OF_FACETS:
        column = snapshot.column(field)
        most = MOST_OF_KIND + len(column.entities.hidden_ordinals)
        found = column.entities.words.begun(words, column.values.number_of, most)
        yield from entity_rows(snapshot, field, found)


def _words(snapshot: Snapshot, typed: str, words: list[str]) -> Iterator[dict[str, Any]]:
    """The query with its last word completed, and how many articles it finds then."""
    *before, last = words
    known = snapshot.beginnings
    if not typed[-1:].isalpha():
        return
    lemmas = known.lemmas(last)
    if not lemmas and known.articles(last):
        lemmas = [query_lemmas(last)[0]]
    start = typed[: [token.start for token in tokens(typed)][-1]]
    for lemma in lemmas:
        if count := known.articles(*before, lemma):
            yield {"kind": "word", "text": start + lemma, "id": None, "count": count}

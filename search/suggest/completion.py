"""Completion: the words, persons and organizations that what was typed may be the beginning of."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from index.analyzer import query_lemmas
from index.morphology import fold
from index.schema import KINDS_OF_FACETS
from search.matches import match
from search.name_words import name_words
from search.parser import parse
from search.query_notes import compiled
from search.snapshot import Snapshot
from search.suggest.keyboard import other_layout

MOST_OF_KIND = 5
"""Words, persons and organizations that are offered, of each."""

MOST_LOOKED_AT = 15
"""Lemmas of a segment that may be offered."""

MOST_TYPED = 8
"""Words of which the last is completed; of longer queries nothing is."""


def completion(snapshot: Snapshot, typed: str, size: int) -> list[dict[str, Any]]:
    """What a reader may go on to type, the commonest first: ``kind`` (word, person or
    organization), ``text`` (of a word, the query with it), ``id`` (of an entity) and ``count``
    of articles. Where there is nothing, what the other keyboard layout makes of it."""
    for text in (typed, other_layout(typed)):
        words = name_words(text)
        if 0 < len(words) <= MOST_TYPED:
            found = [*_names(snapshot, words), *_words(snapshot, text, words)]
            if found:
                return sorted(found, key=lambda row: (-row["count"], row["text"]))[:size]
    return []


def entity_rows(snapshot: Snapshot, field: str, ordinals: list[int]) -> list[dict[str, Any]]:
    """The entities of a facet that articles hold and that are not hidden, with the counts of
    the articles, the commonest MOST_OF_KIND first."""
    column = snapshot.column(field)
    shown = np.array([n for n in ordinals if n not in column.entities.hidden_ordinals], np.int64)
    counts = column.values.whole[column.values.number_of[shown]]
    first = np.lexsort((shown, -counts.astype(np.int64)))[:MOST_OF_KIND]
    return [
        {
            "kind": KINDS_OF_FACETS[field],
            "text": column.entities.name(int(shown[place])),
            "id": column.entities.id(int(shown[place])),
            "count": int(counts[place]),
        }
        for place in first.tolist()
        if counts[place]
    ]


def _names(snapshot: Snapshot, words: list[str]) -> Iterator[dict[str, Any]]:
    for field in KINDS_OF_FACETS:
        entities = snapshot.column(field).entities
        yield from entity_rows(snapshot, field, entities.words.begun(words))


def _words(snapshot: Snapshot, typed: str, words: list[str]) -> Iterator[dict[str, Any]]:
    """The query with its last word completed, and how many articles it finds then."""
    if not typed[-1:].isalpha():
        return
    before = typed[: len(typed) - len(typed.split()[-1])]
    lemmas = _lemmas(snapshot, words[-1])
    if not lemmas and snapshot.lexicon.count(words[-1]):
        lemmas = [query_lemmas(words[-1])[0]]
    for lemma in lemmas:
        query = compiled(snapshot, parse(f"{' '.join(words[:-1])} {lemma}").tree)
        count = len(match(snapshot.searcher, query, False, snapshot.statistics).docids)
        if count:
            yield {"kind": "word", "text": before + lemma, "id": None, "count": count}


def _lemmas(snapshot: Snapshot, prefix: str) -> list[str]:
    """The commonest lemmas that begin with a prefix; of those that stand for the same forms,
    the one that is a form itself."""
    counts: Counter[str] = Counter()
    forms: dict[str, set[str]] = defaultdict(set)
    for data in snapshot.data:
        field = data.words["text"]
        rows = field.terms.beginning_with(prefix.encode())
        held = np.diff(field.posting_starts[rows.start : rows.stop + 1].astype(np.int64))
        most = min(MOST_LOOKED_AT, len(held))
        for place in np.argpartition(-held, most - 1)[:most].tolist() if most else ():
            row = rows.start + place
            lemma = field.terms[row].decode()
            counts[lemma] += int(held[place])
            forms[lemma] |= {fold(data.forms[n].decode()) for n in field.forms_of(row).tolist()}
    kept: list[str] = []
    for lemma in sorted(counts, key=lambda one: (-counts[one], one not in forms[one], one)):
        if not any(forms[lemma] <= forms[other] for other in kept):
            kept.append(lemma)
    return kept[:MOST_OF_KIND]

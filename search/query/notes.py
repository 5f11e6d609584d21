"""Notes on a query: how its words, names and mistakes were understood."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from whoosh import query as whoosh

from index.analyzer import query_lemmas
from index.morphology import fold
from index.tokens import spelling
from search.entities.facet_entities import MOST_MEANT
from search.facets.selection import Filter
from search.matching.expansion import MOST_TERMS, is_cut
from search.query.compiler import compile_query, lemmas_of, one_word
from search.query.parser import MOST_WARNINGS, ParsedQuery
from search.query.syntax import (
    EXACTLY,
    TEXT_FIELDS,
    Exact,
    Fuzzy,
    Name,
    Node,
    Wildcard,
    Word,
    changed,
    leaves,
    typed,
)
from search.snapshot import Snapshot

NAMED = 20
"""Candidates that a warning about a name lists."""


LONGEST_VALUE = 100
"""Code points of a name that a warning repeats."""

NOTED = 20
"""Words that are noted; in a query of more, nothing can be left out by a link."""


def lemmas(snapshot: Snapshot, tree: Node | None) -> list[dict[str, Any]]:
    """The words that a query asks for: their lemmas, and their forms in the index with the
    number of articles of each. ``leave_out`` and ``restore`` hold queries: without a lemma or a
    form (with the sign EXACTLY before it), and with one that was left out."""
    found = list(leaves(tree, excluded=False))
    words = dict.fromkeys(replace(w, field=None) for w in found if isinstance(w, (Word, Exact)))
    notes = [_note(snapshot, tree, word) for word in list(words)[:NOTED]]
    if len(found) > NOTED:
        return [note | {"leave_out": {}, "restore": {}} for note in notes]
    return notes


def _note(snapshot: Snapshot, tree: Node, word: Word | Exact) -> dict[str, Any]:
    if isinstance(word, Exact):
        found = snapshot.forms.counts(query_lemmas(word.text)[:1])
        same = fold(spelling(word.text))
        forms = {form: count for form, count in found.items() if fold(form) == same}
        note = {"word": word.text, "lemmas": list(query_lemmas(word.text)), "forms": forms}
        return note | {"leave_out": {}, "restore": {}}
    held = lemmas_of(word)
    found = snapshot.forms.counts(held)
    forms = {f: count for f, count in found.items() if EXACTLY + fold(f) not in word.without}
    parts = list(held) if len(held) > 1 else []
    parts += [EXACTLY + form for form in forms] if len(forms) > 1 else []
    return {
        "word": word.text,
        "lemmas": list(held),
        "forms": forms,
        "leave_out": {p: _leaving(tree, word, (*word.without, p)) for p in parts},
        "restore": {
            p: _leaving(tree, word, tuple(other for other in word.without if other != p))
            for p in word.without
        },
    }


def _leaving(tree: Node, word: Word, without: tuple[str, ...]) -> str:
    """The query in which other lemmas and forms are left out of a word."""

    def change(leaf: Node) -> Node:
        same = isinstance(leaf, Word) and replace(leaf, field=None) == word
        return replace(leaf, without=without) if same else leaf

    return typed(changed(tree, change))


def compiled(snapshot: Snapshot, tree: Node | None) -> whoosh.Query:
    """The Whoosh query for a tree, its names looked up in a snapshot."""
    named = {leaf.field for leaf in names_in(tree)}
    return compile_query(tree, {field: snapshot.column(field).entities for field in named})


def names_in(tree: Node | None) -> list[Name]:
    """The persons, organizations, sources and sections that a query names."""
    return [leaf for leaf in leaves(tree) if isinstance(leaf, Name)]


def warnings(snapshot: Snapshot, parsed: ParsedQuery, left: Filter) -> list[dict[str, Any]]:
    """How a query was repaired, and names in it or among the selections that are unknown or
    may be several."""
    found = [
        {"code": w.code, "position": w.position, "message": w.message}
        | ({"value": w.value} if w.value else {})
        for w in parsed.warnings
    ]
    found += _cut(snapshot, parsed.tree)
    asked = [
        (name.field, name.name, snapshot.column(name.field).entities.find(name.name))
        for name in names_in(parsed.tree)
    ]
    for field, chosen in left.chosen.items():
        asked += [(field, value, ordinals) for value, ordinals in chosen.values.items()]
    named = [one for one in asked if len(one[2]) != 1]
    for fits in (lambda n: n == 0, lambda n: n > 1):
        fitting = [one for one in named if fits(len(one[2]))][:MOST_WARNINGS]
        found += [_name_warning(snapshot, *one) for one in fitting]
    found += [_many(field, value) for field, value, n in named if len(n) == MOST_MEANT][
        :MOST_WARNINGS
    ]
    return found


def absent_words(words: Sequence[str], tree: Node | None) -> Iterator[dict[str, Any]]:
    """Of each word that finds nothing alone, that it does, where the query asks for more."""
    if len(list(islice(leaves(tree), 2))) > 1:
        for word in words:
            message = f"no article has the word {word!r}"
            yield {"code": "absent-word", "value": word, "message": message}


def _cut(snapshot: Snapshot, tree: Node | None) -> Iterator[dict[str, Any]]:
    """Of each wildcard and fuzzy word that means too many words of the index, that it does."""
    for leaf in dict.fromkeys(leaves(tree)):
        if isinstance(leaf, (Wildcard, Fuzzy)) and any(
            is_cut(query, data.words[field].terms)
            for field in TEXT_FIELDS
            for query in _patterns(one_word(leaf, field))
            for data in snapshot.data
        ):
            value = str(replace(leaf, field=None))
            message = f"{value} means more than {MOST_TERMS} words; the first of them are used"
            yield {"code": "expansion", "value": value, "message": message}


def _patterns(query: whoosh.Query) -> list[whoosh.Query]:
    return query.subqueries if isinstance(query, whoosh.Or) else [query]


def _many(field: str, value: str) -> dict[str, Any]:
    message = f"{value!r} is any of {MOST_MEANT} or more; the commonest of them are used"
    return {"code": "many-names", "field": field, "value": value, "message": message}


def _name_warning(
    snapshot: Snapshot, field: str, value: str, ordinals: list[int]
) -> dict[str, Any]:
    value = value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"
    if not ordinals:
        return {
            "code": "unknown-name",
            "field": field,
            "value": value,
            "message": f"no {field} is called {value!r}",
        }
    entities = snapshot.column(field).entities
    names = [entities.name(n) for n in entities.commonest_first(ordinals)[:NAMED]]
    names += ["…"] * (len(ordinals) > NAMED)
    return {
        "code": "ambiguous-name",
        "field": field,
        "value": value,
        "candidates": names,
        "message": f"{value!r} is any of {', '.join(names)}",
    }

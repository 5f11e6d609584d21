"""Notes on a query: how its words, names and mistakes were understood."""

from typing import Any

from index.analyzer import query_lemmas
from search.parser import ParsedQuery
from search.selection import Filter
from search.snapshot import Snapshot
from search.syntax import NAME_FIELDS, Name, Node, Phrase, Word, positive_leaves


def lemmas(tree: Node | None) -> list[dict[str, Any]]:
    """The words that a query asks for, with their lemmas."""
    words: list[str] = []
    for leaf in positive_leaves(tree):
        if isinstance(leaf, Word):
            words.append(leaf.text)
        elif isinstance(leaf, Phrase):
            words += leaf.words
    return [{"word": word, "lemmas": list(query_lemmas(word))} for word in dict.fromkeys(words)]


def names_in(tree: Node | None) -> list[Name]:
    """The persons, organizations, sources and sections that a query names."""
    match tree:
        case Name(field) if field in NAME_FIELDS:
            return [tree]
        case _:
            children = getattr(tree, "children", None) or [getattr(tree, "child", None)]
            return [name for child in children if child for name in names_in(child)]


def warnings(snapshot: Snapshot, parsed: ParsedQuery, left: Filter) -> list[dict[str, Any]]:
    """How a query was repaired, and names in it or among the selections that are unknown or
    may be several."""
    found = [
        {"code": w.code, "position": w.position, "message": w.message} for w in parsed.warnings
    ]
    asked = [
        (name.field, name.name, snapshot.column(name.field).entities.find(name.name))
        for name in names_in(parsed.tree)
    ]
    for field, chosen in left.chosen.items():
        asked += [(field, value, ordinals) for value, ordinals in chosen.values.items()]
    for field, value, ordinals in asked:
        if len(ordinals) != 1:
            found.append(_name_warning(snapshot, field, value, ordinals))
    return found


def _name_warning(
    snapshot: Snapshot, field: str, value: str, ordinals: list[int]
) -> dict[str, Any]:
    if not ordinals:
        return {
            "code": "unknown-name",
            "field": field,
            "value": value,
            "message": f"no {field} is called {value!r}",
        }
    names = [snapshot.column(field).entities.name(n) for n in ordinals]
    return {
        "code": "ambiguous-name",
        "field": field,
        "value": value,
        "candidates": names,
        "message": f"{value!r} is any of {', '.join(names)}",
    }

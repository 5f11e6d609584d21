"""The query tree: what a reader asked, free of how it is answered.

``str`` of a tree is a query that reads as the same tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index.schema import FACETS

TEXT_FIELDS = ("title", "text")
"""Fields that hold words; a word without a field is looked for in all of them."""

NAME_FIELDS = FACETS
DATE_FIELD = "date"
OPERATORS = {"AND": "AND", "OR": "OR", "NOT": "NOT", "И": "AND", "ИЛИ": "OR", "НЕ": "NOT"}
"""The operators as they are typed, in capitals."""

EXACTLY = "!"
"""Before a word: in this form only."""

FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, DATE_FIELD)
FIELD_NAMES = {
    **{field: field for field in FIELDS},
    **{"заголовок": "title", "текст": "text", "персона": "person", "организация": "org"},
    **{"источник": "source", "раздел": "section", "дата": "date"},
}
"""What each field is called in a query."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms, in one text field or in all; ``without`` some of its lemmas
    and, with the sign EXACTLY before them, some of its forms."""

    text: str
    field: str | None = None
    without: tuple[str, ...] = ()

    def __str__(self) -> str:
        word = "\\".join((self.text, *self.without))
        return _scoped(self.field, f'"{word}"' if word in OPERATORS else word)


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in this form only; case, and ё for е, make no difference."""

    text: str
    field: str | None = None

    def __str__(self) -> str:
        return _scoped(self.field, EXACTLY + self.text)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words whose lemma begins with ``text``."""

    text: str
    field: str | None = None

    def __str__(self) -> str:
        return _scoped(self.field, f"{self.text}*")


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words whose lemma is like ``text``: ? is any letter, * any letters or none."""

    text: str
    field: str | None = None

    def __str__(self) -> str:
        return _scoped(self.field, self.text)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words whose lemma differs from ``text`` in ``distance`` letters at the most."""

    text: str
    distance: int = 1
    field: str | None = None

    def __str__(self) -> str:
        return _scoped(self.field, f"{self.text}~{self.distance if self.distance > 1 else ''}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, or with a ``distance`` stand, in any order, at most so many
    words from the first to the last; ``words`` have no field of their own."""

    words: tuple[OneWord, ...]
    field: str | None = None
    distance: int = 0

    def __str__(self) -> str:
        words = " ".join(w.text if w == Word(w.text) else str(w) for w in self.words)
        nearness = f"~{self.distance}" if self.distance else ""
        return _scoped(self.field, f'"{words}"{nearness}')


@dataclass(frozen=True, slots=True)
class Sentence:
    """All of the children in one sentence."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return f"({' / '.join(map(str, self.children))})"


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organization, source or section, under any spelling."""

    field: str
    name: str

    def __str__(self) -> str:
        opening, closing = "«»" if '"' in self.name else '""'
        return f"{self.field}:{opening}{self.name}{closing}"


@dataclass(frozen=True, slots=True)
class Dates:
    """Articles whose date lies between two partial dates, both included; None is open."""

    first: str | None
    last: str | None

    def __str__(self) -> str:
        return f"{DATE_FIELD}:[{self.first or '*'} TO {self.last or '*'}]"


@dataclass(frozen=True, slots=True)
class And:
    """All of the children."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return f"({' '.join(map(str, self.children))})"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return f"({' OR '.join(map(str, self.children))})"


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever the child does not find."""

    child: Node

    def __str__(self) -> str:
        return f"-{self.child}"


OneWord = Word | Exact | Prefix | Wildcard | Fuzzy
Node = OneWord | Phrase | Sentence | Name | Dates | And | Or | Not


def typed(node: Node) -> str:
    """A query that reads as the tree, without brackets around the whole."""
    return str(node)[1:-1] if isinstance(node, (And, Or, Sentence)) else str(node)


def changed(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with each leaf, those inside phrases too, put through a function."""
    match node:
        case And(children) | Or(children) | Sentence(children):
            return replace(node, children=tuple(changed(child, change) for child in children))
        case Not(child):
            return Not(changed(child, change))
        case Phrase(words):
            return replace(node, words=tuple(map(change, words)))
    return change(node)


def leaves(node: Node | None, excluded: bool = True) -> Iterator[Node]:
    """The leaves of a tree from left to right, phrases as their words; with or without what is
    excluded by a Not."""
    match node:
        case None:
            return
        case And(children) | Or(children) | Sentence(children):
            for child in children:
                yield from leaves(child, excluded)
        case Not(child):
            if excluded:
                yield from leaves(child)
        case Phrase(words):
            yield from words
        case _:
            yield node


def _scoped(field: str | None, query: str) -> str:
    return f"{field}:{query}" if field else query

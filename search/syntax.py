"""The query tree: what a reader asked, free of how it is answered.

``str`` of a tree is a query that reads as the same tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.schema import FACETS

TEXT_FIELDS = ("title", "text")
"""Fields that hold words; a word without a field is looked for in all of them."""

NAME_FIELDS = FACETS
DATE_FIELD = "date"
OPERATORS = {"AND": "AND", "OR": "OR", "NOT": "NOT", "И": "AND", "ИЛИ": "OR", "НЕ": "NOT"}
"""The operators as they are typed, in capitals."""

FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, DATE_FIELD)
FIELD_NAMES = {
    **{field: field for field in FIELDS},
    **{"заголовок": "title", "текст": "text", "персона": "person", "организация": "org"},
    **{"источник": "source", "раздел": "section", "дата": "date"},
}
"""What each field is called in a query."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms, in one text field or in all."""

    text: str
    field: str | None = None

    def __str__(self) -> str:
        return _scoped(self.field, f'"{self.text}"' if self.text in OPERATORS else self.text)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words whose lemma begins with ``text``."""

    text: str
    field: str | None = None

    def __str__(self) -> str:
        return _scoped(self.field, f"{self.text}*")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, in any of their forms."""

    words: tuple[str, ...]
    field: str | None = None

    def __str__(self) -> str:
        return _scoped(self.field, f'"{" ".join(self.words)}"')


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


Node = Word | Prefix | Phrase | Name | Dates | And | Or | Not


def positive_leaves(node: Node | None) -> list[Node]:
    """The leaves of a tree that are asked for, not excluded, from left to right."""
    if node is None or isinstance(node, Not):
        return []
    if isinstance(node, (And, Or)):
        return [leaf for child in node.children for leaf in positive_leaves(child)]
    return [node]


def _scoped(field: str | None, query: str) -> str:
    return f"{field}:{query}" if field else query

"""The parser: a query string to a query tree, by recursive descent.

    query   = either
    either  = all { OR all }
    all     = one { [AND] one }
    one     = NOT one | "(" either ")" | [field ":"] leaf

What a person types is repaired where its meaning is plain, with a warning each.
"""

import re
from dataclasses import dataclass

from index.dates import DateError, days, following, parse_date, preceding
from index.tokens import tokens
from search import lexer
from search.lexer import Lexeme, lexemes
from search.syntax import (
    DATE_FIELD,
    FIELDS,
    NAME_FIELDS,
    And,
    Dates,
    Name,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)

DEEPEST = 50
"""Brackets inside brackets that are read; deeper ones are passed over."""

LONGEST = 500
"""Leaves of a query that are read; further ones are left out."""


class QueryError(ValueError):
    """A query whose meaning is not plain: ``position`` in code points, and what was expected."""

    def __init__(self, message: str, position: int):
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """A repair of the query: a code for it, where, and a sentence in English."""

    code: str
    position: int
    message: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The tree of a query (None for an empty one) and what was repaired in it."""

    tree: Node | None
    warnings: tuple[QueryWarning, ...] = ()


_AFTER_TEXT_FIELD = (lexer.WORD, lexer.PREFIX, lexer.QUOTED, lexer.OPEN)


def parse(query: str) -> ParsedQuery:
    """Read a query.

    Raises QueryError for a date that is none.

    >>> str(parse('визит OR поездка -спорт "совет экспертов').tree)
    '(визит OR (поездка -спорт "совет экспертов"))'
    """
    parser = _Parser(list(lexemes(query)), len(query))
    tree = parser.query()
    return ParsedQuery(tree, tuple(parser.warnings))


class _Parser:
    def __init__(self, pieces: list[Lexeme], end: int):
        self._pieces = pieces
        self._end = end
        self._at = 0
        self._leaves = 0
        self._depth = 0
        self.warnings: list[QueryWarning] = []

    def query(self) -> Node | None:
        parts = []
        while self._at < len(self._pieces):
            if node := self._either(None):
                parts.append(node)
            if self._taken(lexer.CLOSE):
                self._warn("bracket", self._at - 1, "a closing bracket without an opening one")
        return _joined(And, parts)

    def _either(self, field: str | None) -> Node | None:
        parts = [self._all(field)]
        while self._taken(lexer.OR):
            position = self._at - 1
            parts.append(self._all(field))
            if parts[-1] is None or parts[-2] is None:
                self._warn("operator", position, "OR needs something on both sides")
        return _joined(Or, [part for part in parts if part])

    def _all(self, field: str | None) -> Node | None:
        parts: list[Node] = []
        while (piece := self._peek()) and piece.kind not in (lexer.OR, lexer.CLOSE):
            if self._taken(lexer.AND):
                following = self._peek()
                if not parts or not following or following.kind in (lexer.OR, lexer.CLOSE):
                    self._warn("operator", self._at - 1, "AND needs something on both sides")
            elif node := self._one(field):
                parts.append(node)
        return _joined(And, parts)

    def _one(self, field: str | None) -> Node | None:
        negative, position = False, self._at
        while self._taken(lexer.NOT) or self._passed_over():
            negative ^= self._pieces[self._at - 1].kind == lexer.NOT
        following = self._peek()
        if following is None or following.kind in (lexer.OR, lexer.AND, lexer.CLOSE):
            if any(piece.kind == lexer.NOT for piece in self._pieces[position : self._at]):
                self._warn("operator", position, "NOT needs something after it")
            return None
        node = self._primary(field)
        return Not(node) if node and negative else node

    def _passed_over(self) -> bool:
        if self._taken(lexer.UNKNOWN_FIELD):
            name, fields = self._pieces[self._at - 1].value, ", ".join(FIELDS)
            message = f"no field {name!r}, read as a word; fields: {fields}"
            self._warn("unknown-field", self._at - 1, message)
            return True
        if self._taken(lexer.UNSUPPORTED):
            sign = self._pieces[self._at - 1].value
            self._warn("unsupported", self._at - 1, f"{sign!r} is not understood yet, passed over")
            return True
        return False

    def _primary(self, field: str | None) -> Node | None:
        if self._taken(lexer.OPEN):
            return self._group(field)
        piece = self._take()
        if piece.kind == lexer.FIELD:
            return self._scoped(piece)
        return self._leaf(piece, field)

    def _group(self, field: str | None) -> Node | None:
        opened = self._at - 1
        if self._depth == DEEPEST:
            if not any(warning.code == "depth" for warning in self.warnings):
                self._warn("depth", opened, f"brackets deeper than {DEEPEST} are passed over")
            return None
        self._depth += 1
        node = self._either(field)
        self._depth -= 1
        if not self._taken(lexer.CLOSE):
            self._warn("bracket", opened, "an opening bracket without a closing one")
        return node

    def _scoped(self, scope: Lexeme) -> Node | None:
        field = scope.value
        if field == DATE_FIELD or field in NAME_FIELDS:
            piece = self._peek()
            if piece and piece.kind in (lexer.QUOTED, lexer.RANGE, lexer.RAW):
                self._at += 1
                return _dates(piece, self) if field == DATE_FIELD else _name(field, piece)
            self._warn("field", self._at - 1, f"{field}: needs a value right after it")
            return None
        piece = self._peek()
        if piece is None or piece.kind not in _AFTER_TEXT_FIELD:
            self._warn("field", self._at - 1, f"{field}: needs a value right after it")
            return None
        return self._primary(field)

    def _leaf(self, piece: Lexeme, field: str | None) -> Node | None:
        self._leaves += 1
        if self._leaves > LONGEST:
            if self._leaves == LONGEST + 1:
                self._warn("length", self._at - 1, f"words after the first {LONGEST} are left out")
            return None
        if piece.kind == lexer.PREFIX:
            return Prefix(piece.value, field)
        if not piece.closed:
            self._warn("quote", self._at - 1, "an opening quote without a closing one")
        words = [token.text for token in tokens(piece.value)]
        if piece.kind == lexer.QUOTED and len(words) > 1:
            return Phrase(tuple(words), field)
        return _joined(And, [Word(word, field) for word in words])

    def _peek(self) -> Lexeme | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _take(self) -> Lexeme:
        self._at += 1
        return self._pieces[self._at - 1]

    def _taken(self, kind: str) -> bool:
        piece = self._peek()
        if piece is None or piece.kind != kind:
            return False
        self._at += 1
        return True

    def _warn(self, code: str, piece: int, message: str) -> None:
        self.warnings.append(QueryWarning(code, self._pieces[piece].position, message))

    def unclosed(self) -> None:
        self._warn("bracket", self._at - 1, "an opening bracket without a closing one")

    def swapped(self) -> None:
        self._warn("range", self._at - 1, "the range was written backwards")


def _joined(kind: type[And] | type[Or], nodes: list[Node]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return kind(tuple(nodes))


_BETWEEN = re.compile(r"\s+(?:TO|[-—–])\s+|\.\.|\s+")
_YEARS = re.compile(r"(\d{4})[-–—](\d{4})")


def _name(field: str, piece: Lexeme) -> Node | None:
    name = " ".join(piece.value.split())
    return Name(field, name) if name else None


def _dates(piece: Lexeme, parser: _Parser) -> Node:
    value = piece.value.strip(" ,.;:!?")
    if not piece.closed:
        parser.unclosed()
    if value.startswith(("<", ">")):
        return _compared(value, piece)
    if match := _YEARS.fullmatch(value):
        bounds = list(match.groups())
    else:
        parts = _BETWEEN.split(value, maxsplit=1)
        bounds = [_bound(part, piece) for part in (parts if len(parts) == 2 else parts * 2)]
    if all(bounds) and days(bounds[0])[0] > days(bounds[1])[1]:
        parser.swapped()
        bounds.reverse()
    return Dates(*bounds)


def _compared(value: str, piece: Lexeme) -> Dates:
    sign = value[:2] if value[1:2] == "=" else value[0]
    bound = _bound(value[len(sign) :], piece)
    if bound is None:
        raise QueryError(f"expected a date after {sign}, like date:{sign}2022-08", piece.position)
    try:
        if sign == ">":
            return Dates(following(bound), None)
        if sign == "<":
            return Dates(None, preceding(bound))
    except DateError as error:
        raise QueryError(str(error), piece.position) from error
    return Dates(bound, None) if sign == ">=" else Dates(None, bound)


def _bound(value: str, piece: Lexeme) -> str | None:
    value = value.strip()
    if value in ("", "*"):
        return None
    try:
        return parse_date(value)
    except DateError as error:
        raise QueryError(str(error), piece.position) from error

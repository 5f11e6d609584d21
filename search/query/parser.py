"""The parser: a query string to a query tree, by recursive descent.

    query    = either
    either   = all { OR all }
    all      = sentence { [AND] sentence }
    sentence = one { "/" one }
    one      = NOT one | "!" one | "(" either ")" | [field ":"] leaf

What a person types is repaired where its meaning is plain, with a warning each.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from index.analyzer import query_lemmas
from index.morphology import fold
from index.tokens import spelling
from search.query import lexer
from search.query.dates import dates
from search.query.lexer import Lexeme, lexemes
from search.query.syntax import (
    DATE_FIELD,
    EXACTLY,
    FIELDS,
    TEXT_FIELDS,
    And,
    Dates,
    Exact,
    Fuzzy,
    Name,
    Node,
    Not,
    OneWord,
    Or,
    Phrase,
    Prefix,
    Sentence,
    Wildcard,
    Word,
    changed,
    leaves,
)

DEEPEST = 50
"""Brackets inside brackets that are read; deeper ones are passed over."""

LONGEST = 500
"""Words and other leaves of a query that are read; further ones are left out."""

MOST_PATTERNS = 16
"""Prefixes, wildcards and fuzzy words that are read; further ones are left out."""

MOST_NAMES = 50
"""Names of persons, organizations, sources and sections that are read."""

MOST_WARNINGS = 5
"""Warnings of one kind that are given."""

FARTHEST = 100
"""The largest distance inside a phrase."""

MOST_DIFFERENT = 2
"""Letters in which a fuzzy word may differ."""


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """A repair of the query: a code for it, where, a sentence in English, and what it is about
    (a limit that was met, a sign that was passed over)."""

    code: str
    position: int
    message: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The tree of a query (None for an empty one) and what was repaired in it."""

    tree: Node | None
    warnings: tuple[QueryWarning, ...] = ()


_AFTER_FIELD = (
    lexer.NOT,
    *lexer.WORDS,
    lexer.QUOTED,
    lexer.OPEN,
    lexer.EXACTLY_SIGN,
    lexer.RANGE,
    lexer.RAW,
)
_NO_OPERAND = (lexer.OR, lexer.AND, lexer.CLOSE, lexer.SENTENCE)
_PATTERNS = (lexer.PREFIX, lexer.WILDCARD, lexer.FUZZY)


@lru_cache(64)
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
        self._counts = {LONGEST: 0, MOST_PATTERNS: 0, MOST_NAMES: 0}
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
            elif not self._taken(lexer.SENTENCE) and (node := self._sentence(field)):
                parts.append(node)
        return _joined(And, parts)

    def _sentence(self, field: str | None) -> Node | None:
        parts, slash = [self._one(field)], self._at
        while self._taken(lexer.SENTENCE):
            following = self._peek()
            if following and following.kind not in _NO_OPERAND:
                parts.append(self._one(field))
        parts = [part for part in parts if part]
        if len(parts) < 2:
            return _joined(And, parts)
        if any(isinstance(leaf, (Name, Dates)) for part in parts for leaf in leaves(part)):
            self._warn("sentence", slash, "/ stands between words and phrases; read as AND")
            return _joined(And, parts)
        return Sentence(tuple(parts))

    def _one(self, field: str | None) -> Node | None:
        negative, exact, position = False, False, self._at
        while self._taken(lexer.NOT) or self._taken(lexer.EXACTLY_SIGN) or self._passed_over():
            negative ^= self._pieces[self._at - 1].kind == lexer.NOT
            exact |= self._pieces[self._at - 1].kind == lexer.EXACTLY_SIGN
        following = self._peek()
        if following is None or following.kind in _NO_OPERAND:
            if any(piece.kind == lexer.NOT for piece in self._pieces[position : self._at]):
                self._warn("operator", position, "NOT needs something after it")
            return None
        node = self._primary(field)
        if node and exact:
            node = changed(node, _exact)
        return Not(node) if node and negative else node

    def _passed_over(self) -> bool:
        if self._taken(lexer.UNKNOWN_FIELD):
            name, fields = self._pieces[self._at - 1].value, ", ".join(FIELDS)
            message = f"no field {name!r}, read as a word; fields: {fields}"
            self._warn("unknown-field", self._at - 1, message, name)
            return True
        if self._taken(lexer.STRAY):
            self._warn("wildcard", self._at - 1, "* needs the beginning of a word before it")
            return True
        return False

    def _primary(self, field: str | None) -> Node | None:
        if self._taken(lexer.OPEN):
            return self._group(field)
        piece = self._take()
        if piece.kind == lexer.FIELD:
            return self._scoped(piece)
        if field and field not in TEXT_FIELDS:
            return self._value(piece, field)
        if piece.kind == lexer.QUOTED:
            return self._phrase(piece, field)
        return _joined(And, self._words(piece, field))

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
        piece = self._peek()
        if piece is None or piece.kind not in _AFTER_FIELD:
            self._warn("field", self._at - 1, f"{scope.value}: needs a value right after it")
            return None
        return self._one(scope.value)

    def _value(self, piece: Lexeme, field: str) -> Node | None:
        """A name or dates; words that follow each other are one name."""
        position, words = self._at - 1, [piece.value]
        self._check_closed(piece)
        if self._taken(lexer.DISTANCE):
            self._warn("distance", self._at - 1, "~ stands after a phrase of words")
        if field == DATE_FIELD:
            return self._dates(piece) if self._allowed(LONGEST, position) else None
        while piece.kind in lexer.WORDS and (following := self._peek()):
            if following.kind not in lexer.WORDS:
                break
            words.append(self._take().value)
        allowed = self._allowed(MOST_NAMES, position) and self._allowed(LONGEST, position)
        return _name(field, " ".join(words)) if allowed else None

    def _dates(self, piece: Lexeme) -> Node:
        found, backwards = dates(piece.value, piece.position)
        if backwards:
            self._warn("range", self._at - 1, "the range was written backwards")
        return found

    def _check_closed(self, piece: Lexeme) -> None:
        if not piece.closed:
            code = "quote" if piece.kind == lexer.QUOTED else "bracket"
            self._warn(code, self._at - 1, f"an opening {code} without a closing one")

    def _phrase(self, piece: Lexeme, field: str | None) -> Node | None:
        quoted = self._at - 1
        self._check_closed(piece)
        distance = self._distance() if self._taken(lexer.DISTANCE) else 0
        found: list[OneWord] = []
        for one in lexer.words(piece.value, piece.position + 1):
            words = self._words(one, None, quoted)
            if not words:
                break
            found += words
        if len(found) < 2:
            return replace(found[0], field=field) if found else None
        return Phrase(tuple(found), field, distance)

    def _distance(self) -> int:
        digits = self._pieces[self._at - 1].value[:9]
        if not digits:
            self._warn("distance", self._at - 1, "~ after a phrase needs a number, like ~5")
        elif int(digits) > FARTHEST:
            message = f"words of a phrase are at most {FARTHEST} apart"
            self._warn("far", self._at - 1, message, str(FARTHEST))
        return min(int(digits or 0), FARTHEST)

    def _words(self, piece: Lexeme, field: str | None, at: int | None = None) -> list[OneWord]:
        """The words of a lexeme that are inside the limits."""
        if piece.kind in _PATTERNS and not self._allowed(MOST_PATTERNS, at):
            return []
        return [word for word in _words(piece, field) if self._allowed(LONGEST, at)]

    def _allowed(self, limit: int, at: int | None = None) -> bool:
        self._counts[limit] += 1
        if self._counts[limit] == limit + 1:
            code, message = _LIMITS[limit]
            position = self._at - 1 if at is None else at
            self._warn(code, position, message.format(limit), str(limit))
        return self._counts[limit] <= limit

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

    def _warn(self, code: str, piece: int, message: str, value: str | None = None) -> None:
        if sum(warning.code == code for warning in self.warnings) < MOST_WARNINGS:
            position = self._pieces[piece].position
            self.warnings.append(QueryWarning(code, position, message, value))


def _joined(kind: type[And] | type[Or], nodes: list[Node]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return kind(tuple(nodes))


_LIMITS = {
    LONGEST: ("length", "words after the first {} are left out"),
    MOST_PATTERNS: ("patterns", "words with *, ? or ~ after the first {} are left out"),
    MOST_NAMES: ("names", "names after the first {} are left out"),
}


def _words(piece: Lexeme, field: str | None) -> Iterator[OneWord]:
    """The word of a lexeme; several where backslashes in it mean nothing."""
    match piece.kind:
        case lexer.EXACT:
            yield Exact(piece.value, field)
        case lexer.PREFIX:
            yield Prefix(piece.value, field)
        case lexer.WILDCARD:
            yield Wildcard(piece.value, field)
        case lexer.FUZZY:
            word, _, distance = piece.value.rpartition("~")
            yield Fuzzy(word, max(1, min(int(distance or 1), MOST_DIFFERENT)), field)
        case _:
            word, *without = piece.value.split("\\")
            left_out = tuple(fold(spelling(part)) for part in without)
            if all(p.startswith(EXACTLY) or p in query_lemmas(word) for p in left_out):
                yield Word(word, field, left_out)
            else:
                yield from (Word(part.removeprefix(EXACTLY), field) for part in (word, *without))


def _exact(leaf: Node) -> Node:
    return Exact(leaf.text, leaf.field) if isinstance(leaf, Word) else leaf


def _name(field: str, name: str) -> Node | None:
    name = " ".join(name.split())
    return Name(field, name) if name else None

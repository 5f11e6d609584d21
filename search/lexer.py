"""The lexer: a query string to lexemes with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.tokens import tokens
from search.syntax import FIELD_NAMES, OPERATORS, TEXT_FIELDS

AND, OR, NOT, OPEN, CLOSE = "AND", "OR", "NOT", "(", ")"
FIELD, WORD, PREFIX, QUOTED, RANGE, RAW = "field", "word", "prefix", "quoted", "range", "raw"
UNKNOWN_FIELD, UNSUPPORTED = "unknown field", "unsupported"

_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"', "'": "'", "”": "”"}

_FIELD = re.compile(rf"({'|'.join(FIELD_NAMES)}):(?=\S)", re.IGNORECASE)
_RANGE = re.compile(r"\[([^\[\]]*)(?:\]|$)")
_UNSUPPORTED = re.compile(
    r"(?<=[\"»”“])~\d+|(?<!\S)/(?=\s)|(?<=\w)~\d*(?!\S)|(?<=\w)[?*](?=\w)|(?<!\S)!(?=[\w«\"])"
)
"""Signs of the query language that are not understood yet."""

_RUN = re.compile(r"[^\s()«»“”„\"]+")
_UNKNOWN_FIELD = re.compile(r"([^\W\d_]{2,}):(?=[\w«\"])(?!//)")
_PREFIX = re.compile(r"([^\W_][\w'’-]*)\*$")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query: its kind, its value, and where it starts, in code points."""

    kind: str
    value: str
    position: int
    closed: bool = True


def lexemes(query: str) -> Iterator[Lexeme]:
    """The pieces of a query, in order; punctuation that means nothing is passed over.

    After the FIELD of a name or a date comes its value: QUOTED, RANGE, or RAW for all up to the
    next space.
    """
    russian_operators = not query.isupper()
    at, after_field = 0, False
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
            continue
        expecting_value, after_field = after_field, False
        if char in "()":
            yield Lexeme(char, char, at)
            at += 1
        elif match := _field_at(query, at):
            field = FIELD_NAMES[match[1].lower()]
            yield Lexeme(FIELD, field, at)
            at, after_field = match.end(), field not in TEXT_FIELDS
        elif char in _CLOSING and (quoted := _quoted(query, at)):
            yield quoted
            at += len(quoted.value) + 1 + quoted.closed
        elif expecting_value and (match := _RANGE.match(query, at)):
            yield Lexeme(RANGE, match[1], at, closed=match[0].endswith("]"))
            at = match.end()
        elif match := _UNSUPPORTED.match(query, at):
            yield Lexeme(UNSUPPORTED, match[0], at)
            at = match.end()
        elif char == "-" and _is_minus(query, at):
            yield Lexeme(NOT, char, at)
            at += 1
        elif not (match := _RUN.match(query, at)):
            at += 1
        elif expecting_value:
            yield Lexeme(RAW, match[0], at)
            at = match.end()
        else:
            run = match[0]
            operator = OPERATORS.get(run)
            if run == "|":
                operator = OR
            if operator and (russian_operators or run.isascii()):
                yield Lexeme(operator, run, at)
            elif not operator:
                if unknown := _UNKNOWN_FIELD.match(query, at):
                    yield Lexeme(UNKNOWN_FIELD, unknown[1], at)
                for sign in _UNSUPPORTED.finditer(query, at, match.end()):
                    yield Lexeme(UNSUPPORTED, sign[0], sign.start())
                yield from _words(run, at)
            at = match.end()


def _field_at(query: str, at: int) -> re.Match[str] | None:
    starts_word = at == 0 or not (query[at - 1].isalnum() or query[at - 1] == ":")
    return _FIELD.match(query, at) if starts_word else None


def _is_minus(query: str, at: int) -> bool:
    before = query[at - 1] if at else " "
    after = query[at + 1 : at + 2]
    return (
        (before.isspace() or before == "(") and bool(after) and not after.isspace() and after != "-"
    )


def _quoted(query: str, at: int) -> Lexeme | None:
    closing = _CLOSING[query[at]]
    ends = [end for mark in closing if (end := query.find(mark, at + 1)) >= 0]
    if ends:
        return Lexeme(QUOTED, query[at + 1 : min(ends)], at)
    if query[at] == "'":
        return None
    return Lexeme(QUOTED, query[at + 1 :], at, closed=False)


def _words(run: str, at: int) -> Iterator[Lexeme]:
    if match := _PREFIX.search(run):
        for token in tokens(run[: match.start()]):
            yield Lexeme(WORD, token.text, at + token.start)
        yield Lexeme(PREFIX, match[1], at + match.start())
        return
    if "|" in run:
        for piece in re.finditer(r"\||[^|]+", run):
            start = at + piece.start()
            if piece[0] == "|":
                yield Lexeme(OR, "|", start)
            else:
                yield from _words(piece[0], start)
        return
    for token in tokens(run):
        yield Lexeme(WORD, token.text, at + token.start)

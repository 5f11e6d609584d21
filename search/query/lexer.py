"""The lexer: a query string to lexemes with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.tokens import WORD as _WORD
from search.query.syntax import EXACTLY, FIELD_NAMES, OPERATORS, TEXT_FIELDS

AND, OR, NOT, OPEN, CLOSE = "AND", "OR", "NOT", "(", ")"
FIELD, QUOTED, DISTANCE, RANGE, RAW = "field", "quoted", "distance", "range", "raw"
WORD, EXACT, PREFIX, WILDCARD, FUZZY = "word", "exact", "prefix", "wildcard", "fuzzy"
EXACTLY_SIGN, SENTENCE = EXACTLY, "/"
UNKNOWN_FIELD, STRAY = "unknown field", "stray"

WORDS = (WORD, EXACT, PREFIX, WILDCARD, FUZZY)
"""The kinds of lexemes that are one word."""

_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"', "'": "'", "”": "”"}

_FIELD = re.compile(rf"({'|'.join(FIELD_NAMES)}):(?=\S)", re.IGNORECASE)
_RANGE = re.compile(r"\[([^\[\]]*)(?:\]|$)")
_EXACTLY = re.compile(rf"!(?=[«“„”\"'(-]|(?:{'|'.join(TEXT_FIELDS)}|заголовок|текст):\S)", re.I)
_SENTENCE = re.compile(r"(?<=\s)/(?=\s)")
_DISTANCE = re.compile(r"~(\d*)(?!\w)")
_OR = re.compile(r"\|+")
_STRAY = re.compile(r"\*(?=[\s)\w]|$)")

_RUN = re.compile(r"[^\s()«»“”„\"|]+")
_UNKNOWN_FIELD = re.compile(r"([^\W\d_]{2,}):(?=[\w«\"!])(?!//)")
_WORDS = re.compile(
    rf"""
    (?P<exact>(?<!\S)!)?
    (?P<word>{_WORD})
    (?P<without>(?:\\!?{_WORD})+)?
    (?P<wild>(?:(?<=[^\W\d_])[?*]+(?=[^\W\d_]){_WORD})*(?:(?<=\w)\*(?![*\w]))?)
    (?P<fuzzy>(?<=[^\W\d_]{{3}})~\d?(?![\w~]))?
    """,
    re.VERBOSE,
)


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
    next space. A DISTANCE follows the QUOTED that it belongs to.
    """
    russian_operators = not query.isupper()
    at, after_field, glued = 0, False, 0
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
            glued = at
        elif char in _CLOSING and (quoted := _quoted(query, at)):
            yield quoted
            at += len(quoted.value) + 1 + quoted.closed
            if match := _DISTANCE.match(query, at):
                yield Lexeme(DISTANCE, match[1], at)
                at = match.end()
        elif char == "-" and _is_minus(query, at, glued):
            yield Lexeme(NOT, "-", at)
            at, after_field = at + 1, expecting_value
        elif expecting_value and (match := _RANGE.match(query, at)):
            yield Lexeme(RANGE, match[1], at, closed=match[0].endswith("]"))
            at = match.end()
        elif expecting_value and (match := _RUN.match(query, at)):
            yield Lexeme(RAW, match[0], at)
            at = match.end()
        elif sign := _sign(query, at):
            yield sign
            at += len(sign.value)
            glued = at
        elif not (match := _RUN.match(query, at)):
            at += 1
        else:
            run = match[0]
            operator = OPERATORS.get(run)
            if operator and (russian_operators or run.isascii()):
                yield Lexeme(operator, run, at)
            elif not operator:
                if unknown := _UNKNOWN_FIELD.match(query, at):
                    yield Lexeme(UNKNOWN_FIELD, unknown[1], at)
                yield from words(run, at)
            at = match.end()


def words(text: str, at: int) -> Iterator[Lexeme]:
    """The words of a text that begins at a place of the query, each of one of the WORDS kinds;
    the value is the word as it is typed, without the sign of an EXACT one."""
    for match in _WORDS.finditer(text):
        start = at + match.start()
        word, without, wild, fuzzy = match.group("word", "without", "wild", "fuzzy")
        if without:
            yield Lexeme(WORD, word + without, start)
        elif wild:
            kind = WILDCARD if wild.strip("*") else PREFIX
            yield Lexeme(kind, word + wild if kind == WILDCARD else word, start)
        elif fuzzy:
            yield Lexeme(FUZZY, word + fuzzy, start)
        else:
            yield Lexeme(EXACT if match["exact"] else WORD, word, start)


def _field_at(query: str, at: int) -> re.Match[str] | None:
    starts_word = at == 0 or not (query[at - 1].isalnum() or query[at - 1] == ":")
    return _FIELD.match(query, at) if starts_word else None


def _sign(query: str, at: int) -> Lexeme | None:
    for kind, pattern in (
        (OR, _OR),
        (EXACTLY_SIGN, _EXACTLY),
        (SENTENCE, _SENTENCE),
        (STRAY, _STRAY),
    ):
        if match := pattern.match(query, at):
            return Lexeme(kind, match[0], at)
    return None


def _is_minus(query: str, at: int, glued: int) -> bool:
    """Whether a hyphen is a NOT; ``glued`` is where the last field or sign ended."""
    before = query[at - 1] if at else " "
    after = query[at + 1 : at + 2]
    return (
        (before.isspace() or before in "(|" or at == glued)
        and bool(after)
        and not after.isspace()
        and after != "-"
    )


def _quoted(query: str, at: int) -> Lexeme | None:
    closing = _CLOSING[query[at]]
    ends = [end for mark in closing if (end := query.find(mark, at + 1)) >= 0]
    if ends:
        return Lexeme(QUOTED, query[at + 1 : min(ends)], at)
    if query[at] == "'":
        return None
    return Lexeme(QUOTED, query[at + 1 :], at, closed=False)

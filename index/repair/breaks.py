"""Broken words: whether the hyphen at the end of a line belongs to the word.

Asked in this order: the shape of the halves, the rest of the text, the counts of news, the
dictionary, the way in which Russian builds compounds.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache

from index.morphology import Parse, fold, is_known, parses
from index.repair.frequencies import compounds
from index.repair.halves import LONGEST_WORD
from index.tokens import spelling, tokens

CACHED_BREAKS = 1 << 15
"""Distinct breaks whose answers are kept in memory."""

LONGEST_ENDING = 3
"""Letters at the end in which forms of one word may differ (Токаев, Токаевым)."""

SHORTEST_STEM = 4


class Break(Enum):
    """What becomes of a line break, and of a hyphen before it."""

    JOIN = auto()
    """Both go: ``Казах-`` ``стана``."""
    HYPHEN = auto()
    """The hyphen stays: ``Нур-`` ``Султане``."""
    APART = auto()
    """The hyphen stays, for a word that lacks its end: ``двух-`` ``и трёхэтажные``."""
    SPACE = auto()
    """No word was broken, only a sentence."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``sure`` says that the word is known to exist, from the text, the counts or the
    dictionary; otherwise it is the likelier reading of an unknown one."""

    outcome: Break
    sure: bool


class Words:
    """The words that stand unbroken in a text, in any form; read when first asked for."""

    def __init__(self, text: str):
        self._text = text

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(fold(spelling(token.text)) for token in tokens(self._text))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem for form in self._forms for stem in _stems(form, SHORTEST_STEM))

    def hold(self, word: str) -> bool:
        """Whether the text holds the word in this form."""
        return word in self._forms

    def hold_form_of(self, first: str, rest: str) -> bool:
        """Whether the text holds a word that differs from the two halves put together in its
        last letters only, and not in all of the second half."""
        shortest = max(SHORTEST_STEM, len(first) + 1)
        return any(stem in self._stems for stem in _stems(first + rest, shortest))


def _stems(form: str, shortest: int) -> Iterable[str]:
    shortest = max(len(form) - LONGEST_ENDING, len(form) // 2 + 1, shortest)
    return (form[:length] for length in range(shortest, min(len(form), LONGEST_WORD) + 1))


_CONNECTED = frozenset("и или либо".split())
_LATIN = re.compile("[A-Za-z]")
_PARTICLES = frozenset("то таки либо нибудь".split())
_TITLES = frozenset("муаллим ханум ханым оглы кызы бей эфенди сан".split())
_NUMERAL_STEM = re.compile(
    "(?:одно|двух?|тр[её]х|четырех|пяти|шести|семи|восьми|девяти|сорока|девяносто|сто|тысяче)"
    "|.*(?:дцати|десяти|сот)"
)
_WRITTEN_TOGETHER = frozenset(
    "ново старо древне обще высоко низко мало много средне широко узко глубоко легко тяжело "
    "трудно фото видео остро долго кратко полно равно разно право лево выше ниже вновь полу".split()
)
_WITH_HYPHEN = frozenset(
    "экс вице пресс обер унтер лейб мини макси топ веб онлайн интернет бизнес кое национал социал "
    "премьер генерал".split()
)
_OF_NAMES = frozenset("усть санкт".split())
_HALF_OF = "пол"
_HYPHENATES_HALF = "аеиоуыэюял"
_ADVERB = re.compile(".*(?:ому|ему|ски|цки|ьи)")
_LINKED = re.compile("(.{3,})[ое]")
_ADJECTIVES = ("ый", "ий", "ой", "ский")
_NEVER_COORDINATE = re.compile("(?:.*язычн|говорящ|.*центрич|насел[её]нн|.*летн|.*этажн).*")
_SUSPENDED = re.compile(".*[аеиоух]")
_FIRST_OF_MANY = 3
_SHORTEST = 4
_SHORTEST_CAPITALISED = 5


def decide(left: str, right: str, words: Words | None = None) -> Decision:
    """What becomes of the hyphen between two halves of a word: all but ``SPACE`` can be.

    ``left`` is the token before the hyphen, hyphens of its own included, ``right`` the one
    after the line break; ``words`` is the text that they come from.
    """
    left, right = spelling(left[-LONGEST_WORD:]), spelling(right[:LONGEST_WORD])
    if words:
        before, after = fold(left), fold(right)
        joined, hyphenated = before + after, f"{before}-{after}"
        forms = words.hold_form_of(before, after), words.hold_form_of(f"{before}-", after)
        if outcome := _by_shape(left, right):
            return Decision(outcome, forms[1] or _by_vocabulary(left, right) is outcome)
        if words.hold(joined) != words.hold(hyphenated):
            return Decision(Break.JOIN if words.hold(joined) else Break.HYPHEN, True)
        if forms[0] != forms[1] and not _by_vocabulary(left, right):
            return Decision(Break.JOIN if forms[0] else Break.HYPHEN, True)
    return _decide(left, right)


@lru_cache(CACHED_BREAKS)
def _decide(left: str, right: str) -> Decision:
    if outcome := _by_shape(left, right):
        return Decision(outcome, _by_vocabulary(left, right) is outcome)
    if outcome := _by_vocabulary(left, right):
        return Decision(outcome, True)
    return Decision(_by_formation(left, right), False)


def _by_shape(left: str, right: str) -> Break | None:
    last, first = left[-1:], right[:1]
    if last.isdigit() or first.isdigit():
        return Break.HYPHEN
    if bool(_LATIN.match(last)) != bool(_LATIN.match(first)):
        return Break.HYPHEN
    part = left.rpartition("-")[2]
    if part.isupper() and right.isupper():
        return None if len(part) > 1 else Break.HYPHEN
    if first.isupper() or (len(part) > 1 and part.isupper()):
        return Break.HYPHEN
    return None


def _by_vocabulary(left: str, right: str) -> Break | None:
    left, right = fold(left), fold(right)
    joined, hyphenated = left + right, f"{left}-{right}"
    news = compounds()
    if with_hyphen := news.hyphenated.get(hyphenated, 0):
        return Break.HYPHEN if with_hyphen > news.joined.get(hyphenated, 0) else Break.JOIN
    if is_known(hyphenated):
        return Break.HYPHEN
    head, _, part = left.rpartition("-")
    if is_known(joined):
        return Break.JOIN
    first, hyphen, _ = right.partition("-")
    if (head or hyphen) and len(part) > 1 and is_known(part + first):
        return Break.JOIN
    if right in _CONNECTED and (len(right) == 1 or _SUSPENDED.fullmatch(part)):
        return Break.APART
    return None


def _by_formation(left: str, right: str) -> Break:
    """The likelier reading of a word that is in no list."""
    capital = left[:1].isupper()
    left, right = fold(left.rpartition("-")[2]), fold(right)
    first = right.partition("-")[0]
    if len(left) < 2:
        return Break.HYPHEN
    if left == first or left in _OF_NAMES or (left in _WITH_HYPHEN and _common(first)):
        return Break.HYPHEN
    if _numeral(left) and _numeral(first):
        return Break.HYPHEN
    together = left in _WRITTEN_TOGETHER or _NUMERAL_STEM.fullmatch(left)
    if together or any(_prefix(parse).startswith(left) for parse in parses(left + right)):
        return Break.JOIN
    if left == _HALF_OF:
        return Break.HYPHEN if right[0] in _HYPHENATES_HALF else Break.JOIN
    hyphened = (
        (first in _PARTICLES and _common(left))
        or (right == "ка" and any(parse.tag.mood == "impr" for parse in _common(left)))
        or (left == "по" and _ADVERB.fullmatch(right) and is_known(right))
        or (capital and len(left) > 2 and first in _TITLES)
        or _is_compound(left, first, capital)
    )
    return Break.HYPHEN if hyphened else Break.JOIN


def _prefix(parse: Parse) -> str:
    """The prefix, written together, by which pymorphy2 understands a word, or nothing."""
    name, *values = parse.methods_stack[-1]
    known = type(name).__name__ == "KnownPrefixAnalyzer"
    return values[0] if known else ""


def _is_compound(left: str, right: str, capital: bool) -> bool:
    """Whether two halves make a compound of equal parts."""
    last = _common(right)
    if not last or min(len(left), len(right)) < 3:
        return False
    if (linked := _LINKED.fullmatch(left)) and last[0].tag.POS in ("ADJF", "ADJS", "ADVB"):
        relation = any(is_known(linked[1] + ending) for ending in _ADJECTIVES)
        coordinate = len(right) > _SHORTEST and not _NEVER_COORDINATE.fullmatch(right)
        return coordinate and (relation or _begins_compounds(left))
    shortest = _SHORTEST_CAPITALISED if capital else _SHORTEST
    if len(right) < shortest or (capital and len(left) < shortest):
        return False
    if _begins_compounds(left):
        return True
    return len(left) >= shortest and _agree(_common(left), last)


def _begins_compounds(part: str) -> bool:
    is_preposition = parses(part)[0].tag.POS == "PREP"
    return not is_preposition and compounds().firsts.get(part, 0) >= _FIRST_OF_MANY


def _numeral(word: str) -> bool:
    return any(parse.tag.POS == "NUMR" or "Anum" in parse.tag for parse in _common(word))


def _common(word: str) -> list[Parse]:
    """The readings that the dictionary has of a word, but for names and abbreviations."""
    if not is_known(word):
        return []
    readings = parses(word)
    return [r for r in readings if r.tag.POS != "NOUN" or not r.tag.grammemes & _NAMES]


def is_proper(word: str) -> bool:
    """Whether a word is written with a capital and the dictionary has no other use of it than
    as a name, if it has any."""
    return word[:1].isupper() and not _common(fold(word))


def _agree(first: Sequence[Parse], second: Sequence[Parse]) -> bool:
    """Whether two words can be a pair: nouns in one case, or the first one uninflected, or
    other words of the same form (сегодня-завтра, жив-здоров)."""
    cases, others = (
        {parse.tag.case for parse in readings if parse.tag.POS == "NOUN"}
        for readings in (first, second)
    )
    if cases and others and ("nomn" in cases or cases & others):
        return True
    return bool(
        {str(parse.tag) for parse in first if parse.tag.POS in _PAIRED}
        & {str(parse.tag) for parse in second}
    )


_PAIRED = frozenset(("ADVB", "ADJS", "VERB"))
_NAMES = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"))

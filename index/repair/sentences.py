"""Ends and beginnings of lines: whether a sentence goes on from one to the next."""

import re

from index.morphology import parses

SHORTEST_BODY = 60
"""Characters from which on a line without a full stop is running text, not a heading."""

LONGEST_HEADING = 150

_OPENING = "«„“\"'(["
_CLOSING = "»”“\"')]"
_TERMINAL = ".!?…:;"
_MARKER = re.compile(r"(?:[—–•*·▪■●-]|\(?(?:\d{1,2}|[а-яa-z])[.)])\s")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«])(?:г|гг|в|вв|тыс|млн|млрд|трлн|руб|коп|долл|кв|куб|чел|экз|т\. ?[едпк])\.$"
)
_BEFORE_NAME = re.compile(r"(?:^|[\s(«])(?:им|ул|пр|пл|пос|проф|акад|ст|тов|[А-ЯЁ])\.$")
_LAST_WORD = re.compile(r"[а-яё]+$")
_LOOKED_AT = 40


def ends_sentence(line: str) -> bool:
    """Whether a sentence, or what introduces a list, ends with the line."""
    return line.rstrip(_CLOSING)[-1:] in _TERMINAL and not _ABBREVIATION.search(line[-_LOOKED_AT:])


def expects_more(line: str) -> bool:
    """Whether the line cannot be the end of anything: it ends in a comma, a preposition, a
    conjunction, an initial or an abbreviation that stands before names."""
    end = line[-_LOOKED_AT:]
    if end.endswith(",") or _BEFORE_NAME.search(end):
        return True
    word = _LAST_WORD.search(end)
    if not word or (word.start() and not end[word.start() - 1].isspace()):
        return False
    return parses(word.group())[0].tag.POS in ("PREP", "CONJ")


def is_function_word(word: str) -> bool:
    """Whether a word is a preposition, conjunction, particle, pronoun or adverb."""
    return parses(word)[0].tag.POS in ("PREP", "CONJ", "PRCL", "NPRO", "ADVB")


def continues(line: str) -> bool:
    """Whether the line begins like the middle of a sentence: with a small Cyrillic letter."""
    first = line.lstrip(_OPENING)[:1]
    return ("а" <= first <= "я" or first == "ё") and not is_marked(line)


def is_marked(line: str) -> bool:
    """Whether the line begins with a dash, a bullet or a number, as items and speeches do."""
    return bool(_MARKER.match(line))


def is_heading(text: str) -> bool:
    """Whether a block of text can be a headline: it is short, has a letter, begins with a
    capital, a number or a quotation, and is complete without a full stop."""
    return (
        len(text) <= LONGEST_HEADING
        and any(map(str.isalpha, text))
        and not continues(text)
        and not is_marked(text)
        and text.rstrip(_CLOSING)[-1:] not in ".…:;—–-"
        and text.count("«") == text.count("»")
        and not expects_more(text)
    )


def is_body(text: str) -> bool:
    """Whether the beginning of a paragraph is running text."""
    return len(text) >= SHORTEST_BODY or ". " in text

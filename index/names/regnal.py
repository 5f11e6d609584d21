"""Numbers of rulers and popes: Николай II, Екатерина Вторая."""

import re
from functools import lru_cache

from index.morphology import CACHED_FORMS, fold, parses

ROMAN = re.compile(r"[IVX]{1,5}$")

ORDINALS = """
 первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый одиннадцатый
 двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый
 девятнадцатый двадцатый
""".split()
NUMERALS = """
 I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX
""".split()
_NUMBERS = dict(zip(ORDINALS, NUMERALS))
_BEGINNING = 3
_BEGINNINGS = frozenset(ordinal[:_BEGINNING] for ordinal in ORDINALS)


def regnal_number(word: str) -> str:
    """The Roman number that a word in any case writes; empty if it writes none.

    >>> regnal_number("Вторую"), regnal_number("XIV"), regnal_number("Пятых")
    ('II', 'XIV', '')
    """
    if word.isascii():
        return word if ROMAN.match(word) else ""
    return _ordinal_number(word.lower()) if fold(word)[:_BEGINNING] in _BEGINNINGS else ""


@lru_cache(CACHED_FORMS)
def _ordinal_number(word: str) -> str:
    found = (parse for parse in parses(word) if parse.tag.number == "sing")
    return next(filter(None, (_NUMBERS.get(fold(p.normal_form)) for p in found)), "")


def is_regnal_number(word: str) -> bool:
    """Whether a word may be the number of a ruler: II, Второй."""
    return word[:1].isupper() and regnal_number(word) != ""


def is_ordinal(word: str) -> bool:
    """Whether it is one that declines."""
    return is_regnal_number(word) and not ROMAN.match(word)

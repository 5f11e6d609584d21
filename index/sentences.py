"""Words and the borders of sentences between them, in one pass over a text.

>>> words_and_borders("Прибыл А. Петров. Встреча в г. Баку!")
['Прибыл', 'А', '. ', 'Петров', '. ', 'Встреча', 'в', 'г', '. ', 'Баку']
>>> [ends_nothing(word) for word in ("А", "Петров", "г")]
[True, False, True]
"""

import re

from index.tokens import MARKED, PLAIN_WORD, WORD

_QUOTES_AND_DASHES = r"[«„“\"'(\[—–-]"
_BORDER = rf"[.!?…;]+[»”\"')\]]*\s+(?={_QUOTES_AND_DASHES}*\s*[А-ЯЁA-Z0-9«„“\"])|\n\s*\n\s*|\n"
_PLAIN = re.compile(rf"{PLAIN_WORD}|{_BORDER}")
_MARKED = re.compile(rf"{WORD}|{_BORDER}")

ABBREVIATIONS = frozenset(
    "г гг ул пр просп пл пер д кв корп стр оф им св т тов ст гл п пп рис табл см ср напр др "
    "пос с дер обл р н в вв чел руб коп тыс млн млрд трлн проф акад доц канд докт инж зам "
    "зав нач ген полк подп майор кап лейт сост ред изд вып ок мин сек час экз уч ф и о".split()
)
"""Words after which a full stop ends no sentence, in lower case."""


def words_and_borders(text: str) -> list[str]:
    """The words of a text (those of ``index.tokens``) and, in their places, the marks that may
    end a sentence: strings that begin with no letter and no digit."""
    return (_MARKED if MARKED.search(text) else _PLAIN).findall(text)


def is_mark(piece: str) -> bool:
    """Whether a piece of ``words_and_borders`` is a mark and not a word."""
    return not piece[0].isalnum()


def ends_nothing(word: str) -> bool:
    """Whether a full stop after the word belongs to it (an initial or an abbreviation), so that
    it ends no sentence; every other mark ends one."""
    return (len(word) == 1 and word.isupper()) or word in ABBREVIATIONS

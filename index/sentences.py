"""Where sentences end, told from the pieces of a text between white space.

>>> bool(role("Петров.", "Петров") & ENDS), bool(role("А.", "А") & ENDS)
(True, False)
"""

import re

LINE_BREAK = "\0"
"""The piece that stands for a line break."""

ENDS, BEGINS, PASSES, BREAKS = 1, 2, 4, 8
"""What a piece does for sentences: it ends one if the next piece can begin one; it can begin
one; it leaves that to the piece after it (a dash); it ends one in any case (a line break)."""

ABBREVIATIONS = frozenset(
    "г гг ул пр просп пл пер д кв корп стр оф им св т тов ст гл п пп рис табл см ср напр др "
    "пос с дер обл р н в вв чел руб коп тыс млн млрд трлн проф акад доц канд докт инж зам "
    "зав нач ген полк подп майор кап лейт сост ред изд вып ок мин сек час экз уч ф и о".split()
)
"""Words after which a full stop ends no sentence, in lower case."""

_QUOTES_AND_DASHES = r"[«„“\"'(\[—–-]"
_END = re.compile(r"[.!?…;]+[»”\"')\]]*$")
_BEGINNING = re.compile(rf"{_QUOTES_AND_DASHES}*[А-ЯЁA-Z0-9«„“\"]")
_NOTHING_ELSE = re.compile(rf"{_QUOTES_AND_DASHES}+")


def role(piece: str, last_word: str | None) -> int:
    """What a piece, whose last word is given, does for sentences: a sum of ENDS, BEGINS, PASSES
    and BREAKS. The full stop of an initial or an abbreviation ends nothing."""
    if piece == LINE_BREAK:
        return BREAKS
    end = _END.search(piece)
    ends = bool(end) and not (end[0] == "." and last_word and _takes_full_stop(last_word))
    if _BEGINNING.match(piece):
        return BEGINS | ends * ENDS
    return ends * ENDS | bool(_NOTHING_ELSE.fullmatch(piece)) * PASSES


def _takes_full_stop(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or word in ABBREVIATIONS

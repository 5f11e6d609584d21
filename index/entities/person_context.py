"""What the words around a name say of its case and gender."""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.entities.roles import is_kin
from index.morphology import CACHED_FORMS, parses
from index.names.paradigms import (
    ACC,
    ANY,
    CASES,
    DAT,
    EITHER,
    FEMININE,
    GEN,
    INS,
    LOC,
    MASCULINE,
    NOM,
)
from index.names.person import Hint, readings, weigh

PREPOSITIONS = {
    **dict.fromkeys(
        "у от ото из для без безо до после около против ради вместо кроме среди из-за возле"
        " насчёт насчет относительно".split(), GEN),
    **dict.fromkeys("к ко согласно вопреки благодаря навстречу".split(), DAT),
    **dict.fromkeys("по".split(), DAT),
    **dict.fromkeys("с со".split(), INS | GEN),
    **dict.fromkeys("над под между перед за".split(), INS | ACC),
    **dict.fromkeys("о об обо при".split(), LOC),
    **dict.fromkeys("в во на".split(), ACC | LOC),
    **dict.fromkeys("про через сквозь".split(), ACC),
}  # fmt: skip

SPEECH = frozenset(
    """
 сказать говорить заявить заявлять сообщить сообщать отметить отмечать подчеркнуть подчёркивать
 добавить пояснить объяснить рассказать уточнить считать полагать утверждать признать признаться
 ответить напомнить заметить заверить указать констатировать написать писать предложить выступить
 стать являться занять победить выиграть прибыть приехать родиться возглавить умереть скончаться
 """.split()
)
"""Verbs that stand before their subject: «заявила Иванова»."""

COMPARING = frozenset("и или ни как чем либо словно будто".split())
"""Conjunctions that may join words in any case; the others open a clause."""

GENDERS = {"masc": MASCULINE, "femn": FEMININE}
OPENING = Hint(NOM, strength=3.0)
"""Before a name that opens a sentence or a line there is nothing that it could depend on."""

OBLIQUE = Hint(ANY & ~NOM, strength=4.0)
"""Before a verb in the plural one person is no subject: «Марку Рюкерту вручили премию»."""

UNGOVERNED = Hint(NOM, strength=2.0)
"""After a comma, a quotation mark or a bracket a name mostly depends on nothing either."""

DASH = re.compile(r"\s[—–-]\s")
SENTENCE_START = re.compile(r"(?:^|[.!?…\n•(][«\"“„\s]*)$")
WORD_END = re.compile(r"(?:[^\W\d_]|-)*\Z")
LONGEST_WORD = 40
IN_ROW = re.compile(r"(?:\W(?:и|или|да)|,)[ \u00a0](?:\w+[ \u00a0])?$", re.IGNORECASE)
"""What shows that a name before a verb may be one of several subjects, with one word between at
the most: «посол и его советник Иванов прибыли»."""

NEXT_WORD = re.compile(r"[ \u00a0]([^\W\d_]+)")


def word_before(text: str, start: int) -> str:
    """The word that a single space parts from what starts here, or nothing.

    >>> word_before("визит (премьера Иванова)", 16)
    'премьера'
    """
    if start < 2 or text[start - 1] not in " \u00a0" or not text[start - 2].isalpha():
        return ""
    word = text[max(0, start - LONGEST_WORD) : start - 1].split()[-1]
    return word if word.isalpha() else WORD_END.search(word).group()


def hints(text: str, start: int, stop: int) -> Iterator[Hint]:
    """What the words right before and right after a name say of it."""
    word = word_before(text, start)
    if word:
        before = _word_before(word.lower())
    else:
        before = OPENING if SENTENCE_START.search(text, max(0, start - 4), start) else UNGOVERNED
    match = NEXT_WORD.match(text, stop, stop + 32)
    if match is not None:
        after = _word_after(match.group(1).lower())
        if after is OBLIQUE and IN_ROW.search(text, max(0, start - LONGEST_WORD), start):
            after = None
    else:
        after = OPENING if DASH.match(text, stop, stop + 4) else None
    if before is not None and not (after is OBLIQUE and before in (OPENING, UNGOVERNED)):
        yield before
    if after is not None:
        yield after


def coordinated(surface: str, hints: tuple[Hint, ...]) -> Hint | None:
    """What a name says of the case of another that «и» or a comma joins to it."""
    options = sorted(((weigh(reading, hints), reading.cases) for reading in readings(surface)),
                     key=lambda option: -option[0])  # fmt: skip
    best, cases = options[0]
    if cases == ANY or any(4 * weight > best and other != cases for weight, other in options[1:]):
        return None
    return Hint(cases, strength=4.0)


@lru_cache(CACHED_FORMS)
def _word_before(word: str) -> Hint | None:
    if word in PREPOSITIONS:
        return Hint(PREPOSITIONS[word], strength=8.0)
    best = parses(word)[0]
    if best.tag.POS == "NOUN":
        if "inan" in best.tag:
            return Hint(GEN, strength=3.0)
        return Hint(GEN, strength=2.0) if is_kin(word) else None
    if best.tag.POS == "VERB" and best.tag.number == "sing":
        strength = 6.0 if best.normal_form in SPEECH else 3.0 if "intr" in best.tag else 1.3
        return Hint(NOM, GENDERS.get(str(best.tag.gender), EITHER), strength)
    if best.tag.POS == "CONJ" and word not in COMPARING:
        return Hint(NOM, strength=3.0)
    if best.tag.POS == "ADJF" and best.tag.number == "sing":
        return _adjective(word)
    return None


def _adjective(word: str) -> Hint:
    """«известная Ванга»: an adjective before a name shares its case and gender."""
    cases, genders = 0, set()
    for parse in parses(word):
        if parse.tag.POS == "ADJF" and parse.tag.number == "sing":
            cases |= CASES.get(str(parse.tag.case), 0)
            genders.add(GENDERS.get(str(parse.tag.gender), EITHER))
    genders.discard(EITHER)
    return Hint(cases, genders.pop() if len(genders) == 1 else EITHER, 3.0)


@lru_cache(CACHED_FORMS)
def _word_after(word: str) -> Hint | None:
    best = parses(word)[0].tag
    if best.POS not in ("VERB", "PRTS", "ADJS") or best.gender == "neut":
        return None
    if best.number == "plur":
        return OBLIQUE
    gender = GENDERS.get(str(best.gender), EITHER)
    return Hint(NOM, gender, 10.0 if gender else 6.0)

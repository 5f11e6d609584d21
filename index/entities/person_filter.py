"""What the tagger takes for a person and is none: words that are no names, eponyms, plurals."""

import re
from functools import lru_cache

from index.entities.role_nouns import EPONYM_HEADS
from index.entities.roles import is_role
from index.morphology import CACHED_FORMS, fold, parses
from index.names.declension import DAT, GEN, GIVEN, PATRONYMIC, SURNAME, is_known
from index.names.person import readings

PLURAL = re.compile(r"(?:(?:ов|ев|ёв|ин|ын)(?:ы|ых|ыми)|(?:ск|цк)(?:ие|их|им|ими))$")
"""A surname of several people at once, or an adjective made of it."""

NAMES = frozenset((GIVEN, PATRONYMIC, SURNAME))
PLACES_AND_BODIES = frozenset(("Geox", "Orgn"))
SENTENCE_START = re.compile(r"(?:^|[.!?…\n•][«\"“„\s]*)$")
BEFORE = re.compile(r"(?:^|[^\w-])([^\W\d_]+(?:-[^\W\d_]+)*)\.?(?:[ \u00a0]([^\W\d_]+(?:-[^\W\d_]+)*)\.?)?[ \u00a0]$")
ABBREVIATED_HEADS = frozenset("ул пл пр просп пер им наб о-в св ст бул".split())
LONGEST_ACRONYM = 5
SHORTEST_ROOT = 5


def is_eponym(text: str, start: int, stop: int) -> bool:
    """Whether the name only names a street, a hospital, an award or the like."""
    match = BEFORE.search(text, max(0, start - 48), start)
    if match is None or not _may_depend(text[start:stop]):
        return False
    first, second = match.groups()
    if _is_eponym_head((second or first).lower()):
        return True
    return bool(second) and _is_eponym_head(first.lower()) and is_role(second)


def _may_depend(name: str) -> bool:
    """Whether a name may stand in the genitive or the dative."""
    options = readings(name)
    return any(
        reading.cases & (GEN | DAT) for reading in options if 3 * reading.weight > options[0].weight
    )


def is_place(name: str) -> bool:
    """Whether words in capitals are a place's name without its hyphen: Коста Рика."""
    joined = name.replace(" ", "-").lower()
    return is_known(joined) and any("Geox" in parse.tag for parse in parses(joined))


@lru_cache(CACHED_FORMS)
def _is_eponym_head(word: str) -> bool:
    if word in ABBREVIATED_HEADS:
        return True
    best = parses(word)[0]
    return best.tag.POS == "NOUN" and fold(best.normal_form) in EPONYM_HEADS


def is_doubtful(text: str, start: int, stop: int) -> bool:
    """Whether a lone word is no name of a person unless another mention says so."""
    word = text[start:stop]
    if text[stop : stop + 1].isdigit() or re.match(r"[-–]\d", text[stop : stop + 2]):
        return True
    if text[start - 1 : start] in ("«", '"', "“", "„") and text[stop : stop + 1] in ("»", '"', "”", "“"):
        return True
    if word.isupper() and len(word) <= LONGEST_ACRONYM:
        around = text[max(0, start - 20) : start] + text[stop : stop + 20]
        return any(letter.islower() for letter in around)
    kind = _kind(word)
    if kind == "common":
        return SENTENCE_START.search(text, max(0, start - 4), start) is not None
    return kind == "none"


@lru_cache(CACHED_FORMS)
def _kind(word: str) -> str:
    """``name``, ``none`` (no name of a person), or ``common`` (a noun that a surname can be)."""
    lower = word.lower()
    if PLURAL.search(lower) or is_role(word):
        return "none"
    found = parses(lower)
    if not is_known(word):
        return "none" if _is_compound(lower) else "name"
    if any(NAMES & _grammemes(parse) for parse in found):
        return "name"
    if any(PLACES_AND_BODIES & _grammemes(parse) for parse in found):
        return "none"
    if all(parse.tag.POS not in ("NOUN", "ADJF") for parse in found):
        return "none"
    return "common"


def _grammemes(parse) -> frozenset[str]:
    return parse.tag.grammemes


def _is_compound(word: str) -> bool:
    """Whether an unknown word is a common noun with something before it: рыб-охраны."""
    for cut in (2, 3, 4, 5):
        root = word[cut:]
        if len(root) < SHORTEST_ROOT:
            return False
        if is_known(root):
            best = parses(root)[0].tag
            if best.POS == "NOUN" and "inan" in best and not NAMES & best.grammemes:
                return True
    return False

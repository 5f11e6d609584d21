"""Names compared: may two of them be names of one person?"""

import re
from functools import lru_cache

from index.morphology import CACHED_FORMS, fold
from index.names.particles import SURNAME_PARTICLES
from index.names.parts import PersonName
from index.names.patronymics import patronymic_key
from index.names.regnal import regnal_number

SHORTENED = 4
"""Letters from which on the beginning of a given name is that name: Алекс, Раймон."""

DOUBLED = re.compile(r"(\w)\1+")


@lru_cache(CACHED_FORMS)
def key(part: str) -> str:
    """A part of a name as it is compared: without case, ё, э, doubled letters and particles.

    >>> key("Пинелла") == key("Пинела"), key("Жан-Мари") == key("Жан Мари")
    (True, True)
    """
    words = fold(part).replace("э", "е").replace("-", " ").split()
    while len(words) > 1 and words[0] in SURNAME_PARTICLES:
        words.pop(0)
    return DOUBLED.sub(r"\1", " ".join(words))


def compatible(one: PersonName, other: PersonName) -> bool:
    """Whether both may be names of one person: nothing in one contradicts the other.

    Initials agree with names, a given name with its beginning (Алекс, Александр); of several
    given names some may be left out, beside initials not the first; a half of a double surname
    is enough; a ruler has a number and no surname. Two names that share no part (a given name
    here, a surname there) are not compatible.
    """
    if one.gender and other.gender and one.gender != other.gender:
        return False
    if one.surname and other.surname and not _same_surname(one.surname, other.surname):
        return False
    if _is_ruler(one) and other.surname or _is_ruler(other) and one.surname:
        return False
    full = one.given and one.surname and other.given and other.surname
    if one.suffix != other.suffix and (full or one.suffix and other.suffix):
        if not regnal_number(one.suffix) or regnal_number(one.suffix) != regnal_number(
            other.suffix
        ):
            return False
    mine, theirs = one.patronymic, other.patronymic
    if mine and theirs and patronymic_key(mine) != patronymic_key(theirs):
        return False
    initials = bool(one.initials or other.initials)
    mine, theirs = _first_names(one, initials), _first_names(other, initials)
    if not mine or not theirs:
        return bool(one.surname and other.surname or one.patronymic and other.patronymic)
    if initials and not _agree(mine[0], theirs[0]):
        return False
    if _is_patronymic_open(one, other) or _is_patronymic_open(other, one):
        return True
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    eastern = one.surname_first or other.surname_first
    if len(theirs) == 1 and not eastern and _is_short_for(*mine, *theirs):
        return True
    rest = iter(theirs)
    return all(any(_agree(name, option) for option in rest) for name in mine)


def _is_ruler(name: PersonName) -> bool:
    """Whether a number stands where others have a surname: Александр II is no Александр Сомов."""
    return bool(regnal_number(name.suffix)) and not name.surname


def _same_surname(one: str, other: str) -> bool:
    one, other = key(one), key(other)
    return one == other or one in other.split() or other in one.split()


def _is_patronymic_open(short: PersonName, long: PersonName) -> bool:
    """Whether the second initial may be that of a patronymic which the other name leaves out:
    «К. К. Токаев» beside «Касым-Жомарт Токаев»."""
    two = len(short.initials) == 2 and not short.given
    return two and "-" in long.given and not long.patronymic


def _first_names(name: PersonName, with_patronymic: bool) -> list[str]:
    words = [*key(name.given).split(), *(part for one in name.initials for part in one.split("-"))]
    return [*words, name.patronymic] if with_patronymic and name.patronymic else words


def _agree(one: str, other: str) -> bool:
    if one.endswith(".") or other.endswith("."):
        one, other = key(one.rstrip(".")), key(other.rstrip("."))
        return one.startswith(other) or other.startswith(one)
    return key(one) == key(other)


def _is_short_for(one: str, other: str) -> bool:
    short, long = sorted((key(one), key(other)), key=len)
    return len(short) >= SHORTENED and long.startswith(short)

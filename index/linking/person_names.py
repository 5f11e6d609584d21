"""A person's name as linking compares it."""

import re
from functools import lru_cache
from typing import NamedTuple

from index.linking.spelling import CACHED_NAMES
from index.morphology import CACHED_FORMS, fold
from index.names.particles import PATRONYMIC_ENDING, SURNAME_PARTICLES
from index.names.parts import given_and_surname, take_apart
from index.names.patronymics import patronymic_key
from index.names.regnal import regnal_number

PARSED = re.compile(r"[а-я .-]+|(?:[^\W\d_]|[ .,'’-])+")
LONGEST = 80
"""Code points of what is still a person's name."""

ROMAN = re.compile(r"\b[IVX][ivx]*\b")
LETTERS = re.compile(r"[^\W\d_]+")


class Parts(NamedTuple):
    """A name's parts, folded. ``given`` are the words of the given name, ``more`` what stands
    between it and the surname (patronymic as ``patronymic_key`` has it, initials with their full
    stops), ``initials`` the letters of each initial of a name without a given name."""

    surname: str
    given: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    initials: tuple[tuple[str, ...], ...] = ()
    suffix: str = ""

    @property
    def fullness(self) -> int:
        """How much the name says, below 1 << 14: words of the given name, letters between it and
        the surname, initials, surname."""
        more = min(len("".join(self.more)), 127)
        given, initials = min(len(self.given), 7), min(len(self.initials), 7)
        return ((given << 7 | more) << 3 | initials) << 1 | bool(self.surname)


@lru_cache(CACHED_NAMES)
def parts(spelt: str) -> Parts | None:
    """The parts of a spelling (see ``index.linking.spelling``); None where neither a surname nor
    a given name with a patronymic can be told, so that the name is compared as a whole.

    >>> parts("тукумов эркин") == parts("эркин тукумов")
    True
    """
    if len(spelt) > LONGEST or not PARSED.fullmatch(spelt):
        return None
    written = ROMAN.sub(_upper, spelt.title()) if "i" in spelt or "v" in spelt else spelt.title()
    if plain := given_and_surname(written):
        given, surname = plain
        return Parts(surname.lower(), (given.lower(),))
    name = take_apart(written).name
    if not name.surname and not (name.given and name.patronymic):
        return None
    surname = _surname(name.surname)
    patronymic = _patronymic(name.patronymic) if name.patronymic else ()
    if name.given:
        letters = tuple(map(fold, name.initials)) if name.initials else ()
        more = letters + patronymic if letters else patronymic
        return Parts(surname, _given(name.given), more, (), name.suffix)
    return Parts(surname, (), patronymic, _initials(name.initials), name.suffix)


def whole(spelt: str) -> str:
    """The spelling of a name that is compared as a whole, a ruler's number in figures.

    >>> whole("екатерина вторая")
    'екатерина ii'
    """
    first, _, last = spelt.rpartition(" ")
    number = regnal_number(last.title()) if first and len(last) <= LONGEST else ""
    return f"{first} {number.lower()}" if number else spelt


def _upper(match: re.Match[str]) -> str:
    return match.group().upper()


@lru_cache(CACHED_FORMS)
def _surname(surname: str) -> str:
    words = fold(surname).replace("-", " ").split()
    while len(words) > 1 and words[0] in SURNAME_PARTICLES:
        del words[0]
    return " ".join(words)


@lru_cache(CACHED_FORMS)
def _patronymic(patronymic: str) -> tuple[str, ...]:
    return (patronymic_key(patronymic),)


@lru_cache(CACHED_FORMS)
def _initials(initials: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(LETTERS.findall(fold(initial))) for initial in initials)


@lru_cache(CACHED_FORMS)
def _given(given: str) -> tuple[str, ...]:
    return tuple(fold(given).replace("-", " ").split())


def less_specific(spelt: str) -> list[str]:
    """The spellings with less in them of a spelling that has a given name: given name and
    surname, initials and surname, the surname, given name and patronymic.

    >>> less_specific("иван ильич котов")
    ['иван котов', 'и. и. котов', 'иван ильич', 'и. котов', 'котов']
    """
    words = spelt.split()
    if not 2 <= len(words) <= 3 or "." in spelt:
        return []
    if len(words) == 3 and PATRONYMIC_ENDING.search(words[2]):
        words = [*words[1:], words[0]]
    given, *patronymic, surname = words
    initials = ["-".join(f"{part[:1]}." for part in given.split("-"))]
    short = [[*initials, surname], [surname]]
    if patronymic and PATRONYMIC_ENDING.search(patronymic[0]):
        full = [*initials, f"{patronymic[0][0]}.", surname]
        short = [[given, surname], full, [given, *patronymic], *short]
    elif patronymic:
        return []
    return [" ".join(one) for one in short]


def is_less(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether ``one`` (``Parts.more``) says less than ``other`` and nothing else."""
    if one == other or len(one) > len(other):
        return False
    return all(_begins(short, long) for short, long in zip(one, other))


def fits(short: Parts, person: Parts) -> bool:
    """Whether a surname, with initials or without, may be that of a person with this surname
    and a given name.

    >>> fits(parts("к.-ж. токаев"), parts("касым-жомарт токаев"))
    True
    """
    if short.suffix and short.suffix != person.suffix:
        return False
    if short.more and person.more and not _agree(short.more[-1], person.more[-1]):
        return False
    if not short.initials:
        return True
    first, *rest = short.initials
    if len(first) > len(person.given) or not _all_begin(first, person.given):
        return False
    unused = person.given[len(first) :]
    letters = [letter for initial in rest for letter in initial]
    return any(_all_begin(letters, following) for following in (unused + person.more, person.more))


def new_initial(short: Parts, person: Parts) -> str:
    """The first letter of a patronymic that a name with initials gives to a person whom it fits
    and whose patronymic is not known; empty if it gives none."""
    if person.more:
        return ""
    if short.more:
        return short.more[-1][0]
    first, *rest = short.initials
    unused = person.given[len(first) :]
    letters = [letter for initial in rest for letter in initial]
    if _all_begin(letters, unused):
        letters = letters[len(unused) :]
    return letters[0] if letters else ""


def _begins(short: str, long: str) -> bool:
    return short == long or short.endswith(".") and long.startswith(short.rstrip("."))


def _agree(one: str, other: str) -> bool:
    return _begins(one, other) or _begins(other, one)


def _all_begin(letters, words) -> bool:
    """Whether each word begins with its letter; what has no word is not known to differ."""
    return all(word.startswith(letter) for letter, word in zip(letters, words))

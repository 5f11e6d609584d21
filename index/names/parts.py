"""A person's name taken apart: which word is the given name, the patronymic, the surname."""

import re
from functools import lru_cache
from typing import NamedTuple

from index.morphology import CACHED_FORMS, fold
from index.names.declension import likelihood
from index.names.eastern import eastern_surname, is_eastern_surname
from index.names.paradigms import EITHER, GIVEN, PATRONYMIC, SURNAME
from index.names.particles import (
    EASTERN_SURNAMES,
    GENERATION,
    GENERATIONS,
    PATRONYMIC_ENDING,
    PATRONYMIC_PARTICLES,
    SURNAME_ENDING,
    SURNAME_PARTICLES,
    TURKIC_PATRONYMIC,
)
from index.names.regnal import ROMAN, is_ordinal, regnal_number

NAME_TOKEN = re.compile(r"[^\W\d_]+(?:[-‐‑’'ʼ`][^\W\d_]+)*\.?(?:-[^\W\d_]\.)?")
INITIAL = re.compile(r"[^\W\d_]\.?(?:-[^\W\d_]\.?)?$|[^\W\d_][^\W\d_A-ZА-ЯЁ]{1,2}\.$")
LETTERS = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile("[Ѐ-ӿ]")
PLAIN = re.compile("[А-Яа-яЁё .-]*")
PLAIN_WORD = re.compile("[А-ЯЁ][а-яё]+")
PARTICLES = PATRONYMIC_PARTICLES | SURNAME_PARTICLES
LOOKALIKES = str.maketrans("ABCEHKMOPTXaceopxyi", "АВСЕНКМОРТХасеорхуі")
NICKNAME = re.compile(r"(?<=\s)[«\"“][^»\"”]*[»\"”]\s")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0301]")


class PersonName(NamedTuple):
    """A name in parts, each as it is to be written; parts that are not there are empty.

    ``initials`` are written with their full stops (``("К.-Ж.",)`` is one), ``gender`` is ``m``,
    ``f`` or empty where the name does not tell, ``surname_first`` says that the surname stands
    first by custom (Ким Чен Ын). ``suffix`` is «младший», «Jr» or a ruler's number as the text
    writes it.
    """

    given: str = ""
    patronymic: str = ""
    surname: str = ""
    suffix: str = ""
    initials: tuple[str, ...] = ()
    gender: str = EITHER
    surname_first: bool = False

    @property
    def canonical(self) -> str:
        """The name as it is shown: «К.-Ж. Токаев», «Ким Чен Ын», «Джордж Буш-младший»."""
        parts = [self.given, *self.initials, self.patronymic]
        parts = [self.surname, *parts] if self.surname_first else [*parts, self.surname]
        name = " ".join(filter(None, parts))
        if not self.suffix:
            return name
        return f"{name}{'-' if self.suffix in GENERATIONS.values() else ' '}{self.suffix}"

    def __str__(self) -> str:
        return self.canonical


class Parts(NamedTuple):
    """A name with the words of its given names and of its surname apart."""

    name: PersonName
    given: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()


def clean(surface: str) -> str:
    """The name without invisible characters and a nickname in quotation marks, and with
    look-alike Latin letters of a Cyrillic word replaced.

    >>> clean("Cергей") == "Сергей"
    True
    """
    if PLAIN.fullmatch(surface):
        return surface
    surface = NICKNAME.sub("", INVISIBLE.sub("", surface))
    if surface.isascii() or not CYRILLIC.search(surface):
        return surface
    return " ".join(
        word.translate(LOOKALIKES) if CYRILLIC.search(word) else word for word in surface.split()
    )


@lru_cache(CACHED_FORMS)
def split(surface: str) -> Parts:
    """The parts of a name, each in the case in which it stands, remembered."""
    return take_apart(surface)


def take_apart(surface: str) -> Parts:
    """The parts of a name, each in the case in which it stands."""
    if plain := given_and_surname(surface):
        given, surname = plain
        return Parts(PersonName(given, "", surname), (given,), (surname,))
    surface = clean(surface)
    tokens = NAME_TOKEN.findall(surface)
    words: list[str] = []
    initials: list[str] = []
    patronymic = suffix = ""
    for number, token in enumerate(tokens):
        last = number == len(tokens) - 1 and words != []
        generation = GENERATION.search(token)
        if generation and (number or generation.start()):
            suffix = GENERATIONS[(generation.group(1) or generation.group(2)).lower()]
            token = token[: generation.start()]
            if token:
                words.append(_titled(token))
        elif words and fold(token) in PATRONYMIC_PARTICLES:
            patronymic = f"{words.pop()} {token.lower()}"
        elif (
            last
            and ROMAN.match(token.rstrip("."))
            and len(words) < 3
            and (not token.endswith(".") or CYRILLIC.search(surface))
        ):
            suffix = token.rstrip(".")
        elif last and not initials and is_ordinal(token) and is_given(words[-1]):
            suffix = token
        elif len(tokens) > 1 and _is_initial(token, words):
            initials.append("-".join(f"{part}." for part in LETTERS.findall(token)))
        else:
            words.append(_titled(token.rstrip(".")))
    name = PersonName(patronymic=patronymic, suffix=suffix, initials=tuple(initials))
    if len(words) == len(initials) == 1 and INITIAL.match(tokens[-1]) and _is_only_given(words[0]):
        given, surname, name = words, initials, name._replace(initials=())
    elif words:
        given, surname, name = _arrange(words, name)
    elif patronymic:
        given, surname = [], []
    else:
        given, surname, name = [], [" ".join(tokens) or surface.strip()], PersonName()
    whole = PersonName(
        " ".join(given),
        name.patronymic,
        " ".join(surname),
        name.suffix,
        name.initials,
        name.gender,
        name.surname_first,
    )
    return Parts(whole, tuple(given), tuple(surname))


def given_and_surname(surface: str) -> tuple[str, str] | None:
    """The given name and the surname of a name that can be nothing but two such words; None for
    others, which ``take_apart`` looks into."""
    first, _, second = surface.partition(" ")
    if not (_is_plain(first) and _is_plain(second)):
        return None
    return (second, first) if _is_swapped(first, second) else (first, second)


@lru_cache(CACHED_FORMS)
def _is_plain(word: str) -> bool:
    """Whether a word, beside another such one, is nothing but a given name or a surname."""
    if not PLAIN_WORD.fullmatch(word):
        return False
    folded = fold(word)
    return not (
        folded in PARTICLES
        or PATRONYMIC_ENDING.search(folded)
        or GENERATION.match(folded)
        or is_eastern_surname(folded)
        or regnal_number(word)
    )


def _is_initial(token: str, words: list[str]) -> bool:
    if not token[0].isupper() or INITIAL.match(token) is None:
        return False
    # «Ван И» is a surname and a given name of one letter
    return not (len(token) == 1 and words and fold(words[0]) in EASTERN_SURNAMES)


def _titled(word: str) -> str:
    if len(word) == 1 or not word.isupper():
        return word
    return LETTERS.sub(lambda part: part.group().capitalize(), word)


def _arrange(words: list[str], name: PersonName) -> tuple[list[str], list[str], PersonName]:
    """(given names, surname, name): which word is what, by its kind and by the order."""
    if regnal_number(name.suffix) and not name.initials and not _is_only_surname(words[-1]):
        return words, [], name
    bare = not name.patronymic and not name.initials
    surname = eastern_surname(words) if bare else None
    if surname:
        return words[1:], [surname], name._replace(surname_first=True)
    for number, word in enumerate(words[:-1]):
        if fold(word) in SURNAME_PARTICLES:
            return words[:number], words[number:], name
    if len(words) == 1:
        return _alone(words, name)
    if not name.patronymic:
        number = _patronymic_place(words, alone=not name.initials)
        if number:
            name = name._replace(patronymic=words[number])
            before, after = words[:number], words[number + 1 :]
            return (before, after, name) if after else (before[-1:], before[:-1], name)
    if len(words) == 2 and _is_swapped(*words):
        return words[1:], words[:1], name
    return words[:-1], words[-1:], name


def _alone(words: list[str], name: PersonName) -> tuple[list[str], list[str], PersonName]:
    """A single word: a surname beside initials or «младший», a given name before a patronymic,
    else by kind."""
    (word,) = words
    if name.initials or name.suffix:
        return [], words, name
    if name.patronymic:
        return words, [], name
    if _is_only_patronymic(word):
        return [], [], name._replace(patronymic=word)
    if likelihood(word, GIVEN) > likelihood(word, SURNAME):
        return words, [], name
    return [], words, name


def _patronymic_place(words: list[str], alone: bool) -> int:
    """The number of the word that is a patronymic, 0 if none is («Роман Абрамович»)."""
    for number, word in enumerate(words):
        if not number or PATRONYMIC_ENDING.search(word.lower()) is None:
            continue
        if number < len(words) - 1:
            return number
        after_given = len(words) > 2 and (is_given(words[1]) or _is_only_surname(words[0]))
        if after_given or alone and _is_only_patronymic(word):
            return number
    return 0


def is_given(word: str) -> bool:
    """Whether the dictionary knows the word, or a half of it, as a given name in some case."""
    if "-" in word:
        return any(map(is_given, word.split("-")))
    return likelihood(word, GIVEN) > 0


def _is_only_given(word: str) -> bool:
    return likelihood(word, GIVEN) > 0 and not looks_like_surname(word)


@lru_cache(CACHED_FORMS)
def looks_like_surname(word: str) -> bool:
    """Whether the dictionary or the ending says that the word is a surname."""
    return likelihood(word, SURNAME) > 0 or SURNAME_ENDING.search(word.lower()) is not None


def _is_only_surname(word: str) -> bool:
    return looks_like_surname(word) and not is_given(word)


def _is_only_patronymic(word: str) -> bool:
    if TURKIC_PATRONYMIC.search(word):
        return True
    return likelihood(word, PATRONYMIC) > 0 and not likelihood(word, SURNAME)


def _is_swapped(first: str, second: str) -> bool:
    """Whether two words are a surname and a given name, in this order."""
    return (
        looks_like_surname(first)
        and not is_given(first)
        and is_given(second)
        and likelihood(second, SURNAME) <= likelihood(second, GIVEN)
    )

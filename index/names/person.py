"""A person's name: taken apart, put into the nominative, written in one way, compared.

>>> str(nominative("Фарида Шафиева"))
'Фарид Шафиев'
>>> str(parse("Тукумов Э.А."))
'Э. А. Тукумов'
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from index.morphology import CACHED_FORMS, fold
from index.names.declension import (
    ACC,
    ANY,
    DAT,
    EITHER,
    FEMININE,
    GEN,
    GIVEN,
    INS,
    LOC,
    MASCULINE,
    NOM,
    PATRONYMIC,
    SURNAME,
    Form,
    forms,
    is_known,
    likelihood,
)
from index.names.particles import (
    ARTICLES,
    CHINESE_GIVEN,
    EASTERN_SURNAMES,
    GENERATIONS,
    ONE_SYLLABLE,
    PATRONYMIC_ENDING,
    PATRONYMIC_PARTICLES,
    ROMAN,
    SURNAME_PARTICLES,
)

CASE_WEIGHTS = {NOM: 0.5, GEN: 0.2, INS: 0.1, DAT: 0.08, ACC: 0.08, LOC: 0.04}
"""How often a name stands in a case, when nothing around it tells."""

WOMEN = 0.5
"""How often a person in the news is a woman, against a man."""

DISAGREEMENT = 0.02
"""What is left of a reading's weight when its words do not agree in case and gender."""

VOWEL_FINAL = re.compile("[оеи]$")

WRONG_GENDER = 0.03
"""What is left of a reading's weight when the context asks for the other gender."""

PLAUSIBLE = 0.02
"""A reading is plausible from this share of the best one's weight on."""

OTHER_KIND = 0.2
"""What a lone given name weighs as a surname, and the reverse."""

MOST_READINGS = 10
MOST_PARTIAL = 24

NAME_TOKEN = re.compile(r"[^\W\d_]+(?:[-‐‑’'ʼ`][^\W\d_]+)*\.?(?:-[^\W\d_]\.)?")
INITIAL = re.compile(r"[^\W\d_]\.?(?:-[^\W\d_]\.?)?$|[^\W\d_][^\W\d_A-ZА-ЯЁ]{1,2}\.$")
CYRILLIC = re.compile("[Ѐ-ӿ]")
LOOKALIKES = str.maketrans("ABCEHKMOPTXaceopxyi", "АВСЕНКМОРТХасеорхуі")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0301]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts, each as it is to be written; parts that are not there are empty.

    ``initials`` hold one element a letter (``("К.-Ж.",)`` is one), ``gender`` is ``m``, ``f``
    or empty where the name does not tell, ``surname_first`` says that the order of the parts
    is the name's own (Ким Чен Ын).
    """

    given: str = ""
    patronymic: str = ""
    surname: str = ""
    suffix: str = ""
    initials: tuple[str, ...] = ()
    gender: str = EITHER
    surname_first: bool = False

    def __str__(self) -> str:
        parts = [self.given, *self.initials, self.patronymic]
        parts = [self.surname, *parts] if self.surname_first else [*parts, self.surname]
        return " ".join(part for part in [*parts, self.suffix] if part)

    @property
    def fullness(self) -> int:
        """How much of the name is there: a word counts for more than an initial."""
        words = sum(bool(part) for part in (self.given, self.patronymic, self.surname))
        return 8 * words + 2 * len(self.initials) + len(self.given.split()) + bool(self.suffix)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name that may stand in an oblique case: the nominative, the cases
    that it can be in (a bit mask), and the weight of this reading among the others."""

    name: PersonName
    cases: int
    weight: float


def clean(surface: str) -> str:
    """The name without invisible characters, and with look-alike Latin letters of a Cyrillic
    word replaced.

    >>> clean("Cергей") == "Сергей"
    True
    """
    surface = INVISIBLE.sub("", surface)
    if surface.isascii() or not CYRILLIC.search(surface):
        return surface
    return " ".join(
        word.translate(LOOKALIKES) if CYRILLIC.search(word) else word for word in surface.split()
    )


def parse(surface: str) -> PersonName:
    """The parts of a name, each in the case in which it stands."""
    return _parts(surface).name


@dataclass(frozen=True, slots=True)
class Hint:
    """What the words around a name say: the cases (a bit mask) and the gender that they ask
    for, and the factor by which they favour a reading that agrees."""

    cases: int = ANY
    gender: str = EITHER
    strength: float = 6.0

    def favour(self, reading: Reading) -> float:
        """The factor by which this hint changes a reading's weight."""
        if not reading.cases & self.cases:
            return 1 / self.strength
        if self.gender and reading.name.gender and self.gender != reading.name.gender:
            return WRONG_GENDER
        return 1.0


def nominative(surface: str, hints: Iterable[Hint] = ()) -> PersonName:
    """The name in the nominative, its parts agreeing in gender, its context heard."""
    hints = tuple(hints)
    return max(readings(surface), key=lambda reading: weigh(reading, hints)).name


def weigh(reading: Reading, hints: Iterable[Hint]) -> float:
    """A reading's weight in its context."""
    weight = reading.weight
    for hint in hints:
        weight *= hint.favour(reading)
    return weight


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name split into words: what :func:`readings` inflects."""

    name: PersonName
    given: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()


def _title(word: str) -> str:
    if len(word) > 1 and word.isupper() and not word.endswith("."):
        return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
    return word


def _is_initial(token: str) -> bool:
    return INITIAL.match(token) is not None and token[0].isupper()


def _spell_initial(token: str) -> str:
    letters = re.findall(r"[^\W\d_]+", token)
    return "-".join(f"{letter}." for letter in letters)


def is_given(word: str) -> bool:
    """Whether the dictionary knows the word, or a half of it, as a given name in some case."""
    return any(likelihood(part, GIVEN) > 0 for part in word.split("-"))


def _is_patronymic(word: str) -> bool:
    return PATRONYMIC_ENDING.search(word.lower()) is not None


def _only_patronymic(word: str) -> bool:
    if TURKIC_PATRONYMIC.search(word):
        return True
    return (
        _is_patronymic(word) and likelihood(word, PATRONYMIC) > 0 and not likelihood(word, SURNAME)
    )


def looks_like_surname(word: str) -> bool:
    """Whether the dictionary or the ending says that the word is a surname."""
    return likelihood(word, SURNAME) > 0 or re.search(
        r"(?:ов|ев|ёв|ин|ын|ск|цк)(?:а|у|ым|ой|ий|ого|ому|им|ая|ую|ом)?$"
        r"|(?:ко|дзе|швили|ян|яна|яну|яном|[ыи]х|чук|юк)$",
        word.lower(),
    ) is not None  # fmt: skip


def eastern_surname(words: list[str]) -> str | None:
    """The surname in the nominative if the words are a Chinese, Korean or Vietnamese name."""
    first, rest = fold(words[0]), [fold(word) for word in words[1:]]
    if not rest or len(rest) > 3:
        return None
    *middle, last = rest
    if not rest[1:]:
        fit = any(map(CHINESE_GIVEN.match, _undeclined(last)))
    else:
        fit = all(map(ONE_SYLLABLE.match, middle)) and any(
            map(_is_eastern_given, _undeclined(last))
        )
    if not fit:
        return None
    if first in EASTERN_SURNAMES:
        return words[0]
    stem = next((stem for stem in _undeclined(first) if stem in EASTERN_SURNAMES), None)
    return words[0][: len(stem)] if stem and len(rest) > 1 else None


def _undeclined(word: str) -> list[str]:
    """The word itself and what is left without a case ending of the second declension."""
    return [word] + [
        word[: -len(ending)]
        for ending in _MASCULINE_ENDINGS
        if word.endswith(ending) and word[-len(ending) - 1 : -len(ending)] not in _VOWELS
    ]


_MASCULINE_ENDINGS = {"а": GEN | ACC, "у": DAT, "ом": INS, "е": LOC}


@lru_cache(CACHED_FORMS)
def _parts(surface: str) -> _Parts:
    tokens = NAME_TOKEN.findall(clean(surface))
    if len(tokens) > 1 and ROMAN.match(surface.split()[-1]):
        tokens[-1] = surface.split()[-1]
    initials: list[str] = []
    words: list[str] = []
    suffix = ""
    patronymic = ""
    for position, token in enumerate(tokens):
        bare = fold(token.rstrip("."))
        if bare in PATRONYMIC_PARTICLES and words:
            patronymic = f"{words.pop()} {token.lower()}"
        elif bare in GENERATIONS and position == len(tokens) - 1 and words:
            suffix = GENERATIONS[bare]
        elif ROMAN.match(token) and position == len(tokens) - 1 and words and len(words) < 3:
            suffix = token
        elif _is_initial(token) and len(tokens) > 1 and not (
            len(token) == 1 and position and fold(words[0] if words else "") in EASTERN_SURNAMES
        ):
            initials.append(_spell_initial(token.upper() if len(token) == 1 else token))
        else:
            words.append(_title(token.rstrip(".")))
    if not words:
        if patronymic:
            return _Parts(PersonName(patronymic=patronymic))
        whole = " ".join(tokens) or surface.strip()
        return _Parts(PersonName(surname=whole), surname=(whole,))
    name = PersonName(patronymic=patronymic, suffix=suffix, initials=tuple(initials))
    given, surname, name = _arrange(words, name)
    name = replace(name, given=" ".join(given), surname=" ".join(surname))
    return _Parts(name, tuple(given), tuple(surname))


def _arrange(words: list[str], name: PersonName) -> tuple[list[str], list[str], PersonName]:
    """(given names, surname, name): which word is what, by kind and by order."""
    if name.suffix and ROMAN.match(name.suffix) and not name.initials:
        return words, [], name
    particle = next(
        (i for i, word in enumerate(words[:-1]) if fold(word) in SURNAME_PARTICLES), None
    )
    if not name.patronymic and not name.initials:
        eastern = eastern_surname(words)
        if eastern:
            return words[1:], [eastern], replace(name, surname_first=True)
    if particle is not None:
        return words[:particle], words[particle:], name
    if not name.patronymic and len(words) > 1:
        middle = next((i for i, w in enumerate(words) if i and _is_patronymic(w)), None)
        if middle is not None and (
            middle < len(words) - 1
            or len(words) > 2 and (_only_patronymic(words[middle]) or is_given(words[1]))
            or len(words) == 2 and not name.initials and _only_patronymic(words[middle])
        ):  # fmt: skip
            name = replace(name, patronymic=words[middle])
            before, after = words[:middle], words[middle + 1 :]
            if after:
                return before, after, name
            return before[-1:], before[:-1], name
    if len(words) == 1:
        word = words[0]
        if name.patronymic or name.initials:
            return ([], words, name) if name.initials else (words, [], name)
        if _only_patronymic(word):
            return [], [], replace(name, patronymic=word)
        if likelihood(word, GIVEN) > likelihood(word, SURNAME):
            return words, [], name
        return [], words, name
    if name.patronymic and len(words) == 2 and _swapped(words):
        return words[1:], words[:1], name
    if len(words) == 2 and _swapped(words):
        return words[1:], words[:1], name
    if name.initials and len(words) == 2 and not is_given(words[0]) and is_known(words[0]):
        return [], words, name
    return words[:-1], words[-1:], name


def _swapped(words: list[str]) -> bool:
    """Whether two words are surname and given name, in this order."""
    first, second = words
    return (
        is_given(second)
        and not likelihood(second, SURNAME) > likelihood(second, GIVEN)
        and not is_given(first)
        and looks_like_surname(first)
    )


@lru_cache(CACHED_FORMS)
def readings(surface: str) -> tuple[Reading, ...]:
    """All plausible readings of a name in some case, the likeliest first."""
    parts = _parts(surface)
    found = _readings(parts)
    other = _other_kind(parts)
    if other is not None:
        found += [
            replace(reading, weight=OTHER_KIND * reading.weight) for reading in _readings(other)
        ]
    found.sort(key=lambda reading: (-reading.weight, str(reading.name)))
    return tuple(found[:MOST_READINGS])


@lru_cache(CACHED_FORMS)
def possible_cases(surface: str) -> int:
    """The cases (a bit mask) that a name can stand in, by its plausible readings."""
    options = readings(surface)
    cases = 0
    for reading in options:
        if reading.weight >= PLAUSIBLE * options[0].weight:
            cases |= reading.cases
    return cases


def _other_kind(parts: _Parts) -> _Parts | None:
    """A lone given name read as a surname, a lone surname as a given name."""
    name = parts.name
    words = parts.given + parts.surname
    if name.patronymic or name.initials or name.suffix or len(words) != 1:
        return None
    return _Parts(
        replace(name, given=name.surname, surname=name.given), parts.surname, parts.given
    )


def _readings(parts: _Parts) -> list[Reading]:
    name = parts.name
    beam: list[tuple[tuple[str, ...], str, int, float]] = [((), EITHER, ANY, 1.0)]
    slots = [
        (_inflect(word, GIVEN, name) if not number else _genderless(_inflect(word, GIVEN, name)), GIVEN)
        for number, word in enumerate(parts.given)
    ]
    if name.patronymic:
        slots.append((_patronymic(name.patronymic), PATRONYMIC))
    slots += [
        (_fixed(word) if i < len(parts.surname) - 1 or name.surname_first
         else _inflect(word, SURNAME, name), SURNAME)
        for i, word in enumerate(parts.surname)
    ]  # fmt: skip
    for options, kind in slots:
        if kind == SURNAME and VOWEL_FINAL.search(name.given):
            options = tuple(map(_vowel_final, options))
        beam = _extend(beam, options)
    result = []
    for lemmas, gender, cases, weight in beam:
        split = len(parts.given)
        given = " ".join(lemmas[:split])
        patronymic = lemmas[split] if name.patronymic else ""
        surname = " ".join(lemmas[split + bool(name.patronymic) :])
        prior = _prior(cases) * (WOMEN if gender == FEMININE else 1.0)
        result.append(
            Reading(
                replace(name, given=given, patronymic=patronymic, surname=surname, gender=gender),
                cases,
                weight * prior,
            )
        )
    return result


def _vowel_final(form: Form) -> Form:
    """Where given names end in -о, -е, -и (Фелипе, Синдзи), surnames often end in -а too."""
    if form.lemma[-1] == "а" and not form.gender:
        return replace(form, weight=max(form.weight, 0.25))
    return form


@lru_cache(ANY + 1)
def _prior(cases: int) -> float:
    """How often a name stands in one of these cases; what does not decline counts as NOM."""
    if cases & NOM:
        return CASE_WEIGHTS[NOM]
    return sum(weight for case, weight in CASE_WEIGHTS.items() if case & cases)


def _extend(beam, options: tuple[Form, ...]):
    grown = []
    for lemmas, gender, cases, weight in beam:
        for form in options:
            agreed = cases & form.cases
            factor = 1.0 if agreed else DISAGREEMENT
            if gender and form.gender and gender != form.gender:
                factor *= DISAGREEMENT
            grown.append(
                (
                    (*lemmas, form.lemma),
                    gender or form.gender,
                    agreed or cases,
                    weight * form.weight * factor,
                )
            )
    grown.sort(key=lambda item: (-item[3], item[0]))
    return grown[:MOST_PARTIAL]


def _genderless(options: tuple[Form, ...]) -> tuple[Form, ...]:
    """A second given name says nothing of the gender: Жан Мари, Карл Мария."""
    return tuple(replace(form, gender=EITHER) for form in options)


def _fixed(word: str) -> tuple[Form, ...]:
    return (Form(word, EITHER, ANY, 1.0),)


def _patronymic(word: str) -> tuple[Form, ...]:
    *_, last = word.split()
    if last in PATRONYMIC_PARTICLES:
        feminine = last in ("кызы", "гызы", "кзы")
        return (Form(word, FEMININE if feminine else MASCULINE, ANY, 1.0),)
    return forms(word, PATRONYMIC)


def _inflect(word: str, kind: str, name: PersonName) -> tuple[Form, ...]:
    if name.surname_first:
        return _eastern_given(word, last=name.given.split()[-1] == word)
    if not CYRILLIC.search(word):
        return _fixed(word)
    head, hyphen, tail = word.rpartition("-")
    if not hyphen:
        return forms(word, kind)
    if fold(head) in ARTICLES:
        return tuple(
            Form(f"{head}-{form.lemma}", form.gender, form.cases, form.weight)
            for form in forms(tail, kind)
        )
    return _hyphenated(head, tail, kind)


def _hyphenated(head: str, tail: str, kind: str) -> tuple[Form, ...]:
    """Forms of a double name: the last part declines, the first one too if it shows a case."""
    options = _inflect(head, kind, PersonName())
    first = [form for form in options if form.lemma != head and len(form.lemma) >= SHORTEST_FIRST]
    known = kind == GIVEN and is_given(head)
    if kind == GIVEN and not known:
        first = []
    lead = options[0].gender if known else EITHER
    result = []
    for form in forms(tail, kind):
        gender = lead or form.gender
        result.append(Form(f"{head}-{form.lemma}", gender, form.cases, 0.4 * form.weight))
        for other in first:
            cases = form.cases & other.cases & ~NOM
            agree = known or not (form.gender and other.gender and form.gender != other.gender)
            if cases and agree:
                weight = min(1.0, other.weight) * form.weight
                gender = other.gender or form.gender
                result.append(Form(f"{other.lemma}-{form.lemma}", gender, cases, weight))
    result.sort(key=lambda form: (-form.weight, form.lemma))
    return tuple(result[:10])


def _eastern_given(word: str, last: bool) -> tuple[Form, ...]:
    """A given name after its surname: only the last word declines, and only a man's."""
    if not last:
        return _fixed(word)
    lower = fold(word)
    result = []
    for ending, cases in _MASCULINE_ENDINGS.items():
        stem = lower[: -len(ending)]
        if lower.endswith(ending) and stem and stem[-1] not in _VOWELS and _is_eastern_given(stem):
            result.append(Form(word[: len(stem)], MASCULINE, cases, 2.0))
    own = ANY if lower[-1] in _VOWELS else NOM
    return (*result, Form(word, EITHER, own, 0.1 if result else 1.0))


def _is_eastern_given(word: str) -> bool:
    return ONE_SYLLABLE.match(word) is not None or CHINESE_GIVEN.match(word) is not None


_VOWELS = frozenset("аоуыэеёиюя")


def compatible(one: PersonName, other: PersonName) -> bool:
    """Whether both may be names of one person: nothing in one contradicts the other."""
    if one.gender and other.gender and one.gender != other.gender:
        return False
    if one.surname and other.surname and not _same_surname(one.surname, other.surname):
        return False
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    if one.patronymic and other.patronymic and not _same_patronymic(one, other):
        return False
    initials = bool(one.initials or other.initials)
    mine, theirs = _first_names(one, initials), _first_names(other, initials)
    if not mine or not theirs:
        return bool(one.surname and other.surname)
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    if len(theirs) == 1 and _is_short_for(*mine, *theirs):
        return True
    rest = iter(theirs)
    return all(any(_agree(name, option) for option in rest) for name in mine)


@lru_cache(CACHED_FORMS)
def key(part: str) -> str:
    """A part of a name as it is compared: without case, ё, э, doubled letters and particles.

    >>> key("Бузакка") == key("Бузака"), key("Жан-Мари") == key("Жан Мари")
    (True, True)
    """
    words = fold(part).replace("э", "е").replace("-", " ").split()
    while len(words) > 1 and words[0] in SURNAME_PARTICLES:
        words.pop(0)
    return DOUBLED.sub(r"\1", " ".join(words))


SHORTEST_FIRST = 4
"""Letters from which on the first half of a double name declines: not Тер-, Кара-, Бонч-."""

SHORTENED = 4
"""Letters from which on the beginning of a given name is that name: Алекс, Раймон."""

TURKIC_PATRONYMIC = re.compile("...(?:улы|ұлы|кызы|қызы|гызы)$")
DOUBLED = re.compile(r"(\w)\1+")


def _same_patronymic(one: PersonName, other: PersonName) -> bool:
    """«Рашид кызы» and «Рашидовна» are the same father's name."""
    mine, theirs = key(one.patronymic).split(), key(other.patronymic).split()
    if len(mine) != len(theirs):
        return mine[0].startswith(theirs[0]) or theirs[0].startswith(mine[0])
    return mine == theirs


def _same_surname(one: str, other: str) -> bool:
    one, other = key(one), key(other)
    return one == other or one in other.split() or other in one.split()


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

"""A person's name read: every nominative that it may be a form of, with its weight.

The words of a name agree in case and gender: «Ивана Петрова» is a man in the genitive, though
each word alone might be a woman's.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from index.morphology import CACHED_FORMS, fold
from index.names.declension import Form, forms, ordinal_forms
from index.names.eastern import given_forms
from index.names.paradigms import (
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
)
from index.names.particles import ARTICLES, PATRONYMIC_PARTICLES
from index.names.parts import CYRILLIC, Parts, PersonName, is_given, split
from index.names.regnal import is_ordinal, regnal_number

CASE_WEIGHTS = {NOM: 0.5, GEN: 0.2, INS: 0.1, DAT: 0.08, ACC: 0.08, LOC: 0.04}
"""How often a name stands in a case, when nothing around it tells."""

WOMEN = 0.5
"""How often a person in the news is a woman, against a man."""

QUEENS = 0.1
"""The same of rulers: Карла III is Карл in the genitive before she is Карла."""

DISAGREEMENT = 0.02
"""What is left of a reading's weight when its words do not agree in case and gender."""

WRONG_GENDER, OTHER_GENDER = 0.03, 0.3
"""What is left of a reading's weight when the context asks for the other gender: in the case
that it asks for, and in another."""

PLAUSIBLE = 0.05
"""A reading is plausible from this share of the best one's weight on."""

IN_CAPITALS = re.compile(r"^[^\W\d_a-zа-яё]{3,}[ \u00a0]?(?:[А-ЯЁ]\.|[А-ЯЁ][а-яё])")
LISTED = 4.0
"""How much likelier the nominative is for a surname in capitals before the rest of the name."""

OTHER_KIND = 0.2
"""What a lone given name weighs as a surname, and the reverse."""

MOST_READINGS = 10
MOST_PARTIAL = 24
MOST_FORMS = 10

IN_A_AFTER_A_VOWEL = 0.25
VOWEL_FINAL = re.compile("...[оеи]$")
"""Where given names end in -о, -е, -и (Фелипе, Синдзи), surnames often end in -а too."""

UNDECLINED_FIRST = 0.4
"""What a double name weighs whose first part does not decline."""

SHORTEST_FIRST = 4
"""Letters from which on the first half of a double name declines: not Тер-, Кара-, Бонч-."""


class Reading(NamedTuple):
    """One way to read a name that may stand in an oblique case: the nominative, the cases
    that it can be in (a bit mask), and the weight of this reading among the others."""

    name: PersonName
    cases: int
    weight: float


class Hint(NamedTuple):
    """What the words around a name say: the cases (a bit mask) and the gender that they ask
    for, and the factor by which they favour a reading that agrees."""

    cases: int = ANY
    gender: str = EITHER
    strength: float = 6.0

    def favour(self, reading: Reading) -> float:
        """The factor by which this hint changes a reading's weight."""
        conflict = self.gender and reading.name.gender and self.gender != reading.name.gender
        if reading.cases & self.cases:
            return WRONG_GENDER if conflict else 1.0
        return (OTHER_GENDER if conflict else 1.0) / self.strength


def weigh(reading: Reading, hints: Iterable[Hint]) -> float:
    """A reading's weight in its context."""
    weight = reading.weight
    for hint in hints:
        weight *= hint.favour(reading)
    return weight


@lru_cache(CACHED_FORMS)
def readings(surface: str) -> tuple[Reading, ...]:
    """All plausible readings of a name in some case, the likeliest first."""
    parts = split(surface)
    in_capitals = IN_CAPITALS.search(surface) is not None
    drafts = _agreed(parts, 1.0, in_capitals)
    other = _other_kind(parts)
    if other is not None:
        drafts += _agreed(other, OTHER_KIND, in_capitals)
    if len(drafts) > MOST_READINGS:
        drafts.sort(key=lambda draft: -draft[0])
        least = drafts[MOST_READINGS - 1][0]
        drafts = [draft for draft in drafts if draft[0] >= least]
    found = [_reading(*draft) for draft in drafts]
    found.sort(key=lambda reading: (-reading.weight, reading.name.canonical))
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


def _other_kind(parts: Parts) -> Parts | None:
    """A lone given name read as a surname, a lone surname as a given name."""
    name = parts.name
    words = parts.given + parts.surname
    if name.patronymic or name.initials or name.suffix or len(words) != 1:
        return None
    return Parts(name._replace(given=name.surname, surname=name.given), parts.surname, parts.given)


def _agreed(parts: Parts, share: float, in_capitals: bool) -> list[tuple]:
    """What the readings of a name whose words have these parts are made of, the weight first.

    A surname ``in_capitals`` before the rest of the name is one in a list, in the nominative.
    """
    partial = [((), EITHER, ANY, 1.0)]
    for options in _slots(parts):
        partial = _extended(partial, options)
    drafts = []
    for lemmas, gender, cases, weight in partial:
        women = QUEENS if regnal_number(parts.name.suffix) else WOMEN
        weight = share * (weight * _prior(cases) * (women if gender == FEMININE else 1.0))
        weight *= LISTED if in_capitals and cases & NOM else 1.0
        drafts.append((weight, parts, lemmas, gender, cases))
    return drafts


def _reading(
    weight: float, parts: Parts, lemmas: tuple[str, ...], gender: str, cases: int
) -> Reading:
    name, n_given = parts.name, len(parts.given)
    n_before = n_given + bool(name.patronymic)
    nominative = PersonName(
        given=" ".join(lemmas[:n_given]),
        patronymic=" ".join(lemmas[n_given:n_before]),
        surname=" ".join(lemmas[n_before : n_before + len(parts.surname)]),
        suffix=lemmas[-1] if is_ordinal(name.suffix) else name.suffix,
        initials=name.initials,
        gender=gender,
        surname_first=name.surname_first,
    )
    return Reading(nominative, cases, weight)


def _slots(parts: Parts) -> Iterable[tuple[Form, ...]]:
    """The readings of each word of a name, in the order given name, patronymic, surname."""
    name = parts.name
    for number, word in enumerate(parts.given):
        if name.surname_first:
            last = number == len(parts.given) - 1
            yield given_forms(word) if last else _fixed(word)
        else:
            # a second given name says nothing of the gender: Жан Мари, Карл Мария
            options = _inflected(word, GIVEN)
            yield _genderless(options) if number else options
    if name.patronymic:
        yield _patronymic(name.patronymic)
    for number, word in enumerate(parts.surname):
        if name.surname_first or number < len(parts.surname) - 1:
            yield _fixed(word)
        elif VOWEL_FINAL.search(name.given):
            yield tuple(map(_after_vowel, _inflected(word, SURNAME)))
        else:
            yield _inflected(word, SURNAME)
    if is_ordinal(name.suffix):
        yield ordinal_forms(name.suffix)


def _extended(partial, options: tuple[Form, ...]):
    """Every partial name with every reading of its next word, the likeliest ones."""
    grown = []
    for lemmas, gender, cases, weight in partial:
        for lemma, own_gender, own_cases, own_weight in options:
            agreed = cases & own_cases
            factor = 1.0 if agreed else DISAGREEMENT
            if gender and own_gender and gender != own_gender:
                factor *= DISAGREEMENT
            grown.append(
                (
                    (*lemmas, lemma),
                    gender or own_gender,
                    agreed or cases,
                    weight * own_weight * factor,
                )
            )
    grown.sort(key=lambda one: (-one[3], one[0]))
    return grown[:MOST_PARTIAL]


@lru_cache(ANY + 1)
def _prior(cases: int) -> float:
    """How often a name stands in one of these cases; what does not decline counts as NOM."""
    if cases & NOM:
        return CASE_WEIGHTS[NOM]
    return sum(weight for case, weight in CASE_WEIGHTS.items() if case & cases)


def _after_vowel(form: Form) -> Form:
    if form.lemma[-1] == "а" and not form.gender:
        return form._replace(weight=max(form.weight, IN_A_AFTER_A_VOWEL))
    return form


def _genderless(options: tuple[Form, ...]) -> tuple[Form, ...]:
    return tuple(form._replace(gender=EITHER) for form in options)


def _fixed(word: str) -> tuple[Form, ...]:
    return (Form(word, EITHER, ANY, 1.0),)


def _patronymic(word: str) -> tuple[Form, ...]:
    *_, last = word.split()
    if last in PATRONYMIC_PARTICLES:
        feminine = last in ("кызы", "гызы", "кзы")
        return (Form(word, FEMININE if feminine else MASCULINE, ANY, 1.0),)
    return forms(word, PATRONYMIC)


def _inflected(word: str, kind: str) -> tuple[Form, ...]:
    if not CYRILLIC.search(word):
        return _fixed(word)
    head, hyphen, tail = word.rpartition("-")
    if not hyphen:
        return forms(word, kind)
    if fold(head) in ARTICLES:
        return tuple(form._replace(lemma=f"{head}-{form.lemma}") for form in forms(tail, kind))
    return _double(head, tail, kind)


def _double(head: str, tail: str, kind: str) -> tuple[Form, ...]:
    """Forms of a double name: the last part declines, the first one too if it shows a case."""
    options = _inflected(head, kind)
    known = kind == GIVEN and is_given(head)
    lead = options[0].gender if known else EITHER
    declined = [
        form
        for form in options
        if form.lemma != head and len(form.lemma) >= SHORTEST_FIRST and (known or kind == SURNAME)
    ]
    nominative = any(form.lemma == head and form.cases & NOM for form in options)
    undeclined = UNDECLINED_FIRST if nominative else DISAGREEMENT
    result = []
    for form in forms(tail, kind):
        lemma, gender = f"{head}-{form.lemma}", lead or form.gender
        result.append(Form(lemma, gender, form.cases, undeclined * form.weight))
        for first in declined:
            cases = form.cases & first.cases & ~NOM
            genders = {form.gender, first.gender} - {EITHER}
            if cases and (known or len(genders) < 2):
                lemma, gender = f"{first.lemma}-{form.lemma}", first.gender or form.gender
                result.append(Form(lemma, gender, cases, min(1.0, first.weight) * form.weight))
    result.sort(key=lambda form: (-form.weight, form.lemma))
    return tuple(result[:MOST_FORMS])

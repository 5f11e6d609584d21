"""Chinese, Korean and Vietnamese names: surname first, given name of one or two syllables."""

from collections.abc import Iterator
from functools import cache

from index.morphology import fold
from index.names.declension import Form, respell
from index.names.paradigms import ACC, ANY, DAT, EITHER, GEN, INS, LOC, MASCULINE, NOM
from index.names.particles import CHINESE_GIVEN, EASTERN_SURNAMES, ONE_SYLLABLE

ENDINGS = {"а": GEN | ACC, "у": DAT, "ом": INS, "е": LOC}
"""How a man's name that ends in a consonant declines."""

SOFT_ENDINGS = {"я": GEN | ACC, "ю": DAT, "ем": INS, "е": LOC}
"""How one declines that ends in -ь or -й: Вэньбиня, Хуэя."""

VOWELS = frozenset("аоуыэеёиюя")


def eastern_surname(words: list[str]) -> str | None:
    """The surname in the nominative, if the words are such a name in any case.

    >>> eastern_surname(["Кима", "Чен", "Ира"])
    'Ким'
    """
    first, rest = fold(words[0]), [fold(word) for word in words[1:]]
    if not rest or len(rest) > 3 or not _surname_stem(first):
        return None
    *middle, last = rest
    if middle:
        fits = all(map(ONE_SYLLABLE.match, middle)) and any(map(_is_given, _undeclined(last)))
    else:
        fits = any(map(CHINESE_GIVEN.match, _undeclined(last)))
    if not fits:
        return None
    if first in EASTERN_SURNAMES:
        return words[0]
    return words[0][: len(_surname_stem(first))] if middle else None


def is_eastern_surname(word: str) -> bool:
    """Whether a folded word may be the surname of such a name in any case."""
    return word in _surnames()


def _surname_stem(word: str) -> str:
    """The first of the surnames that a word may be a form of, empty if it is of none."""
    return _surnames().get(word, "")


@cache
def _surnames() -> dict[str, str]:
    """The forms of surnames, each with the first of them that it may be a form of."""
    hard = {name + ending for name in EASTERN_SURNAMES for ending in ("", *ENDINGS)}
    soft = {name[:-1] + ending for name in EASTERN_SURNAMES for ending in SOFT_ENDINGS}
    stems = {form: [n for n in _undeclined(form) if n in EASTERN_SURNAMES] for form in hard | soft}
    return {form: found[0] for form, found in stems.items() if found}


def _undeclined(word: str) -> list[str]:
    """The word itself and the nominatives that it may be a form of."""
    return [word, *(lemma for lemma, _ in _nominatives(word))]


def _nominatives(word: str) -> Iterator[tuple[str, int]]:
    """What the word would be without a case ending, and the cases that it then stands in."""
    for ending, cases in ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem and stem != word and stem[-1] not in VOWELS:
            yield stem, cases
    for ending, cases in SOFT_ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem and stem != word and (stem[-1] in VOWELS or stem[-1] in "нл"):
            yield stem + ("й" if stem[-1] in VOWELS else "ь"), cases


def _is_given(word: str) -> bool:
    return ONE_SYLLABLE.match(word) is not None or CHINESE_GIVEN.match(word) is not None


def given_forms(word: str) -> tuple[Form, ...]:
    """The readings of the last word of such a name, the only one that declines (a man's)."""
    lower = fold(word)
    declined = [
        Form(respell(word, lemma), MASCULINE, cases, 2.0)
        for lemma, cases in _nominatives(lower)
        if _is_given(lemma)
    ]
    own = ANY if lower[-1] in VOWELS else NOM
    return (*declined, Form(word, EITHER, own, 0.1 if declined else 1.0))

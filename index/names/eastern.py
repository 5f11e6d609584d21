"""Chinese, Korean and Vietnamese names: surname first, given name of one or two syllables."""

from index.morphology import fold
from index.names.declension import Form
from index.names.paradigms import ACC, ANY, DAT, EITHER, GEN, INS, LOC, MASCULINE, NOM
from index.names.particles import CHINESE_GIVEN, EASTERN_SURNAMES, ONE_SYLLABLE

ENDINGS = {"а": GEN | ACC, "у": DAT, "ом": INS, "е": LOC}
"""How a man's name that ends in a consonant declines."""

VOWELS = frozenset("аоуыэеёиюя")


def eastern_surname(words: list[str]) -> str | None:
    """The surname in the nominative, if the words are such a name in any case.

    >>> eastern_surname(["Кима", "Чен", "Ира"])
    'Ким'
    """
    first, rest = fold(words[0]), [fold(word) for word in words[1:]]
    if not rest or len(rest) > 3:
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
    stem = next((stem for stem in _undeclined(first) if stem in EASTERN_SURNAMES), "")
    return words[0][: len(stem)] if stem and middle else None


def _undeclined(word: str) -> list[str]:
    """The word itself and what is left without a case ending."""
    return [word] + [
        word[: -len(ending)]
        for ending in ENDINGS
        if word.endswith(ending) and word[-len(ending) - 1 : -len(ending)] not in VOWELS
    ]


def _is_given(word: str) -> bool:
    return ONE_SYLLABLE.match(word) is not None or CHINESE_GIVEN.match(word) is not None


def given_forms(word: str) -> tuple[Form, ...]:
    """The readings of the last word of such a name, the only one that declines (a man's)."""
    lower = fold(word)
    declined = []
    for ending, cases in ENDINGS.items():
        stem = lower.removesuffix(ending)
        if stem != lower and stem and stem[-1] not in VOWELS and _is_given(stem):
            declined.append(Form(word[: len(stem)], MASCULINE, cases, 2.0))
    own = ANY if lower[-1] in VOWELS else NOM
    return (*declined, Form(word, EITHER, own, 0.1 if declined else 1.0))

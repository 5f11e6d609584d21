"""Declension read backwards: a word of a name in some case in, its possible nominatives out.

The rules come from :mod:`index.names.paradigms`; the dictionary of pymorphy2 weighs their readings
where it knows a word, and adds those that no rule makes (Павла, Льва).
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.morphology import CACHED_FORMS, fold, is_known, parses
from index.names.given_names import COMMON
from index.names.paradigms import (
    ANY,
    CASES,
    EITHER,
    FEMININE,
    GIVEN,
    LONGEST_ENDING,
    MASCULINE,
    NOM,
    PATRONYMIC,
    RULES,
    SURNAME,
)

DICTIONARY_WEIGHT = 3.0
"""What a reading of the dictionary weighs against one made by rule."""

COMMON_WEIGHT = 5.0
"""What a common given name weighs against a rare one with the same forms."""

BESIDE_COMMON, BESIDE_RARE = 0.02, 0.1
"""What is left of a rule's weight for a given name that the dictionary knows, by how common that
is: Илону is a form of Илона, and may be one of Илон."""

RARE_WOMAN = {ANY: 0.8, NOM: 0.2}
"""The same where a rare name of a man may be a woman's, that does not decline or ends in -а."""

RARE = 0.1
"""What is left for a name that does not decline where the word is also a form of one that
does: Анне is Анна's dative before it is the Estonian name."""

NOUN_WEIGHT = 0.6
"""What the declension of a common noun weighs."""

GENDERS = {"femn": FEMININE}
ORDINAL_GENDERS = {"masc": MASCULINE, "femn": FEMININE}

NAMES = frozenset((GIVEN, PATRONYMIC, SURNAME))

PREDICTED_WEIGHT = 0.3
"""What pymorphy2's guess at an unknown word weighs."""

UNREADABLE = 0.1
"""What a word weighs that no rule fits."""

MOST_FORMS = 10


class Form(NamedTuple):
    """One reading of a word: ``lemma`` (its nominative, spelled like the word), the gender it
    has then, the set of cases it can stand in (a bit mask), and how plausible that is."""

    lemma: str
    gender: str
    cases: int
    weight: float


@lru_cache(CACHED_FORMS)
def likelihood(word: str, kind: str) -> float:
    """How much of a form's probability, 0 to 1, the dictionary gives to names of this kind
    (0 for a word that it does not know)."""
    if not is_known(word):
        return 0.0
    return sum(
        parse.score
        for parse in parses(word.lower())
        if kind in parse.tag and parse.tag.number != "plur"
    )


@lru_cache(CACHED_FORMS)
def forms(word: str, kind: str) -> tuple[Form, ...]:
    """All readings of a capitalised word as a name of this kind, the likeliest first.

    >>> forms("Ольховского", "Surn")[0].lemma
    'Ольховский'
    """
    found: dict[tuple[str, str], list] = {}

    def add(lemma: str, gender: str, cases: int, weight: float) -> None:
        entry = found.setdefault((lemma, gender), [0, 0.0])
        entry[0] |= cases
        entry[1] = max(entry[1], weight)

    lower = word.lower()
    known = _dictionary_forms(word, kind) if kind != PATRONYMIC else []
    in_dictionary = bool(known) and is_known(word)
    scale = 1.0
    if in_dictionary and kind == GIVEN:
        common = any(fold(lemma) in COMMON for lemma, *_ in known)
        scale = BESIDE_COMMON if common else BESIDE_RARE
    rare = scale < 1 and fold(word) not in COMMON
    for size in range(min(LONGEST_ENDING, len(lower) - 1) + 1):
        ending = lower[len(lower) - size :]
        base = word[: len(word) - size]
        tail = base.lower()
        for letters, stem, rule in RULES[kind].get(ending, ()):
            if tail[-1:] in letters and stem.search(tail):
                woman = rare and rule.gender == FEMININE
                factor = max(scale, RARE_WOMAN.get(rule.cases, 0.0)) if woman else scale
                add(base + rule.lemma, rule.gender, rule.cases, factor * rule.weight)
    if kind == SURNAME:
        for lemma, cases in _common_noun(word):
            add(lemma, MASCULINE, cases, NOUN_WEIGHT)
    factor = DICTIONARY_WEIGHT if in_dictionary else PREDICTED_WEIGHT
    for lemma, gender, cases, share in known:
        if in_dictionary:
            add(lemma, gender, cases, factor * share)
        elif (lemma, gender) in found:
            found[lemma, gender][1] += factor * share
    ranked = sorted(found.items(), key=lambda item: (-item[1][1], item[0]))
    best = tuple(Form(lemma, gender, *entry) for (lemma, gender), entry in ranked[:MOST_FORMS])
    return best or (Form(word, EITHER, ANY, UNREADABLE),)


@lru_cache(CACHED_FORMS)
def ordinal_forms(word: str) -> tuple[Form, ...]:
    """The readings of a ruler's number that is written as a word: Второй is a man's, or a
    woman's in some case."""
    found: dict[tuple[str, str], int] = {}
    for parse in parses(word.lower()):
        tag, case = parse.tag, CASES.get(str(parse.tag.case))
        if case and tag.POS == "ADJF" and tag.number == "sing" and tag.gender in ORDINAL_GENDERS:
            lemma = parse.inflect({"sing", "nomn", tag.gender}).word
            form = respell(word, lemma), ORDINAL_GENDERS[tag.gender]
            found[form] = found.get(form, 0) | case
    return tuple(Form(lemma, gender, cases, 1.0) for (lemma, gender), cases in found.items())


def _common_noun(word: str) -> Iterator[tuple[str, int]]:
    """The nominative of a man or an animal, and a case: a surname that is such a noun declines
    as the noun does (Зайца, Орла)."""
    for parse in parses(word.lower()) if is_known(word) else ():
        tag, case = parse.tag, CASES.get(str(parse.tag.case))
        if case and {"NOUN", "anim", "masc", "sing"} <= tag.grammemes and not NAMES & tag.grammemes:
            yield respell(word, parse.normal_form), case


def _dictionary_forms(word: str, kind: str) -> list[tuple[str, str, int, float]]:
    merged: dict[tuple[str, str], list] = {}
    total = 0.0
    for parse in parses(word.lower()):
        tag, grammemes = parse.tag, parse.tag.grammemes
        case = CASES.get(str(tag.case))
        if kind not in grammemes or case is None or tag.number == "plur":
            continue
        fixed = "Fixd" in grammemes
        gender = EITHER if "ms-f" in grammemes else GENDERS.get(tag.gender, MASCULINE)
        lemma = _nominative(parse, gender, kind)
        if lemma is None:
            continue
        share = parse.score / (6 if fixed else 1)
        if kind == GIVEN and fold(lemma) in COMMON:
            share *= COMMON_WEIGHT
        entry = merged.setdefault((respell(word, lemma), gender), [0, 0.0])
        entry[0] |= ANY if fixed else case
        entry[1] += share
        total += share
    declines = word[-1] in "еу" and any(cases != ANY for cases, _ in merged.values())
    if kind == GIVEN:
        # a share of 0.9 is that of the corpus, not of the names: Александра is often a woman
        merged = {key: [cases, share**0.5] for key, (cases, share) in merged.items()}
        total = sum(share for _, share in merged.values())
    return [
        (lemma, gender, cases, share / total * (RARE if cases == ANY and declines else 1.0))
        for (lemma, gender), (cases, share) in merged.items()
    ]


def _nominative(parse, gender: str, kind: str) -> str | None:
    """The nominative of a parse: pymorphy2's normal form of a woman's surname is a man's."""
    if gender != FEMININE or kind == GIVEN or "Fixd" in parse.tag:
        return parse.normal_form
    for form in parse.lexeme:
        if "femn" in form.tag and "sing" in form.tag and "nomn" in form.tag:
            return form.word
    return None


def respell(word: str, lemma: str) -> str:
    """The lemma with the capitals and the ё or е of the word, as far as they share letters.

    >>> respell("Соловьева", "соловьёв")
    'Соловьев'
    """
    shared = 0
    for ours, theirs in zip(fold(word), fold(lemma)):
        if ours != theirs:
            break
        shared += 1
    return word[:shared] + lemma[shared:]

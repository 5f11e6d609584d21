"""What a single word tells about an organization's name; every answer is cached."""

from functools import lru_cache

from index.entities.countries import names as country_names
from index.entities.organization_nouns import (
    HEADS,
    METONYMS,
    OF_NO_PLACE,
    PARENTS,
    PERIODS,
    PLACES,
    PLURAL,
    REFERRING,
    REGIONS,
    UNDERTAKINGS,
    VAGUE,
    WORKS,
)
from index.entities.organization_words import (
    ADJECTIVAL,
    LATIN,
    QUOTES,
    abbreviation,
    is_capitalised,
    noun_lemmas,
)
from index.entities.state_bodies import KNOWN, NOT_ORGANIZATIONS
from index.morphology import CACHED_FORMS, fold, is_known, parses

_VOWELS = frozenset("аеиоуыэюяй")


def _stem(lemma: str) -> str:
    """What all forms of a noun begin with: церкв, издан, центр."""
    ending = 3 if lemma[-1] == "ь" else 2 if lemma[-1] in _VOWELS else 0
    return lemma[: max(3, len(lemma) - ending)]


_HEAD_STEMS: dict[str, tuple[str, ...]] = {}
for _lemma in HEADS:
    _HEAD_STEMS[_lemma[:3]] = (*_HEAD_STEMS.get(_lemma[:3], ()), _stem(_lemma))
_KNOWN_BEGINNINGS = frozenset(fold(name[:3]) for name in KNOWN)
_BEGINNINGS = _KNOWN_BEGINNINGS.union(_HEAD_STEMS)
_BEGINNINGS = _BEGINNINGS.union(beginning.replace("е", "ё") for beginning in _BEGINNINGS)
_KNOWN_FOLDED = {fold(name): name for name in KNOWN}
_COUNTRY_ENDS = frozenset((len(words), words[-1][:3]) for words in map(str.split, country_names()))

METONYM_BEGINNINGS = frozenset(name.split()[0].capitalize() for name in METONYMS)
PLAIN, CAPITAL, SIGNAL = range(3)
"""How much a word tells of organizations: nothing, its capital or its quotation mark, or more."""


@lru_cache(CACHED_FORMS)
def telling(word: str) -> int:
    """Whether a word may head, open, or point to the name of an organization."""
    if word in QUOTES or word in REFERRING or word in METONYM_BEGINNINGS:
        return SIGNAL
    capital = CAPITAL if word[0].isupper() else PLAIN
    if word[:3].lower() not in _BEGINNINGS and not word[1:2].isupper():
        return capital
    return SIGNAL if head_of(word) or (capital and known_name(word)) else capital


def may_be_country(words: list[str]) -> bool:
    """Whether words in some case may be a country's name, by how many they are and the last."""
    return (len(words), fold(words[-1])[:3]) in _COUNTRY_ENDS


@lru_cache(CACHED_FORMS)
def head_of(form: str) -> str | None:
    """The head noun that a form is of, or None."""
    folded = fold(form)
    stems = _HEAD_STEMS.get(folded[:3])
    if stems is None or not folded.startswith(stems):
        return None
    for lemma in noun_lemmas(form):
        if lemma in HEADS:
            return lemma
    return folded if folded in HEADS else None


@lru_cache(CACHED_FORMS)
def is_plural(form: str) -> bool:
    """Whether a head can only be read as several: министерства is not, министерствами is."""
    found = [p for p in parses(form.lower()) if p.tag.POS == "NOUN"]
    return bool(found) and all(
        p.tag.number == "plur" and fold(p.normal_form) not in PLURAL for p in found
    )


@lru_cache(CACHED_FORMS)
def is_work(form: str) -> bool:
    """Whether what is named after this noun is a thing or a work."""
    return any(lemma in WORKS for lemma in noun_lemmas(form)[:2])


@lru_cache(CACHED_FORMS)
def is_undertaking(form: str) -> bool:
    return any(lemma in UNDERTAKINGS for lemma in noun_lemmas(form)[:2])


@lru_cache(CACHED_FORMS)
def is_person_noun(form: str) -> bool:
    """Whether a common noun names people: исследователи."""
    found = parses(form.lower())
    anim = bool(found) and {"NOUN", "anim"} <= found[0].tag.grammemes
    return anim and is_known(form) and not is_person_name(form)


@lru_cache(CACHED_FORMS)
def country_of(form: str) -> str | None:
    """The country that a form or an adjective names, or None."""
    table = country_names()
    folded = fold(form)
    if folded in table:
        return table[folded]
    for parse in parses(form.lower())[:3]:
        country = table.get(fold(parse.normal_form))
        if country:
            return country
    return None


@lru_cache(CACHED_FORMS)
def is_verb(form: str) -> bool:
    found = parses(form.lower())
    return bool(found) and not is_capitalised(form) and {"VERB", "indc"} <= found[0].tag.grammemes


@lru_cache(CACHED_FORMS)
def is_predicate(form: str) -> bool:
    """Whether a form in small letters may be a short adjective: рада, готово."""
    return form.islower() and any(parse.tag.POS == "ADJS" for parse in parses(form))


@lru_cache(CACHED_FORMS)
def is_person_name(form: str) -> bool:
    """Whether the dictionary knows the form as a given name, patronymic or surname."""
    proper = {"Name", "Surn", "Patr"}
    return is_known(form) and any(proper & p.tag.grammemes for p in parses(form.lower())[:2])


@lru_cache(CACHED_FORMS)
def has_surname(form: str) -> bool:
    return not form.isupper() and any("Surn" in p.tag for p in parses(form.lower()))


@lru_cache(CACHED_FORMS)
def is_common_noun(form: str) -> bool:
    """Whether the dictionary knows the form as a noun and as no proper name."""
    found = [p.tag.grammemes for p in parses(form.lower()) if p.tag.POS == "NOUN"]
    proper = {"Orgn", "Geox", "Name", "Surn", "Trad", "Abbr"}
    return is_known(form) and bool(found) and not any(proper & grammemes for grammemes in found)


@lru_cache(CACHED_FORMS)
def is_parent(form: str) -> bool:
    return any(lemma in PARENTS for lemma in noun_lemmas(form))


@lru_cache(CACHED_FORMS)
def is_period(form: str) -> bool:
    return any(lemma in PERIODS for lemma in noun_lemmas(form))


@lru_cache(CACHED_FORMS)
def is_place_noun(form: str) -> bool:
    return any(lemma in PLACES for lemma in noun_lemmas(form))


@lru_cache(CACHED_FORMS)
def is_region(form: str) -> bool:
    return any(lemma in REGIONS for lemma in noun_lemmas(form))


@lru_cache(CACHED_FORMS)
def is_vague(form: str) -> bool:
    """Whether an adjective says nothing about which organization is meant."""
    found = [p for p in parses(form.lower()) if p.tag.POS in ADJECTIVAL]
    if not found:
        return True
    tag = found[0].tag
    return fold(found[0].normal_form) in VAGUE or not tag.grammemes.isdisjoint(
        ("Apro", "PRTF", "Supr")
    )


@lru_cache(CACHED_FORMS)
def is_place_adjective(form: str) -> bool:
    """Whether an adjective looks like a town's or region's: московский, not городской."""
    found = [p.normal_form for p in parses(form.lower()) if p.tag.POS == "ADJF"]
    if not found or found[0] in OF_NO_PLACE:
        return False
    return found[0].endswith(("ский", "цкий")) and not found[0].endswith("ческий")


@lru_cache(CACHED_FORMS)
def known_name(form: str) -> str | None:
    """The organization known everywhere that the form names, or None."""
    short = abbreviation(form)
    if short:
        return short if short in KNOWN else None
    if not is_capitalised(form) or len(form) < 4:
        return None
    if form in KNOWN:
        return form
    if fold(form[:3]) not in _KNOWN_BEGINNINGS:
        return None
    for parse in parses(form.lower()):
        if parse.tag.POS == "NOUN":
            lemma = fold(parse.normal_form)
            if lemma in _KNOWN_FOLDED:
                return _KNOWN_FOLDED[lemma]
            if lemma.startswith("рос") and lemma.endswith("надзор"):
                return form
    return None


def is_short(word: str) -> bool:
    return bool(
        (abbreviation(word) and abbreviation(word) not in NOT_ORGANIZATIONS)
        or (LATIN.match(word) and len(word) > 1 and is_capitalised(word))
        or (len(word) > 2 and sum(c.isupper() for c in word) > 1)
    )

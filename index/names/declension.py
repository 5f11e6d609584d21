"""Declension of names read backwards: a word in some case in, its possible nominatives out.

The paradigms are those of Russian grammar (Zaliznyak 1977; Kalakutskaya 1984 on surnames):
possessive surnames (Иванов, Иванова), adjectival ones (Ольховский, Толстая), nouns of the
second declension that are men's only (Цукерберг, Гайдай), nouns in -а and -я of either gender
(Обама, Данелия), and what does not decline at all (Шевченко, Дюма, Черных, Джапаридзе, women's
surnames that end in a consonant). The dictionary of pymorphy2 weighs them where it knows a word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.morphology import CACHED_FORMS, analyzer, fold, parses
from index.names.given_names import COMMON

NOM, GEN, DAT, ACC, INS, LOC = 1, 2, 4, 8, 16, 32
ANY = 63
OBLIQUE = ANY & ~NOM

MASCULINE, FEMININE, EITHER = "m", "f", ""

GIVEN, PATRONYMIC, SURNAME = "Name", "Patr", "Surn"
"""The kinds of words in a name, as OpenCorpora's grammemes."""

CASES = {
    "nomn": NOM, "gent": GEN, "datv": DAT, "accs": ACC, "ablt": INS, "loct": LOC,
    "gen2": GEN, "acc2": ACC, "loc2": LOC,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word: ``lemma`` (its nominative, spelled like the word), the gender it
    has then, the set of cases it can stand in (a bit mask), and how plausible that is."""

    lemma: str
    gender: str
    cases: int
    weight: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A word that ends in ``ending`` after ``stem`` may be a form of stem + ``lemma``."""

    ending: str
    stem: str
    lemma: str
    gender: str
    cases: int
    weight: float


CONSONANT = "[бвгджзйклмнпрстфхцчшщғқңһґ]$"
STEM = "[бвгджзклмнпрстфхцчшщғқңһґ]$"
HARD = "[бвгдзклмнпрстфхғқңһґ]$"
SIBILANT = "[жшчщц]$"
CLUSTER = "[бвгджзйклмнпрстф]ц$"
NO_CLUSTER = "(?<![бвгджзйклмнпрстф]ц)"
VELAR = "[кгхқғ]$"
VOWEL = "[аеёиоуыэюяіїєәөүұ]$"
SOFT = "[бвдзлмнпрст]$"
POSSESSIVE = "(?:ов|ев|ёв|ин|ын)$"
SKY = "(?:ск|цк)$"
STRESSED = (
    "(?:^|-)(?:толст|бережн|берегов|полев|ланов|яров|степн|лугов|луговск|донск|крамск|трубецк|"
    "шаховск|дорог|кос|крут|боев|водян|путев)$"
)
"""Stems of adjectival surnames with the stress on -ой: Трубецкой, Бережной."""



def _nouns_in_a(stem: str, scale: float = 1.0) -> tuple[Rule, ...]:
    return (
        Rule("ы", stem, "а", EITHER, GEN, scale * 0.7),
        Rule("е", stem, "а", EITHER, DAT | LOC, scale * 0.5),
        Rule("у", stem, "а", EITHER, ACC, scale * 0.4),
        Rule("ой", "." + stem, "а", EITHER, INS, scale * 0.8),
        Rule("ою", "." + stem, "а", EITHER, INS, scale * 0.8),
    )


NOUN_RULES = (
    # men's names that end in a consonant; the same surname of a woman does not decline
    Rule("", CONSONANT + "(?<!ом|ем|ым|им)", "", MASCULINE, NOM, 0.8),
    Rule("", "(?:[ое]м|(?:ов|ев|ёв|ин|ын|ск|цк)[иы]м)$", "", MASCULINE, NOM, 0.04),
    Rule("", "(?<!ов|ев|ёв|ин|ын|ск|цк)[ыи]м$", "", MASCULINE, NOM, 0.4),
    Rule("", CONSONANT + "(?<!ов|ев|ёв|ин|ын|ий|ый|ой|ом|ем|ым|им)", "", FEMININE, ANY, 0.5),
    Rule("", "^.{1,2}ой$", "", FEMININE, ANY, 0.5),
    Rule("", "(?:ов|ев|ёв|ин|ын|ой|ом|ем|ым|им)$", "", FEMININE, ANY, 0.015),
    Rule("а", STEM + NO_CLUSTER, "", MASCULINE, GEN | ACC, 0.5),
    Rule("а", CLUSTER, "", MASCULINE, GEN | ACC, 0.17),
    Rule("у", STEM + NO_CLUSTER, "", MASCULINE, DAT, 0.5),
    Rule("у", CLUSTER, "", MASCULINE, DAT, 0.17),
    Rule("ом", STEM + NO_CLUSTER, "", MASCULINE, INS, 1.2),
    Rule("ом", CLUSTER, "", MASCULINE, INS, 0.40),
    Rule("ем", SIBILANT + NO_CLUSTER, "", MASCULINE, INS, 1.2),
    Rule("е", STEM + NO_CLUSTER, "", MASCULINE, LOC, 0.3),
    Rule("е", CLUSTER, "", MASCULINE, LOC, 0.10),
    Rule("ца", CONSONANT, "ец", MASCULINE, GEN | ACC, 0.5),
    Rule("цу", CONSONANT, "ец", MASCULINE, DAT, 0.5),
    Rule("цом", CONSONANT, "ец", MASCULINE, INS, 0.9),
    Rule("цем", CONSONANT, "ец", MASCULINE, INS, 0.9),
    Rule("це", CONSONANT, "ец", MASCULINE, LOC, 0.2),
    # soft ones
    Rule("", "ь$", "", MASCULINE, NOM, 0.7),
    Rule("", "ь$", "", FEMININE, ANY, 0.25),
    Rule("я", VOWEL, "й", MASCULINE, GEN | ACC, 0.5),
    Rule("ю", VOWEL, "й", MASCULINE, DAT, 0.5),
    Rule("ем", VOWEL, "й", MASCULINE, INS, 0.9),
    Rule("е", VOWEL, "й", MASCULINE, LOC, 0.2),
    Rule("я", SOFT, "ь", MASCULINE, GEN | ACC, 0.5),
    Rule("ю", SOFT, "ь", MASCULINE, DAT, 0.5),
    Rule("ем", SOFT, "ь", MASCULINE, INS, 0.6),
    Rule("е", SOFT, "ь", MASCULINE, LOC, 0.05),
    # -а and -я, men and women alike
    Rule("", STEM[:-1] + "а$", "", EITHER, NOM, 0.18),
    Rule("", "[иуоеэы]а$", "", EITHER, ANY, 0.5),
    Rule("и", VELAR, "а", EITHER, GEN, 0.6),
    Rule("и", SIBILANT, "а", EITHER, GEN, 0.6),
    Rule("ей", SIBILANT, "а", EITHER, INS, 0.5),
    Rule("", "я$", "", EITHER, NOM, 0.5),
    Rule("и", SOFT, "я", EITHER, GEN, 0.15),
    Rule("и", "[аеоуюя]$", "я", EITHER, GEN, 0.4),
    Rule("и", "и$", "я", EITHER, GEN | DAT | LOC, 1.0),
    Rule("е", SOFT, "я", EITHER, DAT | LOC, 0.05),
    Rule("е", "[аеоуюяь]$", "я", EITHER, DAT | LOC, 0.4),
    Rule("е", "й$", "я", EITHER, DAT | LOC, 1.0),
    Rule("ю", SOFT, "я", EITHER, ACC, 0.2),
    Rule("ю", VOWEL, "я", EITHER, ACC, 0.5),
    Rule("ю", "ь$", "я", EITHER, ACC, 0.3),
    Rule("ей", SOFT, "я", EITHER, INS, 0.1),
    Rule("ей", "и$", "я", EITHER, INS, 1.0),
    Rule("ей", "ь$", "я", EITHER, INS, 0.5),
    Rule("ьи", CONSONANT, "ья", EITHER, GEN, 0.4),
    # what does not decline
    Rule("", "(?<!ог|ег)[оэёөә]$", "", EITHER, ANY, 1.0),
    Rule("", "[ое]го$", "", EITHER, ANY, 0.05),
    Rule("", "(?<!ов|ев|ёв|ин|ын)(?<!и)[ею]$", "", EITHER, ANY, 0.45),
    Rule("", "ы$", "", EITHER, ANY, 0.03),
    Rule("", "(?:лы|ды|ты)$", "", EITHER, ANY, 0.6),
    Rule("", "(?:дзе|зе|оне|ее|ье|эу|ау|оу|шоу)$", "", EITHER, ANY, 0.6),
    Rule("", "(?<!и)и$", "", EITHER, ANY, 0.75),
    Rule("", "ии$", "", EITHER, ANY, 0.1),
    Rule("", "(?:швили|ели|идзе|ани)$", "", EITHER, ANY, 0.6),
    Rule("", "[іїєүұһ]$", "", EITHER, ANY, 1.0),
    Rule("", "(?:ье|ьо|оглу|еску)$", "", EITHER, ANY, 1.0),
    Rule("", "(?:юа|уа|оа|юма|руа)$", "", EITHER, ANY, 1.0),
)

GIVEN_RULES = (
    # women's names in -а are common, surnames of men in -а are not
    Rule("", STEM[:-1] + "а$", "", FEMININE, NOM, 0.4),
    Rule("", STEM[:-1] + "я$", "", FEMININE, NOM, 0.5),
    Rule("", "у$", "", EITHER, ANY, 0.06),
)

SURNAME_RULES = (
    # possessive: Иванов, Никитин and their feminines
    Rule("", POSSESSIVE, "", MASCULINE, NOM, 1.0),
    Rule("а", POSSESSIVE, "", MASCULINE, GEN | ACC, 1.0),
    Rule("у", POSSESSIVE, "", MASCULINE, DAT, 1.0),
    Rule("ым", POSSESSIVE, "", MASCULINE, INS, 3.0),
    Rule("е", POSSESSIVE, "", MASCULINE, LOC, 0.5),
    Rule("а", POSSESSIVE, "а", FEMININE, NOM, 1.0),
    Rule("у", POSSESSIVE, "а", FEMININE, ACC, 1.0),
    Rule("ой", POSSESSIVE, "а", FEMININE, GEN | DAT | INS | LOC, 3.0),
    Rule("ою", POSSESSIVE, "а", FEMININE, INS, 3.0),
    # of several people, beside the given name of one: Владимир и Анна Ивановы
    Rule("ы", POSSESSIVE, "", MASCULINE, NOM, 0.3),
    Rule("ы", POSSESSIVE, "а", FEMININE, NOM, 0.3),
    Rule("ых", POSSESSIVE, "", MASCULINE, GEN | ACC | LOC, 0.3),
    Rule("ых", POSSESSIVE, "а", FEMININE, GEN | ACC | LOC, 0.3),
    Rule("ым", POSSESSIVE, "а", FEMININE, DAT, 0.3),
    Rule("ыми", POSSESSIVE, "", MASCULINE, INS, 0.3),
    Rule("ыми", POSSESSIVE, "а", FEMININE, INS, 0.3),
    # adjectives: Ольховский, Толстой, Толстая
    Rule("", "[кгхжшчщнр]ий$", "", MASCULINE, NOM, 1.0),
    Rule("", "[бвдзклмнпрстф]ый$", "", MASCULINE, NOM, 1.5),
    Rule("", CONSONANT[:-1] + "ой$", "", MASCULINE, NOM, 0.5),
    Rule("ого", STRESSED, "ой", MASCULINE, GEN | ACC, 9.0),
    Rule("ому", STRESSED, "ой", MASCULINE, DAT, 9.0),
    Rule("ым", STRESSED, "ой", MASCULINE, INS, 9.0),
    Rule("им", STRESSED, "ой", MASCULINE, INS, 9.0),
    Rule("ого", VELAR, "ий", MASCULINE, GEN | ACC, 3.0),
    Rule("ого", HARD, "ый", MASCULINE, GEN | ACC, 1.0),
    Rule("ого", CONSONANT, "ой", MASCULINE, GEN | ACC, 0.8),
    Rule("его", CONSONANT, "ий", MASCULINE, GEN | ACC, 1.5),
    Rule("ому", VELAR, "ий", MASCULINE, DAT, 3.0),
    Rule("ому", HARD, "ый", MASCULINE, DAT, 1.0),
    Rule("ому", CONSONANT, "ой", MASCULINE, DAT, 0.8),
    Rule("ему", CONSONANT, "ий", MASCULINE, DAT, 1.5),
    Rule("им", VELAR, "ий", MASCULINE, INS, 0.5),
    Rule("им", SKY, "ий", MASCULINE, INS, 3.0),
    Rule("им", CONSONANT, "ой", MASCULINE, INS, 0.05),
    Rule("им", "[жшчщн]$", "ий", MASCULINE, INS, 0.3),
    Rule("ым", HARD, "ый", MASCULINE, INS, 0.3),
    Rule("ым", HARD, "ой", MASCULINE, INS, 0.2),
    Rule("ом", SKY, "ий", MASCULINE, LOC, 1.5),
    Rule("ая", CONSONANT, "ая", FEMININE, NOM, 2.0),
    Rule("яя", CONSONANT, "яя", FEMININE, NOM, 2.0),
    Rule("ую", CONSONANT, "ая", FEMININE, ACC, 2.0),
    Rule("юю", CONSONANT, "яя", FEMININE, ACC, 2.0),
    Rule("ой", SKY, "ая", FEMININE, GEN | DAT | INS | LOC, 2.0),
    Rule("ой", "..[бвгджзклмнпрстфхцчшщ]$", "ая", FEMININE, GEN | DAT | INS | LOC, 0.25),
    Rule("ою", SKY, "ая", FEMININE, INS, 2.0),
    Rule("", "(?<!ов|ев|ёв|ин|ын)[ыи]х$", "", EITHER, ANY, 1.5),
    Rule("", "(?:ов|ев|ёв|ин|ын)ых$", "", EITHER, ANY, 0.05),
    Rule("", "(?<!ов|ев|ёв|ин|ын)у$", "", EITHER, ANY, 0.12),
)

PATRONYMIC_RULES = (
    Rule("", "ич$", "", MASCULINE, NOM, 1.0),
    Rule("а", "ич$", "", MASCULINE, GEN | ACC, 1.0),
    Rule("у", "ич$", "", MASCULINE, DAT, 1.0),
    Rule("ем", "ич$", "", MASCULINE, INS, 1.0),
    Rule("е", "ич$", "", MASCULINE, LOC, 1.0),
    Rule("", "(?:овн|евн|ёвн|ичн)а$", "", FEMININE, NOM, 1.0),
    Rule("ы", "(?:овн|евн|ёвн|ичн)$", "а", FEMININE, GEN, 1.0),
    Rule("е", "(?:овн|евн|ёвн|ичн)$", "а", FEMININE, DAT | LOC, 1.0),
    Rule("у", "(?:овн|евн|ёвн|ичн)$", "а", FEMININE, ACC, 1.0),
    Rule("ой", "(?:овн|евн|ёвн|ичн)$", "а", FEMININE, INS, 1.0),
    Rule("ою", "(?:овн|евн|ёвн|ичн)$", "а", FEMININE, INS, 1.0),
    Rule("", "(?:улы|ұлы)$", "", MASCULINE, ANY, 1.0),
    Rule("", "(?:кызы|қызы|гызы)$", "", FEMININE, ANY, 1.0),
)

LONGEST_ENDING = 3


def _by_ending(rules: Iterable[Rule]) -> dict[str, list[tuple[re.Pattern, Rule]]]:
    table: dict[str, list[tuple[re.Pattern, Rule]]] = {}
    for rule in rules:
        table.setdefault(rule.ending, []).append((re.compile(rule.stem), rule))
    return table


_TABLES = {
    GIVEN: _by_ending(NOUN_RULES + _nouns_in_a(STEM) + GIVEN_RULES),
    SURNAME: _by_ending(
        NOUN_RULES
        + _nouns_in_a(STEM + "(?<!ов|ев|ёв|ин|ын)")
        + _nouns_in_a(POSSESSIVE, 0.05)
        + SURNAME_RULES
    ),
    PATRONYMIC: _by_ending(PATRONYMIC_RULES),
}

DICTIONARY_WEIGHT = 3.0
"""What a reading of the dictionary weighs against one made by rule."""

COMMON_WEIGHT = 5.0
"""What a common given name weighs against a rare one with the same forms."""

BESIDE_DICTIONARY = 0.02
"""What is left of a rule's weight for a given name that the dictionary knows."""

RARE = 0.1
"""What is left for a name that does not decline where the word is also a form of one that
does: Анне is Анна's dative before it is the Estonian name."""

PREDICTED_WEIGHT = 0.3
"""What pymorphy2's guess at an unknown word weighs."""


@lru_cache(CACHED_FORMS)
def is_known(word: str) -> bool:
    """Whether the dictionary has this form."""
    return analyzer().word_is_known(word.lower())


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


def forms(word: str, kind: str) -> tuple[Form, ...]:
    """All readings of a capitalised word as a name of this kind, the likeliest first.

    >>> [(form.lemma, form.gender) for form in forms("Ольховского", SURNAME)][:1]
    [('Ольховский', 'm')]
    """
    return _forms(word, kind)


@lru_cache(CACHED_FORMS)
def _forms(word: str, kind: str) -> tuple[Form, ...]:
    found: dict[tuple[str, str], list] = {}

    def add(lemma: str, gender: str, cases: int, weight: float) -> None:
        entry = found.setdefault((lemma, gender), [0, 0.0])
        entry[0] |= cases
        entry[1] = max(entry[1], weight)

    lower = word.lower()
    known = _dictionary_forms(word, kind) if kind != PATRONYMIC else []
    in_dictionary = bool(known) and is_known(word)
    scale = BESIDE_DICTIONARY if in_dictionary and kind == GIVEN else 1.0
    for size in range(min(LONGEST_ENDING, len(lower) - 1) + 1):
        ending = lower[len(lower) - size :]
        for stem, rule in _TABLES[kind].get(ending, ()):
            base = word[: len(word) - size]
            if stem.search(base.lower()):
                add(base + rule.lemma, rule.gender, rule.cases, scale * rule.weight)
    factor = DICTIONARY_WEIGHT if in_dictionary else PREDICTED_WEIGHT
    for lemma, gender, cases, share in known:
        if in_dictionary:
            add(lemma, gender, cases, factor * share)
        elif (lemma, gender) in found:
            found[lemma, gender][1] += factor * share
    ranked = sorted(found.items(), key=lambda item: (-item[1][1], item[0]))
    result = tuple(Form(lemma, gender, *entry) for (lemma, gender), entry in ranked[:10])
    return result or (Form(word, EITHER, ANY, 0.1),)


def _dictionary_forms(word: str, kind: str) -> list[tuple[str, str, int, float]]:
    merged: dict[tuple[str, str], list] = {}
    total = 0.0
    for parse in parses(word.lower()):
        tag = parse.tag
        case = CASES.get(str(tag.case))
        if kind not in tag or case is None or "plur" in tag:
            continue
        gender = EITHER if "ms-f" in tag else FEMININE if tag.gender == "femn" else MASCULINE
        lemma = _nominative(parse, gender, kind)
        if lemma is None:
            continue
        share = parse.score / (6 if "Fixd" in tag else 1)
        if kind == GIVEN and fold(lemma) in COMMON:
            share *= COMMON_WEIGHT
        entry = merged.setdefault((respell(word, lemma), gender), [0, 0.0])
        entry[0] |= ANY if "Fixd" in tag else case
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

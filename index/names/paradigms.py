"""Paradigms of Russian names, read backwards: which endings may come from which nominative.

They are those of the grammar (Zaliznyak 1977; Kalakutskaya 1984 on surnames): possessive surnames
(Иванов, Иванова), adjectival ones (Ольховский, Толстая), nouns of the second declension that are
men's only (Цукерберг, Гайдай), nouns in -а and -я of either gender (Обама, Данелия), and what does
not decline at all (Шевченко, Дюма, Черных, Джапаридзе, women's surnames in a consonant).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

NOM, GEN, DAT, ACC, INS, LOC = 1, 2, 4, 8, 16, 32
ANY = 63
"""Cases; sets of them are bit masks."""

MASCULINE, FEMININE, EITHER = "m", "f", ""

GIVEN, PATRONYMIC, SURNAME = "Name", "Patr", "Surn"
"""The kinds of words in a name, as OpenCorpora's grammemes."""

CASES = {
    "nomn": NOM, "gent": GEN, "datv": DAT, "accs": ACC, "ablt": INS, "loct": LOC,
    "gen2": GEN, "acc2": ACC, "loc2": LOC,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A word that ends in ``ending`` after a stem that fits ``stem`` (a regular expression) may
    be a form of the stem with ``lemma`` after it, in ``cases``; ``weight`` says how often, beside
    the other rules that fit."""

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
    Rule("", CONSONANT + "(?<!ом|ем|ым|им)(?<!....ой)(?<!....[жчшщц]ей)", "", MASCULINE, NOM, 0.8),
    Rule("", "(?:[ое]м|(?:ов|ев|ёв|ин|ын|ск|цк)[иы]м)$", "", MASCULINE, NOM, 0.04),
    Rule("", "(?<!ов|ев|ёв|ин|ын|ск|цк)[ыи]м$", "", MASCULINE, NOM, 0.4),
    Rule(
        "",
        CONSONANT + "(?<!ов|ев|ёв|ин|ын|ий|ый|ой|ом|ем|ым|им)(?<!....[жшчщц]ей)",
        "",
        FEMININE,
        ANY,
        0.5,
    ),
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
    Rule("ца", STEM, "ец", MASCULINE, GEN | ACC, 0.5),
    Rule("йца", VOWEL, "ец", MASCULINE, GEN | ACC, 0.5),
    Rule("цу", STEM, "ец", MASCULINE, DAT, 0.5),
    Rule("йцу", VOWEL, "ец", MASCULINE, DAT, 0.5),
    Rule("цом", STEM, "ец", MASCULINE, INS, 0.9),
    Rule("йцом", VOWEL, "ец", MASCULINE, INS, 0.9),
    Rule("цем", STEM, "ец", MASCULINE, INS, 0.9),
    Rule("йцем", VOWEL, "ец", MASCULINE, INS, 0.9),
    Rule("це", STEM, "ец", MASCULINE, LOC, 0.2),
    Rule("йце", VOWEL, "ец", MASCULINE, LOC, 0.2),
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
    Rule("", STEM[:-1] + "(?<!ов|ев|ёв)а$", "", EITHER, NOM, 0.18),
    Rule("", "(?:ов|ев|ёв)а$", "", EITHER, NOM, 0.02),
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
    Rule("", "(?<!ов|ев|ёв|ин|ын)(?<!и)е$", "", EITHER, ANY, 0.45),
    Rule("", "(?<!ов|ев|ёв|ин|ын)(?<!и)ю$", "", EITHER, ANY, 0.08),
    Rule("", "ы$", "", EITHER, ANY, 0.03),
    Rule("", "(?:ды|ты)$", "", EITHER, ANY, 0.6),
    Rule("", "(?:дзе|зе|оне|ее|ье|эу|ау|оу|шоу)$", "", EITHER, ANY, 0.6),
    Rule("", "(?<![игх])и$", "", EITHER, ANY, 0.75),
    Rule("", "[гх]и$", "", EITHER, ANY, 0.2),
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
    Rule("", CONSONANT[:-1] + "(?<!ов|ев|ёв)ой$", "", MASCULINE, NOM, 0.5),
    Rule("", "(?:ов|ев|ёв)ой$", "", MASCULINE, NOM, 0.05),
    Rule("", STRESSED[:-1] + "ой$", "", MASCULINE, NOM, 0.8),
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
    Rule("", "(?<!ов|ев|ёв|ин|ын)у$", "", EITHER, ANY, 0.04),
    Rule("", "лы$", "", EITHER, ANY, 0.42),
    Rule("", "[гх]и$", "", EITHER, ANY, 0.75),
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

LONGEST_ENDING = 4


_LAST_LETTERS = re.compile(r"\.*\[([^]^]+)\]\$")
_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяғқңһґіїєәөүұ")


def _by_ending(rules: Iterable[Rule]) -> dict[str, list[tuple[frozenset[str], re.Pattern, Rule]]]:
    table: dict[str, list[tuple[frozenset[str], re.Pattern, Rule]]] = {}
    for rule in rules:
        last = _LAST_LETTERS.match(rule.stem)
        letters = frozenset(last[1]) if last else _LETTERS
        table.setdefault(rule.ending, []).append((letters, re.compile(rule.stem), rule))
    return table


RULES = {
    GIVEN: _by_ending(NOUN_RULES + _nouns_in_a(STEM) + GIVEN_RULES),
    SURNAME: _by_ending(
        NOUN_RULES
        + _nouns_in_a(STEM + "(?<!ов|ев|ёв|ин|ын)")
        + _nouns_in_a(POSSESSIVE, 0.05)
        + SURNAME_RULES
    ),
    PATRONYMIC: _by_ending(PATRONYMIC_RULES),
}
"""For each kind of word the rules of each ending, with the letters that the stem before it may
end in, and its pattern."""

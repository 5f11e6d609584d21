"""Names of organizations: a surface in any case in, its nominative out."""

import re
from collections import Counter
from functools import lru_cache
from os.path import commonprefix

from index.entities.countries import names as country_names
from index.entities.countries import one_word_countries, place_names, region_names
from index.entities.organization_nouns import (
    BODIES,
    COMPANY_TYPES,
    FUNCTION_WORDS,
    GENERIC,
    HEADS,
    LEGAL_FORMS,
    PERSONAL,
    PLURAL,
    PLURAL_NAMES,
    SUBDIVISIONS,
    TOPICAL,
)
from index.entities.organization_words import (
    ADJECTIVAL,
    ALNUM_WORD,
    INVISIBLE,
    LATIN,
    WORD,
    abbreviation,
    cases,
    is_adjective,
    is_noun,
    may_be_adjective,
)
from index.entities.state_bodies import KNOWN, LONG_NAMES, SAME
from index.lemmas import lemmas, weighted_lemmas
from index.morphology import fold, is_known, parses

QUOTED = re.compile(r'[«„“"‹][^«»„“”"‹›]*[»“”"›]')
DOMAIN = re.compile(r"([^\W\d_]{3,})(\.(?:ру|рф))")
NUMBERED = re.compile(r"([^\W\d]{3,})(-\d+)")
FORMER = re.compile(r"\([А-ЯЁ]\w+(?:ого|ому|ый|ий|ым|им|ом|ем|ая|ой|ей|ую|ое|ее)\) \w")
"""An adjective in brackets before what it belongs to: Казанского (Приволжского) университета."""
COMPARATIVE = frozenset("больший меньший лучший худший старший младший".split())
"""Adjectives that share forms with the plain ones of names: Большого театра."""
STEM_ENDINGS = frozenset("бгджзклнпрстфцчшщ")
"""Letters that no case ending of a masculine noun ends in."""
OPEN, CLOSE = '«„“"‹', '»“”"›'
QUOTE_MARK = re.compile(f"[{OPEN}{CLOSE}]")
_SAME = {fold(name): other for name, other in SAME.items()}
_LONG = {fold(short): long for short, long in LONG_NAMES.items()}


def quotes(name: str) -> str:
    """The name with «» outside and „“ inside, whatever quotes it has.

    >>> quotes('компания "Плёс"'), quotes('"Завод "Труд""')
    ('компания «Плёс»', '«Завод „Труд“»')
    """
    if not QUOTE_MARK.search(name):
        return name
    out, depth = [], 0
    for i, char in enumerate(name):
        if char not in OPEN + CLOSE:
            out.append(char)
            continue
        before, after = name[i - 1 : i], name[i + 1 : i + 2]
        opens = char in "«„‹" or (
            char in '"“' and (not before or before in ' (-\u2014"«„“') and bool(after.strip(" )"))
        )
        if opens:
            out.append("„" if depth else "«")
            depth += 1
        elif depth:
            depth -= 1
            out.append("“" if depth else "»")
    out.extend("“" if depth > 1 else "»" for depth in range(depth, 0, -1))
    return "".join(out)


def _recase(pattern: str, word: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    if "-" in pattern and pattern.count("-") == word.count("-"):
        parts = zip(pattern.split("-"), word.split("-"))
        return "-".join(w[:1].upper() + w[1:] if p[:1].isupper() else w for p, w in parts)
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word


def _inflect(parse, grammemes: set[str], surface: str) -> str:
    if surface == "и" or grammemes <= parse.tag.grammemes:
        return surface
    form = parse.inflect(grammemes)
    if not form:
        return surface
    word = form.word
    if "Supr" in parse.tag:
        forms = (f.word for f in parse.lexeme if grammemes <= f.tag.grammemes)
        word = max(forms, key=lambda form: len(commonprefix((form, surface.lower()))))
    if fold(word) == fold(surface):
        return surface
    if "ё" in word and "ё" not in surface.lower():
        word = word.replace("ё", "е")
    return _recase(surface, word)


@lru_cache(1 << 16)
def _noun_parses(form: str) -> tuple:
    """Noun parses of a form, the one that a name most likely has first.

    A word of the dictionary is rather in the nominative; of an unknown one the lemma that most
    of its parses have is taken (Мостограда → Мостоград).
    """
    found = [p for p in parses(form.lower()) if p.tag.POS == "NOUN"]
    shares = Counter()
    for p in found:
        shares[p.normal_form] += p.score
    known = is_known(form)

    def rank(p) -> tuple:
        lemma = fold(p.normal_form)
        wants_plural = lemma in PLURAL or lemma in PLURAL_NAMES or "Pltm" in p.tag
        return (
            lemma not in HEADS,
            (p.tag.number == "plur") != wants_plural,
            bool({"Name", "Surn", "Patr"} & p.tag.grammemes),
            p.tag.case != "nomn" if known else -round(shares[p.normal_form], 3),
            p.tag.case != "nomn",
            -p.score,
        )

    return tuple(sorted(found, key=rank))


@lru_cache(1 << 16)
def nominatives(surface: str) -> tuple[str, ...]:
    """What a single word may be in the nominative, the likeliest first.

    >>> nominatives("Роскосмоса"), nominatives("МИДом"), nominatives("Лента.ру")
    (('Роскосмос',), ('МИД',), ('Лента.ру',))
    """
    if LATIN.search(surface):
        return (surface,)
    short = abbreviation(surface)
    if short or surface[-1:].isupper():
        return (short or surface,)
    if surface in KNOWN or _is_stem(surface):
        return (surface,)
    for affix in (NUMBERED, DOMAIN):
        match = affix.fullmatch(surface)
        if match:
            return tuple(word + match[2] for word in nominatives(match[1]))
    found = _noun_parses(surface) or [p for p in parses(surface.lower()) if p.tag.POS == "ADJF"][:1]
    words = [_inflect(p, {"nomn", p.tag.number or "sing"}, surface) for p in found]
    return tuple(dict.fromkeys(words)) or (surface,)


def _is_stem(surface: str) -> bool:
    """Whether an unknown word ends like a masculine name in the nominative: Базэл."""
    return surface[-1:] in STEM_ENDINGS and not is_known(surface) and surface[:1].isupper()


def nominative_word(surface: str) -> str:
    return nominatives(surface)[0]


def _case(tag) -> str:
    return {"loc2": "loct", "gen2": "gent"}.get(tag.case, tag.case)


def _agreeing(adjectives: list[str], noun_parse, number: str | None) -> list | None:
    """Parses of the adjectives in the noun's case and gender and in ``number``, or None."""
    case, gender = _case(noun_parse.tag), noun_parse.tag.gender
    chosen = []
    for adjective in adjectives:
        for p in parses(adjective.lower()):
            if adjective == "и":
                chosen.append(p)
                break
            if p.tag.POS not in ADJECTIVAL or p.normal_form in COMPARATIVE:
                continue
            same_gender = number == "plur" or gender in (None, p.tag.gender)
            if _case(p.tag) == case and p.tag.number == number and same_gender:
                chosen.append(p)
                break
        else:
            return None
    return chosen


def _decline_adjectives(adjectives: list[str], last: str) -> list[str]:
    """Adjectives before what does not decline (японским МИДом) or is no noun (Новых правых)."""
    first = next(p for p in parses(adjectives[0].lower()) if p.tag.POS in ADJECTIVAL)
    grammemes = {"nomn", first.tag.number}
    fixed = abbreviation(last) or (last if LATIN.search(last) else None)
    if first.tag.number == "sing":
        grammemes.add("femn" if first.tag.gender == "femn" else "masc")
    declined = []
    for adjective in adjectives if fixed else [*adjectives, last]:
        readings = [p for p in parses(adjective.lower()) if p.tag.POS in ADJECTIVAL]
        declined.append(_inflect(readings[0], grammemes, adjective) if readings else adjective)
    return [*declined, fixed] if fixed else declined


def _leads(words: list[str], index: int) -> bool:
    """Whether the word is one of the adjectives before a name's head."""
    word, following = words[index], words[index + 1]
    if abbreviation(word):
        return False
    if word == "и":
        return index > 0 and is_adjective(following)
    agrees = may_be_adjective(word) and is_noun(following) and cases(word) & cases(following)
    return is_adjective(word) or bool(agrees and not is_body(word) and not is_adjective(following))


def initials(name: str, all_words: bool = False) -> str:
    """First letters of a name's words, «и» and prepositions among them or not.

    >>> initials("Центр анализа международных отношений"), initials("Сад и огород", all_words=True)
    ('цамо', 'сио')
    """
    words = ALNUM_WORD.findall(name)
    parts = [part.lower() for word in words for part in word.split("-") if part]
    return "".join(part[0] for part in parts if all_words or part not in FUNCTION_WORDS)


def _decline(words: list[str]) -> list[str]:
    """Words of a name with its head and the adjectives before it in the nominative."""
    head = 0
    while head < len(words) - 1 and _leads(words, head):
        head += 1
    adjectives, noun = words[:head], words[head]
    numbered = NUMBERED.fullmatch(noun)
    if numbered:
        *front, last = _decline([*adjectives, numbered[1]])
        return [*front, last + numbered[2], *words[head + 1 :]]
    if not adjectives:
        if (
            len(words) > 1
            and words[1][:1].isupper()
            and words[0][:1].isupper()
            and (not is_known(words[0]) or not is_noun(words[0]) or is_body(words[1]))
            and not is_body(words[0])
            and not LATIN.search(noun)
            and not abbreviation(noun)
        ):
            return [*words[:-1], nominative_word(words[-1])]
        return [nominative_word(noun), *words[1:]]
    if abbreviation(noun) or LATIN.search(noun) or not _noun_parses(noun):
        return _decline_adjectives(adjectives, noun) + words[head + 1 :]
    for one_of_several in (False, True):
        for parse in _noun_parses(noun):
            number = "sing" if one_of_several else parse.tag.number
            agreeing = _agreeing(adjectives, parse, number)
            if agreeing is None:
                continue
            grammemes = {"nomn", number or "sing"}
            gender = {parse.tag.gender} if number == "sing" and parse.tag.gender else set()
            declined = [_inflect(p, grammemes | gender, a) for p, a in zip(agreeing, adjectives)]
            return [*declined, _inflect(parse, grammemes, noun), *words[head + 1 :]]
    return list(words)


def _join(words: list[str], surface: str) -> str:
    """Words set back into the spaces and marks of the surface they came from."""
    out, position, given = [], 0, iter(words)
    for match in WORD.finditer(surface):
        out.append(surface[position : match.start()])
        out.append(next(given) if match.group()[0].isalnum() else match.group())
        position = match.end()
    return "".join(out) + surface[position:]


@lru_cache(1 << 15)
def nominative(surface: str, governed: bool = False) -> str:
    """The name in the nominative: the head and its adjectives declined, the rest kept.

    Nothing is declined where the name is ``governed``: a noun before it bears the case, as a
    legal form does before a quotation.

    >>> nominative("Центра анализа международных отношений")
    'Центр анализа международных отношений'
    >>> nominative("ООО «Ромашка»"), nominative("японским МИДом")
    ('«Ромашка»', 'японский МИД')
    """
    name = quotes(re.sub(r"\s+", " ", INVISIBLE.sub("", surface)).strip())
    name, given = _without_type(name), name
    governed = governed or (name != given and name.startswith("«"))
    if name.startswith("«") and name.endswith("»"):
        inner = _without_type(name[1:-1].strip())
        if inner.startswith("„") and inner.endswith("“"):
            name, governed = f"«{inner[1:-1]}»", True
    if name.startswith("«") and name.endswith("»") and name.count("«") == 1:
        inner = name[1:-1].strip()
        return f"«{inner if governed else _phrase(inner)}»" if inner else ""
    return name if governed else _phrase(name)


def _without_type(name: str) -> str:
    """The name without legal forms, and kinds of company before quotes, in front."""
    first, _, rest = name.partition(" ")
    while rest and (fold(first) in LEGAL_FORMS or fold(first) in COMPANY_TYPES and rest[0] in OPEN):
        name = rest
        first, _, rest = name.partition(" ")
    return name


def _phrase(name: str) -> str:
    ends = (i for i in (name.find("«"), name.find("(")) if i > 0 and not FORMER.match(name, i))
    stop = min(ends, default=len(name))
    head, rest = name[:stop], name[stop:]
    words = ALNUM_WORD.findall(head)
    if not words or head.startswith("«"):
        return name
    return _join(_decline(words), head) + rest


@lru_cache(1 << 15)
def is_body(word: str) -> bool:
    """Whether a word heads the name of a body that may be one of a country's."""
    if fold(word) in _LONG or (abbreviation(word) and not country_names().get(fold(word))):
        return True
    return any(lemma in BODIES | TOPICAL | SUBDIVISIONS | PERSONAL for lemma in lemmas(word))


def _without_generic(name: str) -> list[str]:
    """Words of a name, without the nouns in front that only say what kind of thing it names:
    компания «Газпром», партия Яблоко, but Банк Москвы and Народная партия."""
    words = list(ALNUM_WORD.finditer(name))
    for i, match in enumerate(words):
        word = match.group()
        if i and (name[words[i - 1].end() : match.start()].strip(" ")[:1] or " ") in OPEN:
            return [match.group() for match in words[i:]]
        if fold(word) not in LEGAL_FORMS and _lemma(word) not in GENERIC:
            proper = word[0].isupper() and "nomn" in cases(word)
            return [match.group() for match in words[i if proper else 0 :]]
    return [match.group() for match in words]


def _lemma(word: str) -> str:
    """The likeliest lemma of a word."""
    return weighted_lemmas(word)[0][0]


COUNTRY = "@"
"""Marks the country, or the region, in a key."""

REGIONS = frozenset(COUNTRY + name for name in region_names().values())
"""The regions as they stand in a key."""

REPUBLIC = "республика"
"""Says nothing beside a region: Министерство здравоохранения Республики Татарстан."""


@lru_cache(1 << 15)
def key(name: str) -> tuple[str, ...]:
    """What two spellings of one organization share: folded lemmas of its words in order,
    short names of state bodies written out, countries under one name, legal forms left out and
    so are generic nouns before a name of its own («Газпром», not «Национальный»).

    >>> key("МИД Грузии") == key("грузинское министерство иностранных дел")
    True
    >>> key("МИД Российской Федерации") == key("российский МИД")
    True
    >>> key("МВД Чечни") == key("МВД по Чеченской Республике")
    True
    >>> key("Банк России") == key("ЦБ РФ")
    True
    >>> key("ОАО «Газпром»") == key("компания Газпром")
    True
    """
    found, countries = [], []
    table = place_names()
    name = one_word_countries(_SAME.get(fold(name), name))
    words = _without_generic(name)
    national = "«" not in name and any(is_body(word) for word in words)
    for word in map(fold, words):
        if word in LEGAL_FORMS and len(words) > 1:
            continue
        lemma = _lemma(word) if not LATIN.search(word) else word
        country = (table.get(word) or table.get(lemma)) if national else None
        if country:
            countries.append(COUNTRY + country)
            continue
        long = _LONG.get(word)
        if long:
            for part in key(long):
                (countries if part.startswith(COUNTRY) else found).append(part)
        elif word not in FUNCTION_WORDS:
            found.append(lemma)
    if REPUBLIC in found and not REGIONS.isdisjoint(countries):
        found = [word for word in found if word != REPUBLIC]
    return tuple(found + sorted(set(countries)))


@lru_cache(1 << 10)
def key_words(name: str) -> tuple[str, ...]:
    """Folded lemmas of the content words of a name."""
    words = map(fold, ALNUM_WORD.findall(name))
    return tuple(_lemma(word) for word in words if word not in FUNCTION_WORDS)

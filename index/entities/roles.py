"""Roles: the words beside a name that say who this is.

«председатель правления ЦАМО Фарид Шафиев» has its role before the name, «Эркин Тукумов, директор
ИСИ, …» after it. A role is text as it stands, with its case.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from index.entities.role_nouns import ABBREVIATED_ROLES, ANIMALS, KIN, ROLE_PREFIXES, ROLES
from index.morphology import CACHED_FORMS, fold, is_known, parses
from index.names.paradigms import ANY, CASES, EITHER, FEMININE, GEN, GIVEN, NOM, PATRONYMIC, SURNAME

MOST_WORDS = 16
"""Words of a role at the most."""

WINDOW = 220
"""Code points beside a name that are looked at."""

NEAR = 60
"""The same at first: most names have no role, or a short one."""

MOST_LOOKED_BACK = 6
"""Tokens before a token that decide whether a role goes on over it."""

TOKEN = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*|\n|[^\w\s]")
PREPOSITIONS = frozenset("по при в во на с со для из от у за и".split())
ABBREVIATIONS = frozenset("г им гг др проф акад".split())
OPENING_MARK = re.compile(r"\s?,\s|\s?\(|\s[—–-]\s")
"""What stands between a name and the role after it."""

ACTING = re.compile(r"(?<!\w)(?:вр\.\s?)?и\.\s?о\.\s?$", re.IGNORECASE)
"""«И. о. министра»: the office after it is in the genitive whatever the name's case."""

_FOLDED_ROLES = frozenset(fold(role) for role in ROLES)
NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "NUMR"))
NAMES = frozenset((GIVEN, PATRONYMIC, SURNAME))
ADJECTIVAL = frozenset(("ADJF", "PRTF"))


@dataclass(frozen=True, slots=True)
class Role:
    """A role's place in the text, and the head's form, cases (a bit mask), gender, number."""

    start: int
    stop: int
    cases: int = ANY
    gender: str = ""
    plural: bool = False


@lru_cache(CACHED_FORMS)
def is_role(word: str) -> bool:
    """Whether the word is a form of a noun for an office, a trade, a rank or a relation."""
    lower = word.lower()
    if lower.rstrip(".") in ABBREVIATED_ROLES:
        return True
    return any(_is_role_lemma(fold(parse.normal_form)) for parse in parses(lower)
               if parse.tag.POS in ("NOUN", "ADJF", "PRTF") and parse.score > 0.05)  # fmt: skip


@lru_cache(CACHED_FORMS)
def is_animal(word: str) -> bool:
    """Whether the word is an animal: what follows is its name and no person's."""
    return any(parse.normal_form in ANIMALS for parse in parses(word.lower()))


@lru_cache(CACHED_FORMS)
def is_kin(word: str) -> bool:
    """Whether the word is a relative: the name after it in the genitive is someone else's."""
    return any(parse.normal_form in KIN for parse in parses(word.lower()))


def _is_role_lemma(lemma: str) -> bool:
    if lemma in _FOLDED_ROLES:
        return True
    if lemma.startswith(ROLE_PREFIXES):
        for prefix in ROLE_PREFIXES:
            if lemma.startswith(prefix) and lemma[len(prefix) :] in _FOLDED_ROLES:
                return True
    head, _, tail = lemma.partition("-")
    return bool(tail) and (head in _FOLDED_ROLES or tail in _FOLDED_ROLES) and len(head) > 2


@lru_cache(CACHED_FORMS)
def _grammar(word: str) -> tuple[int, str, bool]:
    """The cases (a bit mask) and gender of a role's head, and whether it is a plural."""
    found = [parse for parse in parses(word.lower()) if parse.tag.POS in NOMINAL]
    own = [parse for parse in found if "anim" in parse.tag and parse.tag.POS == "NOUN"] or [
        parse for parse in found if _is_role_lemma(fold(parse.normal_form))
    ]
    singular = [parse for parse in own if parse.tag.number != "plur"]
    cases = 0
    for parse in singular or own:
        cases |= CASES.get(str(parse.tag.case), 0)
    feminine = bool(singular) and all(parse.tag.gender == "femn" for parse in singular)
    return cases or ANY, FEMININE if feminine else EITHER, bool(own) and not singular


@lru_cache(CACHED_FORMS)
def _part_of_speech(word: str) -> str:
    """The part of speech that decides whether a role may go on over the word."""
    best = parses(word.lower())[0].tag
    return str(best.POS or best)


@lru_cache(CACHED_FORMS)
def _is_animate(word: str, opens: bool) -> bool:
    """Whether a common noun means someone: «воспитанница», «истец»; ``opens`` a sentence."""
    if not opens and not word[0].islower():
        return False
    best = parses(word.lower())[0]
    noun = best.tag.POS == "NOUN" and "anim" in best.tag and not NAMES & best.tag.grammemes
    return noun and best.score > 0.3 and is_known(word)


def _opens(tokens: list[re.Match], position: int) -> bool:
    return not position or not tokens[position - 1].group()[0].isalnum()


def before(
    text: str, start: int, limit: int = 0, cases: int = ANY, surname_alone: bool = False
) -> Role | None:
    """The role that ends where a name starts, looked for no further left than ``limit``.

    ``cases`` are those that the name can stand in: a head in another case is not its role
    («советник президента Обамы»), nor is a relative that of a surname alone («вдова Ельцина»).
    """
    for window in (NEAR, WINDOW):
        left = max(limit, start - window)
        tokens = list(TOKEN.finditer(text, left, start))
        if left > limit:
            del tokens[:1]
        first, heads = _stretch(text, tokens)
        if first > MOST_LOOKED_BACK or left == limit:
            break
    acting = ACTING.search(text, left, tokens[first].start()) if heads else None
    if acting is not None:
        return Role(acting.start(), tokens[-1].end())
    head = _head(tokens, heads, cases, surname_alone)
    if head is None:
        return None
    begin = _adjectives(tokens, head, first)
    agreed, gender, plural = _grammar(tokens[head].group())
    return Role(tokens[begin].start(), tokens[-1].end(), agreed, gender, plural)


def _stretch(text: str, tokens: list[re.Match]) -> tuple[int, list[int]]:
    """How far left a role may reach, and the nouns in it that may be its head, nearest first."""
    heads: list[int] = []
    first = len(tokens)
    quoted = False
    for position in range(len(tokens) - 1, max(-1, len(tokens) - 2 * MOST_WORDS), -1):
        word = tokens[position].group()
        if word[0].isalnum():
            if quoted:
                pass
            elif is_role(word) or _is_animate(word, _opens(tokens, position)):
                heads.append(position)
            elif not (_may_continue(word) or _is_abbreviated(tokens, position)):
                break
        elif word in "»”" or word in '"“' and not quoted:
            quoted = True
        elif word in "«„" or word in '"“' and quoted:
            quoted = False
        elif not _may_contain(text, tokens, position, heads):
            break
        first = position
    return first, heads


def _may_contain(text: str, tokens: list[re.Match], position: int, heads: list[int]) -> bool:
    """Whether a role may go on over this punctuation mark."""
    mark = tokens[position].group()
    if mark == ".":
        return position > 0 and _is_abbreviated(tokens, position - 1)
    if mark in "()":
        # «Казанского (Приволжского) университета»
        inside, other = (1, 2) if mark == "(" else (-1, -2)
        words = [token.group() for token in tokens[max(0, position - 2) : position + 3]]
        place = min(position, 2)
        return (
            0 <= place + other < len(words)
            and {mark, words[place + other]} == {"(", ")"}
            and _is_adjective(words[place + inside])
        )
    if mark == ",":
        return not heads and _in_list(tokens, position)
    return mark == "№" or mark in "-/" and text[tokens[position].start() - 1] != " "


def _is_abbreviated(tokens: list[re.Match], position: int) -> bool:
    """Whether a word is one that is cut short before a full stop: «МГУ им. Ломоносова»."""
    following = tokens[position + 1].group() if position + 1 < len(tokens) else ""
    return following == "." and tokens[position].group() in ABBREVIATIONS


def _in_list(tokens: list[re.Match], position: int) -> bool:
    """Whether a comma parts the members of «по связям, обороне и безопасности»."""
    after = [token.group() for token in tokens[position + 1 : position + 4]]
    before = [token.group() for token in tokens[max(0, position - 5) : position]]
    return "по" in before and ("и" in after or "," in after)


@lru_cache(CACHED_FORMS)
def _may_continue(word: str) -> bool:
    lower = word.lower()
    if lower in PREPOSITIONS:
        return True
    if word[0].islower():
        return _part_of_speech(word) in NOMINAL
    # a given name in the nominative is another person, not a part of the role
    return not is_known(word) or not any(
        GIVEN in parse.tag and parse.tag.case == "nomn" and parse.score > 0.3
        for parse in parses(lower)
    )


def _head(tokens: list[re.Match], heads: list[int], cases: int, surname_alone: bool) -> int | None:
    """The outermost head that can stand in the name's case."""
    agreeing = None
    if heads and cases == ANY:
        outer = tokens[heads[-1]].group()
        if not (surname_alone and is_kin(outer)) and _grammar(outer)[0] & NOM:
            return heads[-1]
    for head in heads:
        word = tokens[head].group()
        own, _, plural = _grammar(word)
        if surname_alone and cases & GEN and is_kin(word):
            return agreeing
        if own & cases and not (plural and agreeing is not None):
            agreeing = head
            cases &= own
    return agreeing


def _adjectives(tokens: list[re.Match], head: int, first: int) -> int:
    """Where the role begins: the adjectives that agree with its head belong to it."""
    begin = head
    noun = tokens[head].group()
    while begin > first:
        joined = tokens[begin - 1].group() == "и" and begin < head and begin - 1 > first
        candidate = begin - 2 if joined else begin - 1
        if not _agrees(tokens[candidate].group(), noun):
            break
        begin = candidate
    return begin


@lru_cache(CACHED_FORMS)
def _agrees(adjective: str, noun: str) -> bool:
    """Whether an adjective may belong to a noun: the same case and number, and no pronoun."""
    if not adjective[0].isalpha() or not _is_adjective(adjective):
        return False
    own = {(parse.tag.case, parse.tag.number) for parse in parses(noun.lower())}
    return any(
        parse.tag.POS in ADJECTIVAL
        and "Apro" not in parse.tag
        and (parse.tag.case, parse.tag.number) in own
        for parse in parses(adjective.lower())
    )


@lru_cache(CACHED_FORMS)
def _is_adjective(word: str) -> bool:
    return word[0].isalpha() and any(
        parse.tag.POS in ADJECTIVAL and parse.score >= 0.1 for parse in parses(word.lower())
    )


def after(text: str, stop: int, limit: int, cases: int = ANY) -> Role | None:
    """The apposition that begins after a name: «, директор ИСИ,», « (директор ИСИ)», « — …».

    It stands in one of the name's ``cases``, and in the singular.
    """
    opening = OPENING_MARK.match(text, stop, limit)
    if opening is None:
        return None
    start = end = opening.end()
    head = None
    quoted = False
    for token in islice(TOKEN.finditer(text, start, min(limit, start + WINDOW)), 2 * MOST_WORDS):
        word = token.group()
        if word[0].isalnum():
            if head is None and is_role(word):
                head = word
            elif head is None and word != "и" and not _is_adjective(word):
                return None
            elif head is not None and not quoted and not _may_continue(word):
                break
        elif word in "«„":
            quoted = True
        elif word in "»”“":
            quoted = False
        elif not quoted and word in ",.;:!?—–()\n":
            break
        end = token.end()
    own, gender, plural = _grammar(head) if head else (0, EITHER, False)
    return None if plural or not own & cases else Role(start, end, own, gender)

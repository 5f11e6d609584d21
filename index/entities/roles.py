"""Roles: the words beside a name that say who this is.

«председатель правления ЦАМО Фарид Шафиев» has its role before the name, «Эркин Тукумов, директор
ИСИ, …» after it. A role is text as it stands, with its case.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.entities.role_nouns import ABBREVIATED_ROLES, ROLE_PREFIXES, ROLES
from index.morphology import CACHED_FORMS, fold, parses
from index.names.declension import ANY, CASES

MOST_WORDS = 16
"""Words of a role at the most."""

WINDOW = 220
"""Code points beside a name that are looked at."""

TOKEN = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*|\n|[^\w\s]")
PREPOSITIONS = frozenset("по при в во на с со для из от у за и".split())
OPENING, CLOSING = "«„“\"(", "»“”\")"

_FOLDED_ROLES = frozenset(fold(role) for role in ROLES)
NOMINAL = frozenset(("NOUN", "ADJF", "PRTF", "NUMR"))
ADJECTIVAL = frozenset(("ADJF", "PRTF"))


@dataclass(frozen=True, slots=True)
class Role:
    """A role's place in the text, and the cases (a bit mask), gender and number of its head."""

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


def _is_role_lemma(lemma: str) -> bool:
    if lemma in _FOLDED_ROLES:
        return True
    for prefix in ROLE_PREFIXES:
        if lemma.startswith(prefix) and lemma[len(prefix) :] in _FOLDED_ROLES:
            return True
    head, _, tail = lemma.partition("-")
    return bool(tail) and (head in _FOLDED_ROLES or tail in _FOLDED_ROLES) and len(head) > 2


@lru_cache(CACHED_FORMS)
def _grammar(word: str) -> tuple[int, str, bool]:
    """The cases (a bit mask), gender and number of a role's head."""
    cases, gender, plural, singular = 0, "", False, False
    for parse in parses(word.lower()):
        if parse.tag.POS not in ("NOUN", "ADJF", "PRTF") or not _is_role_lemma(
            fold(parse.normal_form)
        ):
            continue
        if parse.tag.number == "plur":
            plural = True
        else:
            singular = True
            cases |= CASES.get(str(parse.tag.case), 0)
            gender = "f" if parse.tag.gender == "femn" else gender
    if not singular:
        for parse in parses(word.lower()):
            cases |= CASES.get(str(parse.tag.case), 0)
    return cases or ANY, gender, plural and not singular


@lru_cache(CACHED_FORMS)
def _part_of_speech(word: str) -> str:
    """The part of speech that decides whether a role may go on over the word."""
    best = parses(word.lower())[0].tag
    return str(best.POS or best)


def before(text: str, start: int, limit: int = 0) -> Role | None:
    """The role that ends where a name starts, looked for no further left than ``limit``."""
    left = max(limit, start - WINDOW)
    tokens = list(TOKEN.finditer(text, left, start))
    heads: list[int] = []
    position = len(tokens) - 1
    quoted = False
    first = position + 1
    while position >= 0 and len(tokens) - position <= 2 * MOST_WORDS:
        word = tokens[position].group()
        if word[0].isalnum():
            if not quoted:
                if is_role(word):
                    heads.append(position)
                elif not _may_continue(word):
                    break
        elif word in "»”" or word == '"' and not quoted:
            quoted = True
        elif word in "«„" or word == '"' and quoted:
            quoted = False
        elif word == "." and position and tokens[position - 1].group() in ("г", "им", "гг", "г-н", "др", "проф"):
            pass
        elif word == "," and heads == [] and _in_list(tokens, position):
            pass
        elif word not in "№-/":
            break
        first = position
        position -= 1
    if not heads:
        return None
    head = _outermost(tokens, heads)
    begin = _adjectives(tokens, head, first)
    cases, gender, plural = _grammar(tokens[head].group())
    stop = tokens[-1].end()
    return Role(tokens[begin].start(), stop, cases, gender, plural)


def _in_list(tokens, position: int) -> bool:
    """Whether a comma parts the members of «по связям, обороне и безопасности»."""
    after = [token.group() for token in tokens[position + 1 : position + 4]]
    before = [token.group() for token in tokens[max(0, position - 5) : position]]
    return "по" in before and ("и" in after or "," in after)


def _may_continue(word: str) -> bool:
    lower = word.lower()
    if lower in PREPOSITIONS or not word[0].islower():
        return True
    return _part_of_speech(word) in NOMINAL


def _outermost(tokens, heads: list[int]) -> int:
    """The head whose case the name takes: further left as long as the nearer depends on it."""
    best = heads[0]
    for head in heads[1:]:
        best = head
    return best


def _adjectives(tokens, head: int, first: int) -> int:
    """Where the role begins: its head's adjectives belong to it."""
    begin = head
    while begin > first:
        word = tokens[begin - 1].group()
        if word == "и" and begin - 1 > first and begin - 1 != head - 1 and _is_adjective(
            tokens[begin - 2].group()
        ):
            begin -= 2
        elif _is_adjective(word):
            begin -= 1
        else:
            break
    return begin


def _is_adjective(word: str) -> bool:
    return word[0].isalpha() and _part_of_speech(word) in ADJECTIVAL


def after(text: str, stop: int, limit: int) -> Role | None:
    """The apposition that begins after a name: «, директор ИСИ,», « (директор ИСИ)», « — …»."""
    opening = OPENING_MARK.match(text, stop, limit)
    if opening is None:
        return None
    right = min(limit, opening.end() + WINDOW)
    bracket = "(" in opening.group()
    words = 0
    head = None
    end = opening.end()
    quoted = False
    for token in TOKEN.finditer(text, opening.end(), right):
        word = token.group()
        if word[0].isalnum():
            words += 1
            if words > MOST_WORDS:
                return None
            if head is None:
                if is_role(word):
                    head = word
                elif not _is_adjective(word) and word != "и":
                    return None
            elif not quoted and not _may_continue(word):
                break
        elif word in "«„":
            quoted = True
        elif word in "»”“":
            quoted = False
        elif word == ")" and bracket or not quoted and word in ",.;:!?—–()\n":
            break
        end = token.end()
    if head is None:
        return None
    cases, gender, plural = _grammar(head)
    return Role(opening.end(), end, cases, gender, plural)


OPENING_MARK = re.compile(r"\s?,\s|\s?\(|\s[—–-]\s")

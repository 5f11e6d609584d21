"""What the tagger takes for a person and is none: words that are no names, eponyms, plurals."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from index.entities.person_context import word_before
from index.entities.role_nouns import EPONYM_HEADS
from index.entities.roles import is_role
from index.mentions import Span
from index.morphology import CACHED_FORMS, fold, is_known, parses
from index.names.paradigms import DAT, GEN, GIVEN, PATRONYMIC, SURNAME
from index.names.parts import is_given
from index.names.person import PersonName, readings

PLURAL = re.compile(r"(?:(?:ов|ев|ёв|ин|ын)(?:ы|ых|ыми)|(?:ск|цк)(?:ие|их|ими))$")
"""A surname of several people at once, or an adjective made of it."""

NAMES = frozenset((GIVEN, PATRONYMIC, SURNAME))
PLACES_AND_BODIES = frozenset(("Geox", "Orgn"))
ADJECTIVE = re.compile(r"(?:ого|его|ому|ему|[оыи]м|[оыие]й|[ая]я|[ую]ю|ые|ие|[ыи]х|[ыи]ми)$")
NEXT_WORD = re.compile(r"[ \u00a0]([а-яё]+)")
SENTENCE_START = re.compile(r"(?:^|[.!?…\n•][«\"“„\s]*)$")
ABBREVIATED_HEAD = re.compile(r"(?<!\w)(?:ул|пл|пр|просп|пер|им|наб|о-в|св|бул)\.\s?$")
OPENING_QUOTES, CLOSING_QUOTES = frozenset('«„“"'), frozenset('»“”"')
LONGEST_ACRONYM = 5
STEM = 7
SHORTEST_ROOT = 5


def is_eponym(text: str, start: int, stop: int) -> bool:
    """Whether the name only names a street, a hospital, an award or the like."""
    word = word_before(text, start)
    if not word:
        return ABBREVIATED_HEAD.search(text, max(0, start - 8), start) is not None
    if _is_eponym_head(word.lower()):
        return _may_depend(text[start:stop])
    if not is_role(word):
        return False
    head = word_before(text, start - len(word) - 1)
    return bool(head) and _is_eponym_head(head.lower()) and _may_depend(text[start:stop])


def _may_depend(name: str) -> bool:
    """Whether a name may stand in the genitive or the dative."""
    options = readings(name)
    return any(
        reading.cases & (GEN | DAT) for reading in options if 3 * reading.weight > options[0].weight
    )


def is_place(name: str) -> bool:
    """Whether words in capitals are a place's name without its hyphen: Гвинея Бисау."""
    joined = name.replace(" ", "-").lower()
    return is_known(joined) and any("Geox" in parse.tag for parse in parses(joined))


@lru_cache(CACHED_FORMS)
def _is_eponym_head(word: str) -> bool:
    best = parses(word)[0]
    return best.tag.POS == "NOUN" and fold(best.normal_form) in EPONYM_HEADS


def is_phrase(name: str) -> bool:
    """Whether several words are all common words that the dictionary knows: Чёрного Плёса."""
    words = name.split()
    if not all(is_known(word) and word_kind(word) != "name" for word in words):
        return False
    best = parses(words[-1].lower())[0].tag
    return best.POS == "NOUN" and "inan" in best


def is_adjective(text: str, start: int, stop: int) -> bool:
    """Whether a lone word is an adjective of the noun after it: «Таволжского края»,
    «Приречного автономного округа»."""
    if not ADJECTIVE.search(text, start, stop):
        return False
    own = {parse.tag.case for parse in parses(text[start:stop].lower()) if parse.tag.POS == "ADJF"}
    while match := NEXT_WORD.match(text, stop, stop + 32):
        best = parses(match.group(1))[0].tag
        if best.case not in own or best.POS not in ("ADJF", "NOUN"):
            return False
        if best.POS == "NOUN":
            return "inan" in best
        stop = match.end()
    return False


def is_plural(name: str) -> bool:
    """Whether a lone surname means several people: «братья Темирбаевы»."""
    return PLURAL.search(name.lower()) is not None


def is_doubtful(text: str, start: int, stop: int) -> bool:
    """Whether a lone word is no name of a person unless another mention says so."""
    word = text[start:stop]
    if len(word) == 1:
        return True
    if text[stop : stop + 1].isdigit() or re.match(r"[-–]\d", text[stop : stop + 2]):
        return True
    if text[start - 1 : start] in OPENING_QUOTES and text[stop : stop + 1] in CLOSING_QUOTES:
        return True
    if word.isupper() and len(word) <= LONGEST_ACRONYM:
        around = text[max(0, start - 20) : start] + text[stop : stop + 20]
        return any(letter.islower() for letter in around)
    kind = word_kind(word)
    if is_adjective(text, start, stop):
        return True
    if kind == "common":
        return opens_sentence(text, start)
    return kind == "none"


def opens_sentence(text: str, start: int) -> bool:
    """Whether what starts here is the first word of a sentence, a line or a quotation."""
    return SENTENCE_START.search(text, max(0, start - 4), start) is not None


@lru_cache(CACHED_FORMS)
def word_kind(word: str) -> str:
    """``name``, ``none`` (no name of a person), or ``common`` (a noun that a surname can be)."""
    lower = word.lower()
    if is_plural(word) or is_role(word):
        return "none"
    found = parses(lower)
    if not is_known(word):
        return "none" if _is_compound(lower) else "name"
    if any(NAMES & parse.tag.grammemes for parse in found):
        return "name"
    if any(PLACES_AND_BODIES & parse.tag.grammemes for parse in found):
        return "none"
    if all(parse.tag.POS not in ("NOUN", "ADJF") for parse in found):
        return "none"
    return "common"


def _is_compound(word: str) -> bool:
    """Whether an unknown word is a common noun with something before it: лес-охраны."""
    for cut in (2, 3, 4, 5):
        root = word[cut:]
        if len(root) < SHORTEST_ROOT:
            return False
        if is_known(root):
            best = parses(root)[0].tag
            if best.POS == "NOUN" and "inan" in best and not NAMES & best.grammemes:
                return True
    return False


class Elsewhere:
    """The words that the tagger took for a place or a body in this article."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self._stems = Counter(
            _stem(word)
            for span in spans
            if span.type != "PER"
            for word in text[span.start : span.stop].split()[:1]
        )

    def outnumbers(self, name: PersonName, n_mentions: int) -> bool:
        """Whether a name without a given name is a place or a body more often."""
        if is_given(name.given) and name.surname or name.initials or name.patronymic:
            return False
        first = name.given or name.surname
        return self._stems[_stem(first)] > n_mentions


def _stem(word: str) -> str:
    """The beginning of a word that declension leaves alone."""
    word = fold(word.strip('.,«»"()'))
    return word[: min(STEM, max(3, len(word) - 1))]

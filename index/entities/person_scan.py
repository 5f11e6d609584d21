"""Names of persons that the tagger missed: by their form, and by a person named in full nearby."""

import re
from collections.abc import Iterator, Sequence

from index.entities.person_filter import opens_sentence, word_kind
from index.entities.roles import is_role
from index.mentions import Span
from index.morphology import is_known
from index.names.declension import likelihood
from index.names.paradigms import GIVEN, PATRONYMIC, SURNAME
from index.names.particles import PATRONYMIC_ENDING
from index.names.parts import looks_like_surname
from index.names.person import key, readings

CAPITAL = "[А-ЯЁІЇЄҒҚҢҮҰҺӘӨ]"
REST = "[а-яёіїєғқңүұһәө’]+(?:-[А-ЯЁа-яё][а-яё]+)*"
CAPITALIZED = CAPITAL + REST
BY_FORM = re.compile(
    rf"[А-ЯЁ](?<![\w.].)\.[ \u00a0]?(?:[А-ЯЁ]\.[ \u00a0]?)?{CAPITALIZED}"
    rf"|{CAPITAL}(?<![\w-].){REST}[ \u00a0]"
    rf"(?:[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.|{CAPITALIZED}(?:[ \u00a0]{CAPITALIZED}){{0,2}})"
)
WORD = re.compile(rf"{CAPITAL}(?<![\w-].){REST}(?![\w-])")
"""Each begins with a capital, which is searched for faster than what stands before it."""

NEIGHBOUR = re.compile(r"[ \u00a0](?:[А-ЯЁ]|«)")
CERTAIN = 0.3
"""Share of a form's probability from which on the dictionary's given name is believed."""

PREFIX = 3


def by_form(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Names outside all spans whose form says so: «И. О. Фамилия», a given name and a surname."""
    for match in _outside(BY_FORM, text, [(span.start, span.stop) for span in spans]):
        words = match.group().split()
        if "." in words[0] or "." in words[-1]:
            surname = words[0] if "." in words[-1] else words[-1].rpartition(".")[2]
            if looks_like_surname(surname) and not is_role(surname):
                yield match.span()
            continue
        for first, stop in ((0, 3), (1, 4), (0, 2), (1, 3), (2, 4)):
            if stop <= len(words) and _is_full(words[first:stop]):
                start = match.start() + len(" ".join((*words[:first], "")))
                yield start, start + len(" ".join(words[first:stop]))
                break


def _is_full(words: list[str]) -> bool:
    """Whether words are a given name and a surname, a patronymic between them or at the end."""
    given, *rest = words
    if len(rest) == 2 and not likelihood(rest[0], PATRONYMIC):
        surname_first = PATRONYMIC_ENDING.search(rest[1].lower()) and looks_like_surname(given)
        return bool(surname_first) and not is_role(given)
    if likelihood(given, GIVEN) < CERTAIN:
        return False
    return all(
        likelihood(word, PATRONYMIC) > 0
        or likelihood(word, SURNAME) > 0
        or not is_known(word)
        and looks_like_surname(word)
        for word in rest
    )


def repeats(
    text: str, covered: Sequence[tuple[int, int]], full: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Surnames alone, outside all that is ``covered``, of those named in ``full`` elsewhere."""
    keys = {
        key(reading.name.surname)
        for surface in set(full)
        for reading in readings(surface)[:3]
        if reading.name.surname
    }
    prefixes = {known[:PREFIX] for known in keys}
    if not keys:
        return
    for match in _outside(WORD, text, covered):
        word = match.group()
        if key(word)[:PREFIX] not in prefixes or NEIGHBOUR.match(text, match.end()):
            continue
        if word_kind(word) != "name" and opens_sentence(text, match.start()):
            continue
        if any(key(reading.name.surname) in keys for reading in readings(word)):
            yield match.span()


def _outside(pattern: re.Pattern, text: str, covered) -> Iterator[re.Match]:
    """The matches that touch none of the stretches (which come by position)."""
    number = 0
    for match in pattern.finditer(text):
        while number < len(covered) and covered[number][1] <= match.start():
            number += 1
        if number == len(covered) or covered[number][0] >= match.end():
            yield match

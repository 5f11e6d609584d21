"""Where a person is named: the tagger's spans cut and widened, and names that it missed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.entities.roles import is_role
from index.mentions import Span
from index.morphology import fold
from index.names.declension import GIVEN, PATRONYMIC, SURNAME, is_known, likelihood
from index.names.person import is_given
from index.names.particles import (
    GENERATIONS,
    PATRONYMIC_PARTICLES,
    ROMAN,
    SURNAME_PARTICLES,
)

LETTERS = r"[^\W\d_]"
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff\u0301"
WORD = rf"{LETTERS}[^\W\d_{INVISIBLE}]*(?:[{INVISIBLE}]*[-‐‑’'ʼ`]?[{INVISIBLE}]*{LETTERS}+)*"
INITIALS = rf"{LETTERS}{{1,3}}\.(?:[ \u00a0]?-?[ \u00a0]?{LETTERS}{{1,2}}\.){{0,2}}"
PIECE = re.compile(rf"{INITIALS}|{WORD}")
BREAK = re.compile(r"[,;:()\[\]{}<>\"«»„“”•|/\\\n*…!?=+]|\s[–—-]+\s|\s(?:и|или|and)\s|\d|(?<=[а-яё]{3})\.\s")
INITIALS_BEFORE = re.compile(rf"(?:(?<=^)|(?<=[\s«\"(,;:—–•]))(?:[А-ЯЁA-ZІЇЄҒҚ][а-яё]?\.(?:-[А-ЯЁA-Z]\.)?\s?){{1,3}}$")
INITIALS_AFTER = re.compile(r"(?:[ \u00a0]?[А-ЯЁA-Z]\.(?:-[А-ЯЁA-Z]\.)?){1,2}(?!\w)")
NEXT = re.compile(rf"[ \u00a0]({WORD})")
PREVIOUS = re.compile(rf"(?:^|[^\w-])({WORD})[ \u00a0]$")
CAPITAL = re.compile(r"(?:^|[-’'])[^\W\d_a-zа-яё]")
LOWER_PARTICLES = frozenset("фон ван дер ибн бин бен де дель".split())
"""Particles that are no word of Russian, so that a surname may begin with them."""

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may name a person."""

    start: int
    stop: int
    surface: str


def candidates(text: str, spans: list[Span]) -> list[Candidate]:
    """The places that may name a person, by position, none over another."""
    taken = [(span.start, span.stop) for span in spans if span.type != "PER"]
    pieces: list[tuple[int, int]] = []
    for span in spans:
        if span.type == "PER":
            pieces.extend(_trim(text, *piece) for piece in _split(text, span.start, span.stop))
        elif span.type == "LOC" and _is_full_name(text[span.start : span.stop]):
            pieces.append((span.start, span.stop))
    pieces = [piece for piece in pieces if piece]
    pieces = _widened(text, pieces, taken)
    return [Candidate(start, stop, text[start:stop]) for start, stop in pieces]


def _is_full_name(text: str) -> bool:
    """Whether two words are a given name and a surname, whatever the tagger says."""
    given, _, surname = text.partition(" ")
    return is_given(given) and surname.isalpha() and likelihood(surname, SURNAME) > 0.2


def _split(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The parts of a tagger's span that are names of their own: no brackets, lists, lines."""
    begin = start
    opened = False
    for mark in BREAK.finditer(text, start, stop):
        if not opened or _worth_keeping(text, start, begin, mark.start()):
            yield begin, mark.start()
        opened = "(" in mark.group() or opened and ")" not in mark.group()
        begin = mark.end()
    if begin < stop and (not opened or _worth_keeping(text, start, begin, stop)):
        yield begin, stop


def _worth_keeping(text: str, start: int, begin: int, stop: int) -> bool:
    """Whether words in brackets are another person and not the same name in other letters."""
    gloss, outside = text[begin:stop], text[start:begin]
    return not gloss.isascii() and len(PIECE.findall(outside)) == 1


def _trim(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The stretch without what is no part of a name at its ends; None if no name is left."""
    if stop - start > LONGEST_NAME:
        return None
    words = list(PIECE.finditer(text, start, stop))
    while words and not _opens_name(words[0].group(), len(words)):
        words.pop(0)
    while words and not _closes_name(words[-1].group()):
        words.pop()
    if not words or not any(CAPITAL.search(word.group()) for word in words):
        return None
    return words[0].start(), words[-1].end()


def _opens_name(word: str, left: int) -> bool:
    if not word[0].isupper():
        return left > 1 and fold(word) in SURNAME_PARTICLES or bool(re.match(r"(?:аль|эль|ас|аш|ад|ат|ар|ан|ибн|бен)-", word))
    if left > 1 and re.match(r"(?:Аль|Эль)-", word):
        return False
    return not (left > 1 and is_role(word) and not likelihood(word, GIVEN))


def _closes_name(word: str) -> bool:
    lower = fold(word).rstrip(".")
    if word[0].islower():
        return lower in PATRONYMIC_PARTICLES or lower in GENERATIONS or "-" in word
    return True


def _widened(text: str, pieces: list[tuple[int, int]], taken) -> list[tuple[int, int]]:
    """The stretches with initials, patronymic particles and stray parts of the name joined."""
    result: list[tuple[int, int]] = []
    for number, (start, stop) in enumerate(pieces):
        floor = result[-1][1] if result else 0
        ceiling = pieces[number + 1][0] if number + 1 < len(pieces) else len(text)
        start = _with_particles(text, start, floor)
        initials = INITIALS_BEFORE.search(text, max(floor, start - 12), start)
        if initials:
            start = initials.start()
        stop = _widened_right(text, start, stop, ceiling)
        if result and start - result[-1][1] == 1 and text[start - 1] in " \u00a0" and _one_name(
            text[slice(*result[-1])], text[start:stop]
        ):
            start = result.pop()[0]
        if start < floor and result and start < result[-1][1]:
            continue
        result.append((start, stop))
    return result


def _with_particles(text: str, start: int, floor: int) -> int:
    while True:
        match = PREVIOUS.search(text, max(floor, start - 8), start)
        if match is None or match.group(1) not in LOWER_PARTICLES:
            return start
        start = match.start(1)


def _widened_right(text: str, start: int, stop: int, ceiling: int) -> int:
    name = text[start:stop]
    initials = INITIALS_AFTER.match(text, stop, min(ceiling, stop + 10))
    if initials and " " not in name and "." not in name:
        return initials.end()
    following = NEXT.match(text, stop, min(ceiling, stop + 40))
    if following:
        word = following.group(1)
        lower = fold(word)
        if lower in PATRONYMIC_PARTICLES:
            stop = following.end()
            return _widened_right(text, start, stop, ceiling)
        if ROMAN.match(word) and " " not in name and likelihood(name, GIVEN):
            return following.end()
    return stop


def _one_name(left: str, right: str) -> bool:
    """Whether two stretches with a space between are the halves of one name."""
    return (
        " " not in left
        and len(right.split()) <= 2
        and "." not in right
        and likelihood(right.split()[0], GIVEN) <= likelihood(left, GIVEN)
    )

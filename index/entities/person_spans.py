"""Where a person is named: the tagger's spans cut and widened, and names that it missed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from index.entities.person_context import word_before
from index.entities.person_filter import is_plural, word_kind
from index.entities.person_scan import CERTAIN, by_form, repeats
from index.entities.roles import is_role
from index.mentions import Span
from index.morphology import CACHED_FORMS, fold, is_known, parses
from index.names.declension import likelihood
from index.names.eastern import eastern_surname
from index.names.paradigms import GIVEN, SURNAME
from index.names.particles import (
    GENERATION,
    PATRONYMIC_ENDING,
    PATRONYMIC_PARTICLES,
    SURNAME_PARTICLES,
)
from index.names.parts import is_given, looks_like_surname
from index.names.regnal import is_regnal_number

LETTERS = r"[^\W\d_]"
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff\u0301"
WORD = rf"{LETTERS}(?:{LETTERS}|[{INVISIBLE}])*(?:[-‐‑’'ʼ`]{LETTERS}(?:{LETTERS}|[{INVISIBLE}])*)*"
INITIALS = rf"{LETTERS}{{1,3}}\.(?:[ \u00a0]?-?[ \u00a0]?{LETTERS}{{1,2}}\.){{0,2}}"
PIECE = re.compile(rf"{INITIALS}|{WORD}")
BREAK = re.compile(
    r"[,;:()\[\]{}<>\"«»„“”•|/\\\n*…!?=+]|\s[–—-]+\s|\s(?:и|или|and)\s|\d|(?<=[а-яё]{3})\.\s"
)
"""What parts the names in one span of the tagger's."""

INITIALS_BEFORE = re.compile(
    r"(?<![^\s«\"(,;:—–•])(?:[А-ЯЁA-ZІЇЄҒҚ][а-яё]?\.(?:-[А-ЯЁA-Z]\.)?\s?){1,3}$"
)
INITIALS_AFTER = re.compile(r"(?:[ \u00a0]?[А-ЯЁA-Z]\.(?:-[А-ЯЁA-Z]\.)?){1,2}(?!\w)")
ONLY_INITIALS = re.compile(r"(?:[А-ЯЁA-Z]\.[ \u00a0]?){1,3}$")
LAST_INITIAL = re.compile(r"[ .][А-ЯЁA-Z]$")
NEXT = re.compile(rf"[ \u00a0]({WORD})")
NEXT_NAME = re.compile(r"[ \u00a0]?[А-ЯЁ][а-яё]")
CAPITAL = re.compile(r"(?:^|[-’'])[^\W\d_a-zа-яё]")
SEVERAL = re.compile(r"[ \u00a0.]")
PREFIXED = re.compile(r"(?:аль|эль|ас|аш|ад|ат|ар|ан|ибн|бен)-")
BODY = re.compile(r"(?:Аль|Эль)-")
"""Аль-Каида before a name is no part of it; a person's article is in lower case."""

HONORIFIC = re.compile(r"-(?:ханум|ханым|муаллим|эфенди|ага|апа|ака|аке|сан|бей)[а-яё]{0,2}$")
CLOSED_CLASSES = frozenset(("PREP", "CONJ", "PRCL", "INTJ", "ADVB", "NPRO", "PRED"))
LOWER_PARTICLES = frozenset("фон ван дер ибн бин бен де дель".split())
"""Particles that are no word of Russian, so that a surname may begin with them."""

NICKNAMED = re.compile(rf"{WORD}[ \u00a0][«\"“]{WORD}[»\"”][ \u00a0]{WORD}")
"""A nickname in quotation marks between given name and surname: Сергей «Паук» Иванов."""

ABBREVIATION_BEFORE = re.compile(r"(?<!\w)[А-ЯЁ]{2,}[ \u00a0]$")
TWO_WORDS = re.compile(rf"({WORD})[ \u00a0]({WORD})")
LONGEST_NAME = 120
LONGEST_SPAN = 500
"""Code points of a name, and of a tagger's span that may list several."""

LONGEST_NAME_WORD = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may name a person."""

    start: int
    stop: int
    surface: str


def candidates(text: str, spans: list[Span]) -> list[Candidate]:
    """The places that may name a person, by position, none over another."""
    taken = {span.start for span in spans if span.type != "PER"}
    pieces: list[tuple[int, int]] = []
    for span in spans:
        if span.type == "PER" and span.stop - span.start <= LONGEST_SPAN:
            for piece in _split(text, span.start, span.stop):
                pieces.extend(_trim(text, *piece))
        elif span.type != "PER":
            stop = _mistaken(text, span)
            if stop:
                pieces.append((span.start, stop))
            elif _is_after_abbreviation(text, span):
                pieces.append((span.start, span.stop))
    pieces = _widened(text, sorted(chain(pieces, by_form(text, spans))), taken)
    covered = sorted(chain(pieces, ((span.start, span.stop) for span in spans)))
    full = [text[start:stop] for start, stop in pieces if SEVERAL.search(text, start, stop)]
    pieces = sorted(chain(pieces, repeats(text, covered, full)))
    found = (Candidate(start, stop, text[start:stop]) for start, stop in pieces)
    return [one for one in found if " " in one.surface or not is_plural(one.surface)]


def _mistaken(text: str, span: Span) -> int:
    """Where a person's name ends that the tagger takes for a place or a body; 0 if it is none.

    It is a given name and a surname, or a given name and any word after a role
    («архиепископ Феофан Озерский»).
    """
    match = TWO_WORDS.match(text, span.start, span.stop)
    if match is None or not is_given(match.group(1)):
        return 0
    a_surname = span.type == "LOC" and likelihood(match.group(2), SURNAME) > CERTAIN
    after_role = is_role(word_before(text, span.start)) and match.group(2).istitle()
    return match.end() if a_surname or after_role else 0


def _is_after_abbreviation(text: str, span: Span) -> bool:
    """Whether the tagger takes a surname for a place after a body («начальник ГУ МЧС Иванов»);
    a town that some are called after (Ростов) is likelier to be meant."""
    surname = text[span.start : span.stop]
    before = text[max(0, span.start - LONGEST_NAME) : span.start]
    if span.type != "LOC" or not ABBREVIATION_BEFORE.search(before):
        return False
    sure = not is_known(surname) or likelihood(surname, SURNAME) > 0.5
    return sure and looks_like_surname(surname)


def _split(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The parts of a tagger's span that are names of their own: no brackets, lists, lines."""
    if NICKNAMED.fullmatch(text, start, stop):
        yield start, stop
        return
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


def _trim(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretch without what is no part of a name at its ends; two if two names touch."""
    if stop - start > LONGEST_NAME:
        return
    words = list(PIECE.finditer(text, start, stop))
    surfaces = [word.group() for word in words]
    while words and not _opens_name(surfaces):
        del words[0], surfaces[0]
    while words and not _closes_name(surfaces):
        del words[-1], surfaces[-1]
    if not words or not any(map(CAPITAL.search, surfaces)):
        return
    if max(map(len, surfaces)) > LONGEST_NAME_WORD or len(words) == 1 and _is_title(surfaces[0]):
        return
    cut = _second_eastern(surfaces)
    if cut:
        yield words[0].start(), words[cut - 1].end()
    honorific = HONORIFIC.search(text, words[-1].start(), words[-1].end())
    yield words[cut].start(), honorific.start() if honorific else words[-1].end()


def _is_title(word: str) -> bool:
    return is_role(word) and not likelihood(word, GIVEN) and not likelihood(word, SURNAME)


def _second_eastern(words: list[str]) -> int:
    """Where a second Chinese or Korean name begins: «Кима Чен Ира | Ким Ир Сен»; 0 if none."""
    for cut in range(2, len(words) - 1):
        if eastern_surname(words[:cut]) and eastern_surname(words[cut:]) and len(words) > 4:
            return cut
    return 0


def _opens_name(words: list[str]) -> bool:
    """Whether the first of the words may be the beginning of a name."""
    word, rest = words[0], words[1:]
    if word[0].islower():
        return bool(rest) and fold(word) in SURNAME_PARTICLES or PREFIXED.match(word) is not None
    if eastern_surname(words):
        return True
    if not rest or word.istitle() and (likelihood(word, GIVEN) or likelihood(word, SURNAME)):
        return True
    acronym = word.isupper() and len(word) > 1 and not rest[0].isupper()
    full = PATRONYMIC_ENDING.search(fold(rest[-1])) is not None
    if acronym or BODY.match(word):
        return full and looks_like_surname(word)
    if full:
        return True
    return not (is_role(word) or _is_common(word) and is_given(rest[0]))


@lru_cache(CACHED_FORMS)
def _is_common(word: str) -> bool:
    """Whether a word that stands before a name says what the person is, or is no noun at all."""
    if not is_known(word):
        return False
    best = parses(word.lower())[0].tag
    return best.POS == "NOUN" and "anim" in best or best.POS in CLOSED_CLASSES


def _closes_name(words: list[str]) -> bool:
    """Whether the last of the words may be the end of a name."""
    word = words[-1]
    lower = fold(word).rstrip(".")
    if word[0].islower():
        return lower in PATRONYMIC_PARTICLES or "-" in word or GENERATION.search(word) is not None
    after_initials = len(words) > 2 and words[-2].endswith(".") and len(word) > 1
    return not (after_initials and word_kind(word) != "name")


def _widened(text: str, pieces: list[tuple[int, int]], taken: set[int]) -> list[tuple[int, int]]:
    """The stretches with initials, patronymic particles and stray parts of the name joined."""
    result: list[tuple[int, int]] = []
    for number, (start, stop) in enumerate(pieces):
        floor = result[-1][1] if result else 0
        ceiling = pieces[number + 1][0] if number + 1 < len(pieces) else len(text)
        start = _with_particles(text, start, floor)
        start = _with_given(text, start, stop, floor, taken)
        start = _with_surname(text, start, stop, floor)
        if start > 1 and (text[start - 1] == "." or text[start - 2] == "."):
            initials = INITIALS_BEFORE.search(text, max(floor, start - 12), start)
            start = initials.start() if initials else start
        stop = _widened_right(text, start, stop, ceiling)
        if result and start == result[-1][1] + 1 and _is_one_name(text, *result[-1], start, stop):
            start = result.pop()[0]
        if start < floor and result and start < result[-1][1]:
            continue
        result.append((start, stop))
    return result


def _with_particles(text: str, start: int, floor: int) -> int:
    while True:
        word = word_before(text, start)
        if word not in LOWER_PARTICLES or start - len(word) - 1 < floor:
            return start
        start -= len(word) + 1


def _with_given(text: str, start: int, stop: int, floor: int, taken: set[int]) -> int:
    """The start moved left over a given name before a patronymic or a surname."""
    word = word_before(text, start)
    left = start - len(word) - 1
    if not word.istitle() or left < floor or left in taken:
        return start
    words = text[start:stop].split()
    if eastern_surname([word, *words]) and not eastern_surname(words):
        return left
    first = words[0]
    if likelihood(word, GIVEN) > 0.3 and not likelihood(first, GIVEN) and not is_role(word):
        return left
    return start


def _with_surname(text: str, start: int, stop: int, floor: int) -> int:
    """The start moved left over a surname before a given name and a patronymic."""
    word = word_before(text, start)
    left = start - len(word) - 1
    if not word[:1].isupper() or left < floor:
        return start
    return left if _is_surname_before(text, left, word, text[start:stop].split()) else start


def _is_surname_before(text: str, start: int, word: str, words: list[str]) -> bool:
    """Whether a word (from ``start``) is the surname of a given name and a patronymic after it;
    «вдова Маркова Зоя Иосифовна» are two persons."""
    if len(words) != 2 or PATRONYMIC_ENDING.search(fold(words[1])) is None:
        return False
    if not looks_like_surname(word) or is_given(word) or is_role(word):
        return False
    return word.isupper() or not is_role(word_before(text, start))


def _widened_right(text: str, start: int, stop: int, ceiling: int) -> int:
    name = text[start:stop]
    if LAST_INITIAL.search(name) and text.startswith(".", stop):
        return stop + 1
    following = NEXT.match(text, stop, min(ceiling, stop + 40))
    if following and is_regnal_number(following.group(1)) and all(map(is_given, name.split())):
        return following.end()
    initials = INITIALS_AFTER.match(text, stop, min(ceiling, stop + 10))
    if initials and " " not in name and "." not in name:
        single = initials.group().count(".") == 1
        if not (single and NEXT_NAME.match(text, initials.end())):
            return initials.end()
    if following and fold(following.group(1)) in PATRONYMIC_PARTICLES:
        return _widened_right(text, start, following.end(), ceiling)
    return stop


def _is_one_name(text: str, start: int, cut: int, go_on: int, stop: int) -> bool:
    """Whether two stretches with a space between are the halves of one name."""
    left, right = text[start:cut], text[go_on:stop]
    words = right.split()
    if text[cut] not in " \u00a0" or " " in left or len(words) > 2:
        return False
    if ONLY_INITIALS.match(right):
        return left.isalpha()
    if len(words) == 2 and PATRONYMIC_ENDING.search(fold(words[1])):
        return _is_surname_before(text, start, left, words)
    return "." not in right and likelihood(words[0], GIVEN) <= likelihood(left, GIVEN)

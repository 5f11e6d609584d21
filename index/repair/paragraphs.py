"""Paragraphs: lines put together again, headings that fell between them lifted out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.morphology import is_known
from index.repair.breaks import Break, Decision, Words, decide, is_proper
from index.repair.columns import Column, columns
from index.repair.halves import (
    LONGEST_WORD,
    NON_BREAKING_HYPHEN,
    SOFT_HYPHENS,
    first_half,
    second_half,
)
from index.repair.lines import Line
from index.repair.sentences import (
    LONGEST_HEADING,
    continues,
    ends_sentence,
    expects_more,
    is_body,
    is_function_word,
    is_heading,
    is_marked,
)

MOST_HEADINGS = 4
"""Blocks that may have fallen between the halves of a sentence."""

MOST_HEADING_LINES = 8

_LONGEST_MAKE = 2
_LONGEST_BY_CHANCE = 4


@dataclass(frozen=True, slots=True)
class Joint:
    """A line break that was closed: ``glue`` stands in its place, between ``left``, the end of
    what comes before, and ``right``, the beginning of what follows; ``is_word`` tells a broken
    word from a broken sentence."""

    left: str
    glue: str
    right: str
    is_word: bool


@dataclass(frozen=True, slots=True)
class Reflowed:
    """Lines that are whole paragraphs, the headings lifted out, the breaks that were closed."""

    lines: list[Line]
    headings: list[str]
    joints: list[Joint]


def reflow(lines: Sequence[Line], words: Words) -> Reflowed:
    """The paragraphs that the lines make up; ``words`` are those of the whole text."""
    layout = columns(lines)
    result = Reflowed([], [], [])
    paragraph: _Paragraph | None = None
    number = 0
    while number < len(lines):
        line = lines[number]
        if paragraph is None:
            paragraph, number = _Paragraph(line), number + 1
            continue
        if glue := _direct(paragraph, lines, number, layout[number], words):
            result.joints.append(paragraph.add(line.body, glue))
            number += 1
        elif found := _beyond_headings(paragraph, lines, number, words):
            beyond, glue = found
            result.headings.extend(_headings(lines[number:beyond], words))
            result.joints.append(paragraph.add(lines[beyond].body, glue))
            number = beyond + 1
        else:
            result.lines.append(paragraph.line())
            paragraph = None
    if paragraph:
        result.lines.append(paragraph.line())
    return result


class _Paragraph:
    def __init__(self, line: Line):
        self._first = line
        self._pieces = [line.body]

    @property
    def end(self) -> str:
        end = ""
        for piece in reversed(self._pieces):
            end = piece + end
            if len(end) > LONGEST_WORD:
                break
        return end

    @property
    def is_body(self) -> bool:
        return len(self._pieces) > 3 or is_body("".join(self._pieces))

    def add(self, body: str, glue: Break) -> Joint:
        end = self.end
        left, right = _last_word(end), _first_word(body)
        if glue is Break.JOIN:
            self._pieces[-1], left = self._pieces[-1][:-1], left[:-1]
        space = "" if glue in (Break.JOIN, Break.HYPHEN) else " "
        self._pieces += [space, body] if space else [body]
        return Joint(left, space, right, glue is not Break.SPACE)

    def line(self) -> Line:
        return Line(self._first.gap, "".join(self._pieces), self._first.breaks)


def _last_word(text: str) -> str:
    return (text[-LONGEST_WORD:].split() or [""])[-1]


def _first_word(text: str) -> str:
    return (text[:LONGEST_WORD].split() or [""])[0]


def _direct(
    paragraph: _Paragraph, lines: Sequence[Line], number: int, column: Column, words: Words
) -> Break | None:
    """How a line goes on with the paragraph before it, if it does."""
    line, end = lines[number], paragraph.end
    if not line.body:
        return None
    half, rest = first_half(end), second_half(line.body)
    if half and rest:
        following = lines[number + 1].body if number + 1 < len(lines) else ""
        decision = _decide(half, end[-1], _whole(rest, line.body, following), words)
        if rest[0].islower() or _all_capitals(half, rest) or decision.sure:
            return decision.outcome
        if _beyond_headings(paragraph, lines, number, words):
            return None
        apart = not _takes_number(half) if rest[0].isdigit() else is_heading(line.body)
        return None if line.opens_block and apart else decision.outcome
    if line.opens_block:
        goes_on = continues(line.body) and not ends_sentence(end)
        body = paragraph.is_body and not is_heading(line.body) and not is_marked(line.body)
        return Break.SPACE if goes_on or (body and expects_more(end)) else None
    if continues(line.body):
        return Break.SPACE if column.is_wrapped or not ends_sentence(end) else None
    if not column.is_wrapped or (is_marked(line.body) and line.body[0] not in "—–"):
        return None
    filled = not column.has_room(lines[number - 1], line)
    return Break.SPACE if filled or expects_more(end) else None


def _decide(half: str, hyphen: str, rest: str, words: Words) -> Decision:
    if hyphen in SOFT_HYPHENS:
        return Decision(Break.JOIN, True)
    if hyphen == NON_BREAKING_HYPHEN:
        return Decision(Break.HYPHEN, True)
    return decide(half, rest, words)


def _is_fragment(word: str, is_name: bool) -> bool:
    """Whether a word can be the rest of an unknown one: it is in no dictionary, or is there by
    chance, being short, no function word, and not what follows a name whose other part is at
    hand."""
    by_chance = len(word) <= _LONGEST_BY_CHANCE and not (is_name or is_function_word(word))
    return by_chance or not is_known(word)


def _whole(rest: str, line: str, following: str) -> str:
    """The second half of a word, of which a narrow column may hold a piece only."""
    return rest + second_half(following) if first_half(line) == rest else rest


def _takes_number(half: str) -> bool:
    """Whether a number can follow the hyphen after a half: 10-12, COVID-19, Ту-154."""
    return half[-1].isdigit() or half.isupper() or len(half) <= _LONGEST_MAKE


def _all_capitals(half: str, rest: str) -> bool:
    part = half.rpartition("-")[2]
    return len(part) > 1 and len(rest) > 1 and part.isupper() and rest.isupper()


def _beyond_headings(
    paragraph: _Paragraph, lines: Sequence[Line], number: int, words: Words
) -> tuple[int, Break] | None:
    """The line after one or more headings with which the paragraph goes on, and how."""
    end = paragraph.end
    half = first_half(end)
    if not half and (ends_sentence(end) or not paragraph.is_body or not lines[number].opens_block):
        return None
    is_name = half[:1].isupper() and is_proper(second_half(lines[number].body))
    for beyond in _candidates(lines, number):
        line = lines[beyond]
        rest = second_half(line.body)
        isolated = lines[number].opens_block and line.opens_block
        if half and len(rest) > 1:
            decision = _decide(half, end[-1], rest, words)
            if decision.sure or (isolated and rest[0].islower() and _is_fragment(rest, is_name)):
                return beyond, decision.outcome
        elif not half and isolated and continues(line.body):
            return beyond, Break.SPACE
    return None


def _candidates(lines: Sequence[Line], number: int) -> Iterator[int]:
    """The lines that have nothing but headings between them and a line, and can go on where
    those fell in: blocks, and lines that begin like the middle of a sentence."""
    heading, blocks = "", 0
    for beyond in range(number, min(number + MOST_HEADING_LINES + 1, len(lines))):
        line = lines[beyond]
        opens = line.opens_block or beyond == number
        goes_on = is_heading(heading) if opens else continues(line.body)
        if beyond > number and goes_on and not first_half(lines[beyond - 1].body):
            yield beyond
        if opens:
            if (beyond > number and not is_heading(heading)) or blocks == MOST_HEADINGS:
                return
            heading, blocks = line.body, blocks + 1
        else:
            heading = f"{heading} {line.body}"
        if not line.body or len(heading) > LONGEST_HEADING or continues(heading):
            return


def _headings(lines: Sequence[Line], words: Words) -> Iterator[str]:
    """The headings that the lines make up, one of each block."""
    heading: _Paragraph | None = None
    for line in lines:
        if heading is None or line.opens_block:
            if heading:
                yield heading.line().body
            heading = _Paragraph(line)
            continue
        half, rest = first_half(heading.end), second_half(line.body)
        broken = half and rest
        glue = _decide(half, heading.end[-1], rest, words).outcome if broken else Break.SPACE
        heading.add(line.body, glue)
    if heading:
        yield heading.line().body

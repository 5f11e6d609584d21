"""Snippets: the sentences of an article that show the words of a query in context."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import BEGINS, ENDS, PASSES, role
from search.answers.highlight import Mark

MOST_SNIPPETS = 2
LONGEST = 400
"""Code points of a sentence that is shown whole; of a longer one its clauses are."""

ENOUGH = 260
"""Code points that clauses, or the sentences of a beginning, fill at the most."""

SHORT = 40
"""A sentence of fewer code points is shown with the next one of its paragraph."""

ELLIPSIS = "…"

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s)")
_PIECE = re.compile(r"\S+")
_WORD = re.compile(r"\w+")
_LONGEST_PIECE = 40
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?=[—–(])|\)\s+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fragment of a text and the stretches in it that are marked."""

    text: str
    marks: tuple[Mark, ...]


def snippets(text: str, marks: Sequence[Mark]) -> list[Snippet]:
    """The sentence with the most different marked words and the one that adds the most to it, in
    the order of the text; the beginning of the text where nothing is marked."""
    found = sentences(text)
    if not found:
        return []
    starts = [start for start, _ in marks]
    held = [marks[bisect_left(starts, a) : bisect_left(starts, b)] for a, b in found]
    words = [{text[a:b].lower() for a, b in inside} for inside in held]
    shown: list[int] = []
    for _ in range(MOST_SNIPPETS):
        seen = {word for n in shown for word in words[n]}
        left = (n for n in range(len(found)) if words[n] and n not in shown)
        best = max(left, key=lambda n: (len(words[n] - seen), len(words[n]), -n), default=None)
        if best is not None:
            shown.append(best)
    if not shown:
        return [_beginning(text, found)]
    return [_sentence(text, found, n, held, n + 1 in shown) for n in sorted(shown)]


def sentences(text: str) -> list[Span]:
    """Where the sentences of a text are, half-open, without the white space between them; a line
    ends one in any case.

    >>> [text[a:b] for text in ["Сказал А. Петров. В г. Баку!"] for a, b in sentences(text)]
    ['Сказал А. Петров.', 'В г. Баку!']
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        start, last = line.span()
        for end in _END.finditer(text, start, last):
            if _ends(text, start, end.end(), last):
                found.append((start, end.end()))
                start = _PIECE.search(text, end.end()).start()
        found.append((start, last))
    return found


def _ends(text: str, start: int, stop: int, last: int) -> bool:
    """Whether a sentence may end at a mark that stands there, and another one begin after it."""
    piece = text[max(start, stop - _LONGEST_PIECE) : stop].split()[-1]
    words = _WORD.findall(piece)
    if not role(piece, words[-1] if words else None) & ENDS:
        return False
    for following in _PIECE.finditer(text, stop, last):
        does = role(following[0], None)
        if not does & PASSES or does & BEGINS:
            return bool(does & BEGINS)
    return True


def _beginning(text: str, found: Sequence[Span]) -> Snippet:
    """The first sentences that are enough, so that a dateline is not alone."""
    start = found[0][0]
    stop = max([found[0][1], *(stop for _, stop in found if stop - start <= ENOUGH)])
    whole = start, stop
    shown = whole if stop - start <= LONGEST else _words(text, start, stop, (start, start))
    return _snippet(text, whole, shown, [])


def _sentence(
    text: str, found: Sequence[Span], n: int, held: Sequence[Sequence[Mark]], next_shown: bool
) -> Snippet:
    """A sentence, with the next one of its paragraph where it is short, or the clauses around
    its first mark where it is long."""
    (start, stop), marks = found[n], held[n]
    if stop - start > LONGEST:
        return _snippet(text, found[n], _clauses(text, start, stop, marks[0]), marks)
    if stop - start < SHORT and not next_shown and n + 1 < len(found):
        following, end = found[n + 1]
        if end - start <= ENOUGH and "\n" not in text[stop:following]:
            return _snippet(text, (start, end), (start, end), [*marks, *held[n + 1]])
    return _snippet(text, found[n], found[n], marks)


def _clauses(text: str, start: int, stop: int, mark: Mark) -> Span:
    """The clauses around a mark that are enough; of a clause that is more, the words around it."""
    borders = [start, *(match.end() for match in _CLAUSE.finditer(text, start, stop)), stop]
    first = max(n for n, border in enumerate(borders) if border <= mark[0])
    last = min(n for n, border in enumerate(borders) if border >= mark[1])
    if borders[last] - borders[first] > ENOUGH:
        return _words(text, borders[first], borders[last], mark)
    while True:
        if last + 1 < len(borders) and borders[last + 1] - borders[first] <= ENOUGH:
            last += 1
        elif first and borders[last] - borders[first - 1] <= ENOUGH:
            first -= 1
        else:
            return borders[first], borders[last]


def _words(text: str, start: int, stop: int, mark: Mark) -> Span:
    first = max(start, min(mark[0] - ENOUGH // 3, stop - ENOUGH))
    last = min(stop, first + ENOUGH)
    if first > start:
        first = text.find(" ", first, mark[0]) + 1 or mark[0]
    if last < stop:
        last = max(text.rfind(" ", first, last + 1), min(stop, mark[1]))
    return first, last


def _snippet(text: str, whole: Span, shown: Span, marks: Sequence[Mark]) -> Snippet:
    """The part of a sentence that is shown, with an ellipsis where something is left out."""
    first, last = shown
    last -= len(text[first:last]) - len(text[first:last].rstrip())
    before = f"{ELLIPSIS} " if first > whole[0] else ""
    after = f" {ELLIPSIS}" if last < whole[1] else ""
    shift = len(before) - first
    inside = tuple((a + shift, b + shift) for a, b in marks if first <= a and b <= last)
    return Snippet(before + text[first:last] + after, inside)

"""Snippets: the sentences of an article that show the words of a query in context."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from search.highlight import Mark

MOST_SNIPPETS = 2
LONGEST = 260
"""Code points of a snippet at the most; a longer sentence is cut between words."""

_SENTENCE = re.compile(
    r"\S(?:.*?(?:[!?…]|(?<!\b[А-ЯЁA-Z])\.)[»”\")]*(?=\s+(?:[«„“\"(—–-]+\s*)?[А-ЯЁA-Z0-9]|$)|.*$)",
    re.M,
)
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fragment of a text and the stretches in it that are marked."""

    text: str
    marks: tuple[Mark, ...]


def snippets(text: str, marks: Sequence[Mark]) -> list[Snippet]:
    """The sentences with the most different marked words, in the order of the text; the
    beginning of the text where nothing is marked."""
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    if not sentences:
        return []
    starts = [start for start, _ in marks]
    held = [marks[bisect_left(starts, a) : bisect_left(starts, b)] for a, b in sentences]
    weights = [len({text[a:b].lower() for a, b in inside}) for inside in held]
    ranked = sorted(range(len(sentences)), key=lambda n: (-weights[n], n))
    best = sorted(n for n in ranked[:MOST_SNIPPETS] if weights[n])
    if not best:
        return [_cut(text, sentences[0][0], _end_of_beginning(sentences), [])]
    return [_cut(text, *sentences[n], held[n]) for n in best]


def _end_of_beginning(sentences: Sequence[tuple[int, int]]) -> int:
    """Where the first sentences end that fill a snippet, so that a dateline is not alone."""
    start = sentences[0][0]
    return max([sentences[0][1], *(stop for _, stop in sentences if stop - start <= LONGEST)])


def _cut(text: str, start: int, stop: int, marks: Sequence[Mark]) -> Snippet:
    first, last = start, stop
    if stop - start > LONGEST:
        middle = marks[0][0] if marks else start
        first = max(start, min(middle - LONGEST // 3, stop - LONGEST))
        last = min(stop, first + LONGEST)
        if first > start:
            first = text.find(" ", first, middle) + 1 or middle
        if last < stop:
            last = max(text.rfind(" ", first, last + 1), min(stop, marks[0][1] if marks else 0))
            last = last if last > first else min(stop, first + LONGEST)
    before = f"{ELLIPSIS} " if first > start else ""
    after = f" {ELLIPSIS}" if last < stop else ""
    shift = len(before) - first
    inside = tuple((a + shift, b + shift) for a, b in marks if first <= a and b <= last)
    return Snippet(before + text[first:last] + after, inside)

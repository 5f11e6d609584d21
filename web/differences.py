"""Differences: what one wording of an article has that another has not, word by word."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, groupby, takewhile
from operator import itemgetter

from search.deadline import check

MOST_PAIRS = 1_000_000
"""Paragraphs, or words, of one wording × of the other, between two that stand once in either, that
are compared one by one; of more, only what both begin and end with is taken as the same."""

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the ``same`` in both, only in the earlier (``gone``) or only in
    the later wording (``new``)."""

    kind: str
    text: str


Paragraph = tuple[Piece, ...]


def differences(earlier: str, later: str) -> list[Paragraph | None]:
    """The paragraphs that differ, in order, each as pieces; None stands for paragraphs between
    them that do not, and at an end. Nothing differs: an empty list.

    Raises TimeLimit.
    """
    before, after = _paragraphs(earlier), _paragraphs(later)
    found: list[Paragraph | None] = []
    for is_same, old, new in _stretches(before, after) if before != after else ():
        found += [None] if is_same else _changed("\n".join(old), "\n".join(new))
    return found


def _stretches(before: list[str], after: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Whether what follows in both lists is the same, and what that is in either, by turns."""
    parts, a, c = [], 0, 0
    for b, d, n in [*_same(before, after), (len(before), len(after), 0)]:
        parts.append((False, before[a:b], after[c:d]))
        parts.append((True, before[b : b + n], after[d : d + n]))
        a, c = b + n, d + n
    for is_same, group in groupby((part for part in parts if any(part[1:])), itemgetter(0)):
        _, old, new = zip(*group)
        yield is_same, [*chain(*old)], [*chain(*new)]


def _same(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int]]:
    """Places in both lists from which so many items are the same, in order."""
    a = c = 0
    for b, d in [*_anchors(before, after), (len(before), len(after))]:
        check()
        old, new = before[a:b], after[c:d]
        head = _alike(old, new)
        old, new = old[head:], new[head:]
        tail = _alike(reversed(old), reversed(new))
        old, new = old[: len(old) - tail], new[: len(new) - tail]
        yield a, c, head
        if len(old) * len(new) <= MOST_PAIRS:
            for i, j, n in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
                yield a + head + i, c + head + j, n
        yield b - tail, d - tail, tail
        a, c = b, d


def _alike(before: Iterable[str], after: Iterable[str]) -> int:
    """How many items are the same before the first that differ."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after)))


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The places in both lists of the most items that stand once in either and in the same order
    (Bram Cohen's patience diff)."""
    places = {item: place for place, item in enumerate(after)}
    counts = Counter(before), Counter(after)
    ends: list[int] = []
    tops: list[tuple[int, int]] = []
    earlier: dict[int, tuple[int, int] | None] = {}
    for place, item in enumerate(before):
        if counts[0][item] == counts[1][item] == 1:
            other = places[item]
            pile = bisect_left(ends, other)
            earlier[place] = tops[pile - 1] if pile else None
            ends[pile : pile + 1], tops[pile : pile + 1] = [other], [(place, other)]
    found, pair = [], tops[-1] if tops else None
    while pair:
        found.append(pair)
        pair = earlier[pair[0]]
    return found[::-1]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _changed(before: str, after: str) -> list[Paragraph]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    gone = came = ""
    stretches = list(_stretches(old, new))
    for place, (is_same, *sides) in enumerate(stretches):
        before, after = map("".join, sides)
        between = 0 < place < len(stretches) - 1 and before.isspace()
        if not is_same or between:
            gone, came = gone + before, came + after
        else:
            pieces += [*_sides(gone, came), Piece("same", before)]
            gone = came = ""
    return _split([*pieces, *_sides(gone, came)])


def _sides(gone: str, came: str) -> list[Piece]:
    """A change; only spaces between two changed words are part of it."""
    return [Piece(kind, text) for kind, text in (("gone", gone), ("new", came)) if text]


def _split(pieces: list[Piece]) -> list[Paragraph]:
    """Pieces put into paragraphs, at the ends of lines."""
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Piece(piece.kind, line))
    return [tuple(paragraph) for paragraph in paragraphs if paragraph]

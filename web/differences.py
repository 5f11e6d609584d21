"""Differences: what one wording of an article has that another has not, word by word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from search.deadline import check

MOST_PAIRS = 1_000_000
"""Paragraphs of one wording × of the other, between what both begin and end with, that are
compared one by one; where there are more, all of them are taken as changed."""

MOST_WORDS = 6_000
"""Words of changed paragraphs, on either side, that are compared one by one."""

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
    if before == after:
        return []
    head = _alike(before, after)
    before, after = before[head:], after[head:]
    tail = _alike(reversed(before), reversed(after))
    before, after = before[: len(before) - tail], after[: len(after) - tail]
    found: list[Paragraph | None] = [None] if head else []
    for kind, a, b, c, d in _steps(before, after):
        check()
        if kind == "equal":
            found.append(None)
        else:
            found += _changed("\n".join(before[a:b]), "\n".join(after[c:d]))
    return [*found, None] if tail else found


def _alike(before: Iterable[str], after: Iterable[str]) -> int:
    """How many paragraphs are the same before the first that differ."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after)))


def _steps(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What makes one list of paragraphs of another, as difflib tells it."""
    if len(before) * len(after) > MOST_PAIRS:
        return [("replace", 0, len(before), 0, len(after))]
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _changed(before: str, after: str) -> list[Paragraph]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return _split([Piece("gone", before), Piece("new", after)])
    pieces: list[Piece] = []
    gone = came = ""
    codes = SequenceMatcher(None, old, new).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(codes):
        before, after = "".join(old[a:b]), "".join(new[c:d])
        between = 0 < place < len(codes) - 1 and before.isspace()
        if kind != "equal" or between:
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

"""Differences: what one wording of an article has that another has not, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

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
    them that do not, and at an end. Nothing differs: an empty list."""
    before, after = _paragraphs(earlier), _paragraphs(later)
    found: list[Paragraph | None] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(None)
        else:
            found += _changed("\n".join(before[a:b]), "\n".join(after[c:d]))
    return found if found != [None] else []


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

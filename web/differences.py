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
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
        else:
            sides = ("gone", "".join(old[a:b])), ("new", "".join(new[c:d]))
            pieces += [Piece(side, text) for side, text in sides if text]
    return _split(pieces)


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

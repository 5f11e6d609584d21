"""Pieces: runs of characters side by side on a page, as PDFium places them
(https://pypdfium2.readthedocs.io)."""

from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from statistics import median
from typing import Any

GAP = 0.7
"""White space between two characters of one piece at the most, in ems."""

_SAME_LINE = 0.3
_TWICE = 0.15
_HYPHENS = (0x02, 0xFFFE)
"""What PDFium has in place of a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text from ``left`` to ``right`` on a base line ``y`` points below the page's upper edge;
    ``size`` is the height of its characters."""

    text: str
    left: float
    right: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    y: float
    size: float


_NOWHERE = (0.0, 0.0, 0.0, 0.0)
"""Where a space is that PDFium adds between words: it has no place of its own."""


def pieces(page: Any) -> list[Piece]:
    """The pieces of a page, in the order in which the file draws them."""
    found: list[Piece] = []
    run: list[_Character] = []
    before: _Character | None = None
    for character in _characters(page):
        if character.size:
            if before and not _continues(before, character):
                found += _piece(run)
                run = []
            elif before and _is_drawn_twice(before, character):
                continue
            before = character
        run.append(character)
    return found + _piece(run)


def _characters(page: Any) -> Iterator[_Character]:
    from pypdfium2 import raw

    height = page.get_height()
    text = page.get_textpage()
    box, x, y = raw.FS_RECTF(), c_double(), c_double()
    try:
        for number in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, number)
            if code in (0x0A, 0x0D, 0) or not raw.FPDFText_GetLooseCharBox(
                text, number, byref(box)
            ):
                continue
            if raw.FPDFText_IsGenerated(text, number) == 1:
                yield _Character(" ", *_NOWHERE)
                continue
            raw.FPDFText_GetCharOrigin(text, number, byref(x), byref(y))
            spelt = "-" if code in _HYPHENS else chr(code)
            size = max(box.top - box.bottom, 1.0)
            yield _Character(spelt, x.value, box.right, height - y.value, size)
    finally:
        text.close()


def _continues(before: _Character, character: _Character) -> bool:
    em = max(before.size, character.size)
    return (
        abs(before.y - character.y) <= _SAME_LINE * em
        and before.left - em / 2 <= character.left <= before.right + GAP * em
    )


def _is_drawn_twice(before: _Character, character: _Character) -> bool:
    """Whether a character is the same once more, a hair beside itself: bold type of a kind."""
    moved = abs(before.left - character.left)
    return before.text == character.text and moved < _TWICE * character.size


def _piece(run: list[_Character]) -> list[Piece]:
    """The piece of a run; none where it is blank."""
    text = " ".join("".join(character.text for character in run).split())
    if not text:
        return []
    inked = [character for character in run if character.size and not character.text.isspace()]
    size = median(character.size for character in inked)
    return [Piece(text, inked[0].left, inked[-1].right, inked[0].y, size)]

"""Lines of a text, each with the white space before it, so that nothing is lost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BREAK = re.compile("(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])")
_PAGE = "\f"


@dataclass(frozen=True, slots=True)
class Line:
    """``body`` begins and ends with something visible (only the last one of a text may be
    empty); ``gap`` is the white space before it, line breaks included."""

    gap: str
    body: str
    breaks: int
    """Line breaks in the gap: 0 at the beginning of a text, 2 and more where a line is left
    blank; a page break counts as a blank line."""

    @property
    def opens_block(self) -> bool:
        """Whether a blank line, or nothing, stands before the line."""
        return self.breaks != 1


def split_lines(text: str) -> list[Line]:
    """The lines of a text that hold anything, and a last one for trailing white space.

    ``join_lines`` of them is the text.
    """
    lines: list[Line] = []
    gap, breaks = "", 0
    for number, piece in enumerate(_BREAK.split(text)):
        if number % 2:
            gap, breaks = gap + piece, breaks + (2 if piece == _PAGE else 1)
        elif body := piece.strip():
            indent = piece.index(body[0])
            lines.append(Line(gap + piece[:indent], body, breaks))
            gap, breaks = piece[indent + len(body) :], 0
        else:
            gap += piece
    if gap:
        lines.append(Line(gap, "", max(breaks, 2)))
    return lines


def join_lines(lines: Iterable[Line]) -> str:
    """The text that the lines make up."""
    return "".join(part for line in lines for part in (line.gap, line.body))


def without(lines: Sequence[Line], dropped: set[int]) -> list[Line]:
    """The lines but for those with the numbers given; of the gaps that meet the wider stays."""
    kept: list[Line] = []
    wider: Line | None = None
    for number, line in enumerate(lines):
        if wider and (wider.breaks > line.breaks or not kept):
            line = Line(wider.gap, line.body, wider.breaks)
        wider = line if number in dropped else None
        if number not in dropped:
            kept.append(line)
    return kept


def blocks(lines: Sequence[Line]) -> list[int]:
    """Where blocks, the runs of lines without a blank one between them, begin and end: the
    numbers of their first lines, and the number of lines."""
    starts = [number for number, line in enumerate(lines) if not number or line.opens_block]
    return [*starts, len(lines)]

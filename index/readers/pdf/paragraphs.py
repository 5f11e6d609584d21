"""Paragraphs: the lines of a column put together where its typesetter broke them."""

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.readers.pdf.reading_order import Line

_UNBROKEN = re.compile(r"(?<![-\u00ad\u2010\u2011])\n")
_ITEM = re.compile(r"(?:\d{1,3}[.)]|[•●▪■])\s")
_INDENT = 0.7
_DEEPEST_INDENT = 6
_ENDS = '.!?…:;»”"'
_SHORT = 2
"""Ems that a line is shorter than its column when it ends a paragraph of a block that is indented
as a whole."""

_WIDE_GAP = 1.5
_OTHER_SIZE = 1.15


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one type size, as they stand."""

    lines: tuple[str, ...]
    size: float

    @property
    def text(self) -> str:
        """The lines as one, but for those that a hyphen ends: what it broke is not known here."""
        return _UNBROKEN.sub(" ", "\n".join(self.lines))


def paragraphs(column: list[Line]) -> list[Paragraph]:
    """The paragraphs of a column: one begins where a line is indented, stands off, is set in
    another size, or is an item of a list."""
    if not column:
        return []
    pitch = median([below[0].y - above[0].y for above, below in pairwise(column)] or [0])
    left, right = min(line[0].left for line in column), max(line[-1].right for line in column)
    groups: list[list[Line]] = []
    for line in column:
        if groups and not _begins(line, groups[-1][-1], (left, right), pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(tuple(map(_text, group)), median(map(_size, group))) for group in groups]


def _begins(line: Line, above: Line, edges: tuple[float, float], pitch: float) -> bool:
    if _ITEM.match(_text(line)):
        return True
    size, other = _size(line), _size(above)
    if max(size, other) > _OTHER_SIZE * min(size, other):
        return True
    if line[0].y - above[0].y > max(_WIDE_GAP * pitch, size):
        return True
    left, right = edges
    if not _INDENT * size < line[0].left - left < _DEEPEST_INDENT * size:
        return False
    is_deeper = line[0].left - above[0].left > _INDENT * size
    is_short = right - above[-1].right > _SHORT * size
    return is_deeper or (is_short and _text(above)[-1] in _ENDS)


def _text(line: Line) -> str:
    return " ".join(piece.text for piece in line)


def _size(line: Line) -> float:
    """The type size of the longest piece of a line."""
    return max(line, key=lambda piece: len(piece.text)).size

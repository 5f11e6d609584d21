"""Reading order: the columns of a page, found by the white space between them.

A region is cut where white space runs down all of it. Where there is none it is cut into bands
from top to bottom, each with columns of its own or with none, as a headline above three columns,
and each band is cut in its turn (the recursive X-Y cut, Nagy and Seth 1984).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from index.readers.pdf.pieces import GAP, Piece

_NARROWEST = 4
"""Ems of a column's width at the least: the numbers of a list are none."""

_FEWEST = 3
"""Lines of a column at the least."""

_AHEAD = 6
"""Lines that must leave the white space between columns free for a band to begin."""

_LARGE = 1.3
"""Times that a headline's type is larger than that of most lines."""

_FURNITURE = 2
_FAR = 1.0
"""Lines at the top and at the bottom that are no part of the columns, when they stand off by so
many ems."""

_ASCENT = 0.7
_SAME_LINE = 0.4
_DEEPEST = 20

Span = tuple[float, float]

Line = list[Piece]
"""Pieces on one base line, from left to right."""


def blocks(pieces: list[Piece]) -> list[list[Line]]:
    """The pieces of a page as columns of lines, in the order in which they are read."""
    if not pieces:
        return []
    em = median(piece.size for piece in pieces)
    return list(_blocks(_lines(pieces), em, 0))


def _blocks(lines: list[Line], em: float, depth: int) -> Iterator[list[Line]]:
    parts = [lines]
    for cut in (_strips, _columns, _bands):
        if len(parts) == 1 and depth < _DEEPEST:
            parts = cut(lines, em)
    if len(parts) == 1:
        yield lines
        return
    for part in parts:
        yield from _blocks(part, em, depth + 1)


def _lines(pieces: list[Piece]) -> list[Line]:
    """The pieces by base line, from top to bottom."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if lines and piece.y - lines[-1][0].y <= _SAME_LINE * min(piece.size, lines[-1][0].size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda piece: piece.left)
    return lines


def _spans(lines: Iterable[Line], em: float, known: Sequence[Span] = ()) -> list[Span]:
    """What the pieces of some lines cover of the page's width, from left to right, beside what
    is ``known`` to be covered."""
    spans: list[Span] = []
    covered = [(piece.left, piece.right) for line in lines for piece in line]
    for left, right in sorted([*known, *covered]):
        if spans and left - spans[-1][1] < GAP * em:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    return spans


def _are_columns(spans: Sequence[Span], em: float) -> bool:
    return len(spans) > 1 and all(right - left >= _NARROWEST * em for left, right in spans)


def _strips(lines: list[Line], em: float) -> list[list[Line]]:
    """The lines cut before and behind headlines that have the whole width to themselves, and
    at what stands off at the top and the bottom of a page."""
    room = _room_above(lines)
    large = [min(piece.size for piece in line) >= _LARGE * em for line in lines]
    alone = [large[n] and room[n] >= 0 and room[n + 1] >= 0 for n in range(len(lines))]
    cuts = [0]
    for number in range(1, len(lines)):
        at_edge = number <= _FURNITURE or number >= len(lines) - _FURNITURE
        if alone[number] != alone[number - 1] or (at_edge and room[number] >= _FAR * em):
            cuts.append(number)
    return [lines[start:stop] for start, stop in pairwise([*cuts, len(lines)])]


def _room_above(lines: list[Line]) -> list[float]:
    """The white space above each line and below the last one, negative where lines overlap."""
    room, bottom = [], -inf
    for line in lines:
        room.append(min(piece.y - _ASCENT * piece.size for piece in line) - bottom)
        bottom = max(bottom, line[-1].y)
    return [*room, inf]


def _columns(lines: list[Line], em: float) -> list[list[Line]]:
    """The lines cut into columns, where white space between them runs down all lines."""
    spans = _spans(lines, em)
    if not _are_columns(spans, em):
        return [lines]
    inside = [
        [[piece for piece in line if left <= piece.left <= right] for line in lines]
        for left, right in spans
    ]
    columns = [[line for line in column if line] for column in inside]
    return columns if min(map(len, columns)) >= _FEWEST else [lines]


def _bands(lines: list[Line], em: float) -> list[list[Line]]:
    """The lines cut where columns begin and end."""
    bands: list[list[Line]] = []
    columns: list[Span] = []
    for number, line in enumerate(lines):
        wider = _spans([line], em, columns) if columns else []
        goes_on = _are_columns(wider, em)
        begins = not goes_on and _are_columns(_spans(lines[number : number + _AHEAD], em), em)
        if not bands or begins or (columns and not goes_on):
            bands.append([line])
        else:
            bands[-1].append(line)
        columns = wider if goes_on else _spans([line], em) if begins else []
    return bands

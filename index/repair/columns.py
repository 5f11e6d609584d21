"""Columns: which blocks of lines were broken by a typesetter, and how wide they are set."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from index.repair.halves import first_half
from index.repair.lines import Line, blocks
from index.repair.sentences import continues

FULL_LINE = 0.85
"""Share of the width to which a line is filled before the next one begins."""

PRIOR = 3
"""Line breaks of a block that the share of the whole text counts for."""

WRAPPED = 0.5
"""Share of a wrapped block's line breaks that fall into a sentence, at the least."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a block was set: ``is_wrapped`` when its lines were filled to ``width`` characters."""

    is_wrapped: bool
    width: int

    def has_room(self, line: Line, following: Line) -> bool:
        """Whether the first word after a line would have stood in it, had it been the same
        paragraph."""
        first = following.body[: self.width].split(maxsplit=1)[0]
        return len(line.body) + 1 + len(first) <= FULL_LINE * self.width


def columns(lines: Sequence[Line]) -> list[Column]:
    """The column of each line."""
    borders = blocks(lines)
    spans = list(zip(borders, borders[1:]))
    inside = [_breaks_inside(lines[start:stop]) for start, stop in spans]
    widths = [max(len(line.body) for line in lines[start:stop]) for start, stop in spans]
    n_breaks = sum(stop - start - 1 for start, stop in spans)
    share = sum(inside) / n_breaks if n_breaks > 1 else 0
    set_wide = [width for (start, stop), width in zip(spans, widths) if stop - start > 1]
    usual = median(set_wide or [0])
    found: list[Column] = []
    for (start, stop), n_inside, width in zip(spans, inside, widths):
        n = stop - start - 1
        is_wrapped = n > 0 and n_inside + PRIOR * share >= WRAPPED * (n + PRIOR)
        found += [Column(is_wrapped, width if n > PRIOR else max(width, int(usual)))] * (n + 1)
    return found


def _breaks_inside(block: Sequence[Line]) -> int:
    """The line breaks of a block that fall into a sentence or a word."""
    return sum(
        continues(line.body) or bool(first_half(before.body))
        for before, line in zip(block, block[1:])
    )

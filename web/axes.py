"""The axes of a drawing over time, placed for an SVG that stretches with the page.

Horizontal measures are per cent of the width, vertical ones pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

_LENGTHS = {"year": (4, 4), "month": (4, 7), "day": (7, 10)}
"""By interval: how much of a partial date a label says, and how much where that never changes."""

_ROOM = {4: (9, 9.0), 7: (4, 20.0), 10: (3, 30.0)}
"""By a label's length: how many an axis takes, and the per cent of the width that each needs."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the axis of dates says at ``x``: the partial ISO date ``text``."""

    x: float
    text: str


def percent(count: int, total: int) -> float:
    """A count in per cent of a total, 0 where there is none."""
    return 100 * count / total if total else 0.0


def labels(starts: Sequence[str], interval: str) -> tuple[Label, ...]:
    """The labels of consecutive days, months or years, ``starts`` their partial dates: one where
    a new year begins (among days a new month; in one year its months, in one month its days),
    thinned. One with no room before the next or before the end is left out."""
    coarse, fine = _LENGTHS[interval]
    length = coarse if starts[0][:coarse] != starts[-1][:coarse] else fine
    most, room = _ROOM[length]
    firsts = [
        (place, start[:length])
        for place, start in enumerate(starts)
        if not place or starts[place - 1][:length] != start[:length]
    ]
    firsts = firsts[:: -(-len(firsts) // most)]
    found = [Label(round(100 * place / len(starts), 3), text) for place, text in firsts]
    crowded = len(found) > 1 and found[1].x - found[0].x < room
    return tuple(label for label in found[crowded:] if label.x <= 100 - room)


def ticks(highest: float, most: int, whole: bool) -> tuple[float, ...]:
    """Round numbers (1, 2 or 5 of a power of ten apart) up from the first above 0, at most
    ``most`` of them, the last not below the highest value; whole ones, or thousandths."""
    step, growing = (1.0 if whole else 0.001), cycle((2, 2.5, 2))
    while highest > step * most:
        step *= next(growing)
    return tuple(k * step for k in range(1, max(1, -int(-highest // step)) + 1))

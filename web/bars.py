"""Bars on an axis of dates, placed for an SVG that stretches with the page.

Horizontal measures are per cent of the width, vertical ones pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_PX = 3
"""The height of a bar of one article, however high the highest is."""

BAR_SHARE = 0.78
"""Of a bar's place, what the bar fills; the rest is the gap."""

LAST_LABEL = 92.0
"""Per cent of the width after which no label begins."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the axis says at ``x``: the partial ISO date ``text``."""

    x: float
    text: str


def percent(count: int, total: int) -> float:
    """A count in per cent of a total, 0 where there is none."""
    return 100 * count / total if total else 0.0


def across(place: int, places: int) -> tuple[float, float]:
    """Where the bar of a place begins, and how wide it is."""
    width = 100 / places
    return round((place + (1 - BAR_SHARE) / 2) * width, 3), round(width * BAR_SHARE, 3)


def pixels(value: float, highest: float, most: int) -> int:
    """The height of a bar, where the highest value is ``most`` pixels high."""
    return max(LEAST_PX, round(most * value / highest)) if value else 0


def labels(starts: Sequence[str], length: int, most: int) -> list[Label]:
    """A label wherever the first ``length`` characters of the partial dates of the places
    change, thinned to ``most``."""
    firsts = [
        (place, start[:length])
        for place, start in enumerate(starts)
        if not place or starts[place - 1][:length] != start[:length]
    ]
    firsts = firsts[:: -(-len(firsts) // most)]
    found = [Label(round(100 * place / len(starts), 3), text) for place, text in firsts]
    return [label for label in found if label.x <= LAST_LABEL]

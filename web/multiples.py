"""Small multiples: one row of bars for each thing that is compared, all on the same axes.

Horizontal measures are per cent of the width, vertical ones pixels.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

HEIGHT_PX = 56
LEAST_PX = 2
"""The height of a bar of one article, however high the highest is."""

BAR_SHARE = 0.8
MOST_LABELS = 8
"""Labels that the axis takes."""

LAST_LABEL = 92.0
"""Per cent of the width after which no label begins."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of one interval: ``count`` of all ``total`` ones, drawn as ``value`` high."""

    start: str
    count: int
    total: int
    x: float
    width: float
    y: float
    height: float
    url: str


@dataclass(frozen=True, slots=True)
class Multiples:
    """A row of bars for each item, the labels of the common axis (``x`` and partial date), and
    the highest value: articles, or with ``share`` per cent of all articles of an interval."""

    rows: tuple[tuple[Bar, ...], ...]
    labels: tuple[tuple[float, str], ...]
    highest: float
    share: bool


def multiples(
    answer: Mapping[str, Any], share: bool, url: Callable[[int, str], str]
) -> Multiples | None:
    """The rows for a comparison, or None where there is nothing to draw; ``url`` gives the
    address of the articles of an item (by its number) in an interval."""
    values = answer["values"]
    n_items = len(answer["items"])
    heights = [[_height(v, n, share) for v in values] for n in range(n_items)]
    highest = max((height for row in heights for height in row), default=0)
    if not highest:
        return None
    width = 100 / len(values)
    rows = []
    for number, row in enumerate(heights):
        bars = []
        for place, (value, height) in enumerate(zip(values, row)):
            if not value["counts"][number]:
                continue
            px = max(LEAST_PX, round(HEIGHT_PX * height / highest, 1))
            bars.append(
                Bar(
                    start=value["start"],
                    count=value["counts"][number],
                    total=value["total"],
                    x=round((place + (1 - BAR_SHARE) / 2) * width, 3),
                    width=round(width * BAR_SHARE, 3),
                    y=HEIGHT_PX - px,
                    height=px,
                    url=url(number, value["start"]),
                )
            )
        rows.append(tuple(bars))
    return Multiples(tuple(rows), _labels([v["start"] for v in values]), highest, share)


def percent(count: int, total: int) -> float:
    """A count in per cent of a total, 0 where there is none."""
    return 100 * count / total if total else 0.0


def _height(value: Mapping[str, Any], number: int, share: bool) -> float:
    count = value["counts"][number]
    return percent(count, value["total"]) if share else count


def _labels(starts: list[str]) -> tuple[tuple[float, str], ...]:
    """A label where a new year begins (in one year a month, in one month a day), thinned to
    what fits."""
    length = next((n for n in (4, 7, 10) if len({start[:n] for start in starts}) > 1), 10)
    firsts = [
        (place, start[:length])
        for place, start in enumerate(starts)
        if not place or starts[place - 1][:length] != start[:length]
    ]
    firsts = firsts[:: -(-len(firsts) // MOST_LABELS)]
    placed = ((round(100 * place / len(starts), 3), text) for place, text in firsts)
    return tuple((x, text) for x, text in placed if x <= LAST_LABEL)

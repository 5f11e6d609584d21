"""Small multiples: one row of bars for each thing that is compared, all on the same axes.

Horizontal measures are per cent of the width, vertical ones pixels.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from web.bars import Label, across, labels, percent, pixels

HEIGHT_PX = 56
MOST_LABELS = 8
"""Labels that the axis takes."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of one interval: ``count`` of all ``total`` ones."""

    start: str
    count: int
    total: int
    x: float
    width: float
    y: int
    height: int
    url: str


@dataclass(frozen=True, slots=True)
class Multiples:
    """A row of bars for each item, the labels of the common axis, and the highest value:
    articles, or with ``share`` per cent of all articles of an interval."""

    rows: tuple[tuple[Bar, ...], ...]
    labels: tuple[Label, ...]
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
    rows = []
    for number, row in enumerate(heights):
        bars = []
        for place, (value, height) in enumerate(zip(values, row)):
            if not value["counts"][number]:
                continue
            x, width = across(place, len(values))
            px = pixels(height, highest, HEIGHT_PX)
            bars.append(
                Bar(
                    start=value["start"],
                    count=value["counts"][number],
                    total=value["total"],
                    x=x,
                    width=width,
                    y=HEIGHT_PX - px,
                    height=px,
                    url=url(number, value["start"]),
                )
            )
        rows.append(tuple(bars))
    return Multiples(tuple(rows), _labels([v["start"] for v in values]), highest, share)


def _height(value: Mapping[str, Any], number: int, share: bool) -> float:
    count = value["counts"][number]
    return percent(count, value["total"]) if share else count


def _labels(starts: list[str]) -> tuple[Label, ...]:
    """A label where a new year begins (in one year a month, in one month a day)."""
    length = next((n for n in (4, 7, 10) if len({start[:n] for start in starts}) > 1), 10)
    return tuple(labels(starts, length, MOST_LABELS))

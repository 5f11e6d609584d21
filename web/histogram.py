"""The histogram: articles by date as bars, placed for an SVG that stretches with the page.

Horizontal measures are per cent of the width, vertical ones pixels.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

HEIGHT_PX = 88
LEAST_PX = 3
"""The height of a bar of one article, however high the highest is."""

BAR_SHARE = 0.78
"""Of a bar's place, what the bar fills; the rest is the gap."""

EDGE = 6.0
"""Per cent of the width at its end where no label begins."""

LABELS = {"year": (9, 9.0), "month": (9, 9.0), "day": (4, 20.0)}
"""By interval: how many labels an axis takes, and the per cent of the width that each needs."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of one day, month or year, ``start`` its partial ISO date. ``x`` and
    ``width`` are those of its place, ``bar_x`` and ``bar_width`` of the bar in it."""

    start: str
    count: int
    x: float
    width: float
    bar_x: float
    bar_width: float
    y: int
    height: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Label:
    """What the axis says at ``x``: the partial ISO date ``text``."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bars, the axis, the highest count, and the articles that have no date."""

    interval: str
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    highest: int
    coarse: int
    missing: int


def histogram(
    facet: Mapping[str, Any],
    date_from: str | None,
    date_to: str | None,
    url: Callable[[str], str],
) -> Histogram | None:
    """The histogram of an answer's ``date`` facet, or None where there is nothing to draw.

    A bar is chosen when its date lies in the range asked for; ``url`` gives the address of
    the page narrowed to a bar's date.
    """
    values = facet["values"]
    highest = max((value["count"] for value in values), default=0)
    if not highest:
        return None
    width = 100 / len(values)
    bars = []
    for place, value in enumerate(values):
        start, count = value["start"], value["count"]
        height = max(LEAST_PX, round(HEIGHT_PX * count / highest)) if count else 0
        bars.append(
            Bar(
                start=start,
                count=count,
                x=round(place * width, 3),
                width=round(width, 3),
                bar_x=round((place + (1 - BAR_SHARE) / 2) * width, 3),
                bar_width=round(width * BAR_SHARE, 3),
                y=HEIGHT_PX - height,
                height=height,
                chosen=_within(start, date_from, date_to),
                url=url(start),
            )
        )
    labels = _labels(bars, facet["interval"])
    return Histogram(
        facet["interval"], tuple(bars), labels, highest, facet["coarse"], facet["missing"]
    )


def _within(start: str, date_from: str | None, date_to: str | None) -> bool:
    """Whether a partial date and a range have a day in common: of two ISO dates the shorter
    decides how much of them is compared."""
    after = not date_from or start >= date_from[: len(start)]
    return after and (not date_to or start[: len(date_to)] <= date_to[: len(start)])


def _labels(bars: list[Bar], interval: str) -> tuple[Label, ...]:
    """A label where a new year begins (among days, a new month), thinned to what fits."""
    most, room = LABELS[interval]
    length = len("2022-08") if interval == "day" else len("2022")
    found: list[Label] = []
    for bar in bars:
        text = bar.start[:length]
        if not found or found[-1].text != text:
            found.append(Label(bar.x, text))
    found = found[:: -(-len(found) // most)]
    if len(found) > 1 and found[1].x - found[0].x < room:
        del found[0]
    return tuple(label for label in found if label.x <= 100 - EDGE) or tuple(found[:1])

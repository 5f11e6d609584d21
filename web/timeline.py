"""The time line: articles by date as bars, placed for an SVG that stretches with the page.

Horizontal measures are per cent of the width, vertical ones pixels.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.facets.histogram import INTERVALS
from web.axes import Label, labels, percent, ticks

HEIGHT_PX = 88

LEAST_PX = 3
"""The height of a bar of one article, however high the highest is."""

BAR_SHARE = 0.78
"""Of a bar's place, what the bar fills; the rest is the gap."""

MOST_LINES = 3
"""Lines across the drawing, each with its number."""

ONE_SCALE = 4
"""The archive's bars stand on the scale of what was found unless they are so many times higher."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of one day, month or year, ``start`` its partial ISO date: ``count`` found,
    ``all`` in the whole archive, ``share`` the one of the other in per cent. ``x`` and ``width``
    are those of its place, ``bar_x`` and ``bar_width`` of the bar in it, ``height`` the bar's
    and ``all_height`` that of the archive's bar behind it."""

    start: str
    count: int
    all: int
    share: float
    x: float
    width: float
    bar_x: float
    bar_width: float
    height: int
    all_height: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line across at a height, and the number that it stands for."""

    height: float
    value: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars, the axes, and what stands beside: the highest count of the whole archive where
    its bars have a scale of their own, the articles without a date or without one fine enough.
    ``selected`` is where the dates asked for begin and how wide they are, None where they are
    all; ``of_all`` says that bars are shares; ``apart`` that the archive holds more than was
    found."""

    interval: str
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    all_highest: int | None
    coarse: int
    missing: int
    selected: tuple[float, float] | None
    of_all: bool
    apart: bool


def timeline(
    facet: Mapping[str, Any],
    date_from: str | None,
    date_to: str | None,
    url: Callable[[str], str],
    of_all: bool = False,
) -> Timeline | None:
    """The time line of an answer's ``date`` facet (or of its ``closer``), or None where there is
    nothing to draw.

    A bar is chosen when its date lies in the range asked for; ``url`` gives the address of
    the page narrowed to a bar's date; ``of_all`` draws what was found as a share of the archive.
    """
    values = facet["values"]
    if not any(value["count"] for value in values):
        return None
    shares = [percent(value["count"], value["all"]) for value in values]
    heights = shares if of_all else [value["count"] for value in values]
    highest, all_highest = max(heights), max(value["all"] for value in values)
    together = not of_all and all_highest <= ONE_SCALE * highest
    values_of_lines = ticks(all_highest if together else highest, MOST_LINES, whole=not of_all)
    top = values_of_lines[-1]
    width = 100 / len(values)
    bars = tuple(
        Bar(
            start=value["start"],
            count=value["count"],
            all=value["all"],
            share=share,
            x=round(place * width, 3),
            width=round(width, 3),
            bar_x=round((place + (1 - BAR_SHARE) / 2) * width, 3),
            bar_width=round(width * BAR_SHARE, 3),
            height=_pixels(height, top),
            all_height=_pixels(value["all"], top if together else all_highest),
            chosen=_within(value["start"], date_from, date_to),
            url=url(value["start"]),
        )
        for place, (value, share, height) in enumerate(zip(values, shares, heights))
    )
    return Timeline(
        interval=facet["interval"],
        bars=bars,
        labels=labels([bar.start for bar in bars], facet["interval"]),
        lines=tuple(Line(HEIGHT_PX * value / top, value) for value in values_of_lines),
        all_highest=None if together else all_highest,
        coarse=facet["coarse"],
        missing=facet["missing"],
        selected=_selected(bars) if date_from or date_to else None,
        of_all=of_all,
        apart=any(value["all"] > value["count"] for value in values),
    )


def intervals(facet: Mapping[str, Any], url: Callable[[str], str]) -> list[tuple[str, str | None]]:
    """The intervals by which an answer's ``date`` facet can be drawn, each with what ``url`` gives
    for it, None for the one that is drawn; none where there is no other."""
    held = {*facet["intervals"], facet["interval"], facet["auto"]}
    asked = {name: "auto" if name == facet["auto"] else name for name in INTERVALS if name in held}
    if len(asked) < 2:
        return []
    return [(n, None if n == facet["interval"] else url(value)) for n, value in asked.items()]


def _pixels(value: float, highest: float) -> int:
    """The height of a bar, where the highest value is as high as the drawing."""
    return max(LEAST_PX, round(HEIGHT_PX * value / highest)) if value else 0


def _selected(bars: Sequence[Bar]) -> tuple[float, float] | None:
    chosen = [bar for bar in bars if bar.chosen]
    if not chosen or len(chosen) == len(bars):
        return None
    start = chosen[0].x
    return start, round(chosen[-1].x + chosen[-1].width - start, 3)


def _within(start: str, date_from: str | None, date_to: str | None) -> bool:
    """Whether a partial date and a range have a day in common: of two ISO dates the shorter
    decides how much of them is compared."""
    after = not date_from or start >= date_from[: len(start)]
    return after and (not date_to or start[: len(date_to)] <= date_to[: len(start)])

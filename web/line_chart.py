"""The line chart: several things on one time line, placed for an SVG that stretches with the page.

Horizontal measures are per cent of the width, vertical ones pixels from the top.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from web.axes import Label, labels, percent, ticks
from web.end_labels import spread

HEIGHT_PX = 280

MOST_TICKS = 5
"""Lines across the drawing, each with its number."""

LABEL_PX = 30
"""The height of a line's label at its end: two lines of text."""

MOST_LINKED = 400
"""Intervals up to which a point leads to its articles; narrower ones are hard to hit."""

MARKERS = 24
"""Markers that a line takes, its highest and its lonely points aside."""


@dataclass(frozen=True, slots=True)
class Point:
    """The ``count`` articles of line ``number`` in an interval, drawn at ``y``, with a marker or
    not. ``url`` leads to them from a strip of the interval, the part that is nearest to the
    point: ``height`` pixels from ``top`` on. It is None where there are none to find."""

    number: int
    count: int
    y: float
    marked: bool
    top: float = 0
    height: float = 0
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """An interval: its start, how many articles of each line and of all it has, its place, and
    the points that are shown there."""

    start: str
    counts: tuple[int, ...]
    total: int
    x: float
    middle: float
    points: tuple[Point, ...]

    def url(self, number: int) -> str | None:
        """The address of the articles of a line, if any leads to them."""
        return next((point.url for point in self.points if point.number == number), None)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its ``path`` (of a viewBox that is 100 wide), where it ends, and how high its
    label stands beside that."""

    path: str
    end: tuple[float, float]
    label_y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across at ``y``, and the number that it stands for."""

    y: float
    value: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """The lines, the intervals each ``width`` wide, and the axes: of articles, or with ``share``
    of per cent of all articles. ``gaps`` is the path of the intervals in which the archive holds
    no article at all: there shares break off."""

    interval: str
    share: bool
    width: float
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Tick, ...]
    gaps: str


def line_chart(
    answer: Mapping[str, Any], share: bool, url: Callable[[int, str], str]
) -> LineChart | None:
    """The chart of a comparison's answer, or None where there is nothing to draw; ``url`` gives
    the address of the articles of an item (by its number) in an interval."""
    values = answer["values"]
    if not values:
        return None
    rows = [
        [_value(one, number, share) for one in values] for number in range(len(answer["items"]))
    ]
    numbers = ticks(max(v for row in rows for v in row if v is not None), MOST_TICKS, not share)
    heights = [[None if v is None else _y(v, numbers[-1]) for v in row] for row in rows]
    width = 100 / len(values)
    middles = [round((place + 0.5) * width, 3) for place in range(len(values))]
    marked = [_marked(row, number / len(rows)) for number, row in enumerate(rows)]
    ends = [
        next((x, y) for x, y in zip(reversed(middles), reversed(row)) if y is not None)
        for row in heights
    ]
    return LineChart(
        interval=answer["interval"],
        share=share,
        width=round(width, 3),
        columns=tuple(
            Column(
                start=value["start"],
                counts=tuple(value["counts"]),
                total=value["total"],
                x=round(place * width, 3),
                middle=middles[place],
                points=_points(
                    value,
                    [row[place] for row in heights],
                    [place in places for places in marked],
                    url if len(values) <= MOST_LINKED else None,
                ),
            )
            for place, value in enumerate(values)
        ),
        lines=tuple(
            Line(_path(zip(middles, row)), end, label_y)
            for row, end, label_y in zip(
                heights, ends, spread([y for _, y in ends], LABEL_PX, HEIGHT_PX)
            )
        ),
        labels=labels([value["start"] for value in values], answer["interval"]),
        ticks=tuple(Tick(_y(number, numbers[-1]), number) for number in numbers),
        gaps=_gaps([value["total"] for value in values], width),
    )


def strips(heights: Sequence[float]) -> list[tuple[float, float]]:
    """The parts of a column that belong to points at some heights, each where it begins and how
    high it is: to a point belongs what is nearest to it, and in equal parts to several at one
    height."""
    levels = sorted(set(heights))
    borders = [0.0, *((one + other) / 2 for one, other in zip(levels, levels[1:])), HEIGHT_PX]
    found = []
    for place, height in enumerate(heights):
        level = levels.index(height)
        top, bottom = borders[level], borders[level + 1]
        part = (bottom - top) / heights.count(height)
        found.append((round(top + heights[:place].count(height) * part, 2), round(part, 2)))
    return found


def _value(value: Mapping[str, Any], number: int, share: bool) -> float | None:
    """What is drawn of an interval; a share of nothing is not drawn."""
    count, total = value["counts"][number], value["total"]
    if share:
        return percent(count, total) if total else None
    return count


def _y(value: float, highest: float) -> float:
    return round(HEIGHT_PX * (1 - value / highest), 1)


def _marked(row: Sequence[float | None], phase: float) -> set[int]:
    """The places of a line that have a marker: the highest, the lonely, and of those above zero
    some, apart from each other; another ``phase``, 0 to 1, takes others."""
    apart = -(-len(row) // MARKERS)
    highest = max(range(len(row)), key=lambda place: row[place] or 0)
    found = {highest} if row[highest] else set()
    last = int(apart * phase) - apart
    for place, value in enumerate(row):
        lonely = value is not None and not any(
            0 <= beside < len(row) and row[beside] is not None for beside in (place - 1, place + 1)
        )
        if lonely or (value and place - last >= apart):
            found.add(place)
            last = place
    return found


def _points(
    value: Mapping[str, Any],
    heights: Sequence[float | None],
    marked: Sequence[bool],
    url: Callable[[int, str], str] | None,
) -> tuple[Point, ...]:
    shown = [
        (number, count, y)
        for number, (count, y) in enumerate(zip(value["counts"], heights))
        if y is not None and (marked[number] or (count and url))
    ]
    parts = iter(strips([y for _, count, y in shown if count]))
    return tuple(
        Point(number, count, y, marked[number], *next(parts), url(number, value["start"]))
        if count and url
        else Point(number, count, y, marked[number])
        for number, count, y in shown
    )


def _path(points: Iterable[tuple[float, float | None]]) -> str:
    """The path through points, broken where one has no height."""
    pieces = groupby(points, lambda point: point[1] is not None)
    return "".join(
        "M" + "L".join(f"{x:g} {y:g}" for x, y in piece) for drawn, piece in pieces if drawn
    )


def _gaps(totals: Sequence[int], width: float) -> str:
    runs = [
        [place for place, _ in run]
        for empty, run in groupby(enumerate(totals), lambda one: not one[1])
        if empty
    ]
    return "".join(
        f"M{run[0] * width:g} 0h{len(run) * width:g}v{HEIGHT_PX}h-{len(run) * width:g}z"
        for run in runs
    )

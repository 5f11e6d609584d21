import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.line_chart import HEIGHT_PX, LABEL_PX, MARKERS, MOST_LINKED, line_chart, strips


def drawn(*totals_and_counts, share=False, interval="month"):
    """A chart of consecutive months, each given as what the archive holds and what each line."""
    values = [
        {"start": f"{2020 + n // 12}-{n % 12 + 1:02}", "total": total, "counts": counts}
        for n, (total, *counts) in enumerate(totals_and_counts)
    ]
    items = [{}] * len(values[0]["counts"]) if values else []
    answer = {"interval": interval, "items": items, "values": values}
    return line_chart(answer, share, lambda number, start: f"/{number}/{start}")


def path(line) -> list[list[tuple[float, float]]]:
    """The pieces of a line, each the points that it goes through."""
    pieces = [piece.split("L") for piece in line.path.split("M")[1:]]
    return [[tuple(map(float, point.split())) for point in piece] for piece in pieces]


def test_points_stand_in_the_middle_of_their_month_at_their_height():
    chart = drawn((9, 4, 0), (9, 2, 1), (9, 0, 3), (9, 1, 0))
    assert [tick.value for tick in chart.ticks] == [1, 2, 3, 4]
    assert [tick.y for tick in chart.ticks] == [210, 140, 70, 0]
    assert path(chart.lines[0]) == [[(12.5, 0), (37.5, 140), (62.5, 280), (87.5, 210)]]
    assert path(chart.lines[1]) == [[(12.5, 280), (37.5, 210), (62.5, 70), (87.5, 280)]]
    assert [column.middle for column in chart.columns] == [12.5, 37.5, 62.5, 87.5]
    assert [column.x for column in chart.columns] == [0, 25, 50, 75] and chart.width == 25


def test_a_month_of_which_the_archive_holds_nothing_breaks_shares_and_counts_as_zero():
    months = (4, 1), (4, 2), (0, 0), (0, 0), (4, 4)
    assert path(drawn(*months).lines[0]) == [[(10, 210), (30, 140), (50, 280), (70, 280), (90, 0)]]
    shares = drawn(*months, share=True)
    assert path(shares.lines[0]) == [[(10, 210), (30, 140)], [(90, 0)]]
    assert shares.gaps == "M40 0h40v280h-40z" == drawn(*months).gaps


def test_a_lonely_point_of_shares_has_a_marker_even_where_nothing_was_found():
    chart = drawn((0, 0), (5, 0), (0, 0), (5, 5), share=True)
    markers = [[(p.number, p.y, p.marked) for p in column.points] for column in chart.columns]
    assert markers == [[], [(0, HEIGHT_PX, True)], [], [(0, 0, True)]]
    assert [column.url(0) for column in chart.columns] == [None, None, None, "/0/2020-04"]


def test_shares_are_of_all_articles_of_their_month():
    chart = drawn((10, 5), (100, 50), (50, 10), share=True)
    heights = [y for _, y in path(chart.lines[0])[0]]
    assert heights[0] == heights[1] < heights[2]
    assert [tick.value for tick in chart.ticks] == [10, 20, 30, 40, 50]


def test_points_lead_to_their_articles_from_what_is_nearest():
    column, _ = drawn((9, 4, 0, 1, 1), (9, 0, 0, 0, 0)).columns
    points = [(p.number, p.url, p.top, p.height) for p in column.points]
    assert points == [
        (0, "/0/2020-01", 0, 105),
        (2, "/2/2020-01", 105, 87.5),
        (3, "/3/2020-01", 192.5, 87.5),
    ]
    assert [column.url(number) for number in range(4)] == [
        "/0/2020-01", None, "/2/2020-01", "/3/2020-01"
    ]  # fmt: skip


@given(st.lists(st.floats(0, HEIGHT_PX), min_size=1, max_size=5))
def test_strips_fill_the_height_and_each_is_the_nearest_to_its_point(heights):
    found = strips(heights)
    assert sum(height for _, height in found) == pytest.approx(HEIGHT_PX, abs=0.1)
    for (top, height), wanted in zip(found, heights):
        middle = top + height / 2
        assert all(abs(middle - wanted) <= abs(middle - other) + 0.1 for other in heights)


def test_markers_are_few_and_the_highest_has_one():
    months = [(50, n % 7 + 1, 1) for n in range(240)]
    months[100] = (50, 40, 1)
    chart = drawn(*months)
    for number in (0, 1):
        marked = [
            (p.count, n)
            for n, column in enumerate(chart.columns)
            for p in column.points
            if p.number == number and p.marked
        ]
        assert MARKERS / 2 <= len(marked) <= MARKERS + 1
        assert max(marked)[0] == max(counts[number + 1] for counts in months)


def test_intervals_too_narrow_to_be_hit_lead_nowhere_and_are_drawn():
    months = [(9, 1)] * (MOST_LINKED + 1)
    assert all(column.points[0].url for column in drawn(*months[1:]).columns)
    chart = drawn(*months)
    assert not any(point.url for column in chart.columns for point in column.points)
    assert len(path(chart.lines[0])[0]) == len(chart.columns) == MOST_LINKED + 1


def test_a_line_ends_at_its_last_point_with_its_label_beside():
    chart = drawn((4, 4, 1), (4, 4, 1), (0, 0, 0), share=True)
    assert [line.end for line in chart.lines] == [(50, 0), (50, 210)]
    assert [line.label_y for line in chart.lines] == [0, 210]


counts = st.integers(0, 1000)
months = st.integers(1, 5).flatmap(
    lambda n: st.lists(
        st.tuples(st.integers(0, 3), *[counts] * n).map(
            lambda month: (sum(month[1:]) * min(month[0], 1) + month[0], *(c * min(month[0], 1) for c in month[1:]))
        ),
        min_size=1,
        max_size=60,
    )
)  # fmt: skip


@given(months, st.booleans())
def test_everything_is_inside_and_no_label_over_another(months, share):
    if not any(total for total, *_ in months):
        months = [*months, (1, *months[0][1:])]
    chart = drawn(*months, share=share)
    for line, number in zip(chart.lines, range(1, 6)):
        points = [point for piece in path(line) for point in piece]
        assert len(points) == sum(1 for month in months if month[0] or not share)
        assert all(0 <= x <= 100 and 0 <= y <= HEIGHT_PX for x, y in points)
    labels = sorted(line.label_y for line in chart.lines)
    assert all(below - above >= LABEL_PX - 1e-6 for above, below in zip(labels, labels[1:]))
    assert not re.search("nan|inf", "".join(line.path for line in chart.lines))


def test_nothing_is_drawn_of_nothing():
    assert drawn() is None

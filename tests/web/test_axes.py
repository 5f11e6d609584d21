import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.axes import labels, percent, ticks


def said(starts, interval) -> list[tuple[float, str]]:
    return [(label.x, label.text) for label in labels(starts, interval)]


def months(*years: int) -> list[str]:
    return [f"{year}-{month:02}" for year in years for month in range(1, 13)]


def test_nothing_of_nothing_is_no_share():
    assert (percent(1, 4), percent(0, 0)) == (25, 0)


@pytest.mark.parametrize(
    "starts, interval, expected",
    [
        (months(2021, 2022), "month", [(0, "2021"), (50, "2022")]),
        (months(2022), "month", [(0, "2022-01"), (25, "2022-04"), (50, "2022-07"), (75, "2022-10")]),
        (months(*range(2000, 2020)), "month", [(15 * n, str(2000 + 3 * n)) for n in range(7)]),
        ([f"2022-08-{day:02}" for day in range(1, 31)], "day", [(0, "2022-08-01"), (33.333, "2022-08-11"), (66.667, "2022-08-21")]),
        ([f"2022-12-{day:02}" for day in range(12, 32)] + [f"2023-01-{day:02}" for day in range(1, 21)], "day", [(0, "2022-12"), (50, "2023-01")]),
        (["2022-08"], "month", [(0, "2022-08")]),
        ([str(year) for year in range(1990, 2026)], "year", [(n * 400 / 36, str(1990 + 4 * n)) for n in range(9)]),
    ],
)  # fmt: skip
def test_a_label_says_what_changes_and_stands_where_that_begins(starts, interval, expected):
    found = said(starts, interval)
    assert [text for _, text in found] == [text for _, text in expected]
    assert [x for x, _ in found] == pytest.approx([x for x, _ in expected], abs=0.001)


def test_a_label_with_no_room_beside_the_next_is_left_out():
    assert [text for _, text in said(["2020-12", *months(2021)], "month")] == ["2021"]


def test_no_label_begins_where_it_would_leave_the_drawing():
    assert [text for _, text in said([*months(2021), "2022-01"], "month")] == ["2021"]


@pytest.mark.parametrize(
    "highest, most, whole, expected",
    [
        (1, 3, True, [1]), (3, 3, True, [1, 2, 3]), (4, 3, True, [2, 4]), (7, 3, True, [5, 10]),
        (312, 3, True, [200, 400]), (45, 5, True, [10, 20, 30, 40, 50]), (100, 5, False, [20, 40, 60, 80, 100]),
        (0.3, 5, False, [0.1, 0.2, 0.3]), (0.004, 5, False, [0.001, 0.002, 0.003, 0.004]),
    ],
)  # fmt: skip
def test_ticks_stand_at_round_numbers(highest, most, whole, expected):
    assert ticks(highest, most, whole) == pytest.approx(expected)


@given(st.one_of(st.integers(1, 10**9), st.floats(1e-6, 100)), st.integers(3, 6))
def test_ticks_reach_the_highest_value_and_are_few(highest, most):
    found = ticks(highest, most, whole=isinstance(highest, int))
    assert len(found) <= most + 1 and found[-1] >= highest * (1 - 1e-9)

import numpy as np
import pytest

from index.dates import days
from search.facets.histogram import histogram, told_apart


def bars(*partials, interval="auto"):
    spans = np.array([days(p) if p else (0, 0) for p in partials], np.int64).reshape(-1, 2)
    return histogram(spans[:, 0], spans[:, 1], interval)


def test_months_are_consecutive():
    found = bars("2022-01-31", "2022-03-01", "2022-03-15", interval="month")
    assert list(zip(found.starts, found.counts)) == [("2022-01", 1), ("2022-02", 0), ("2022-03", 2)]


@pytest.mark.parametrize(
    "interval, counted, coarse", [("day", 1, 2), ("month", 2, 1), ("year", 3, 0)]
)
def test_dates_coarser_than_the_interval_are_counted_apart(interval, counted, coarse):
    found = bars("2022", "2022-08", "2022-08-19", None, interval=interval)
    assert (found.counts, found.coarse, found.missing) == ((counted,), coarse, 1)


@pytest.mark.parametrize(
    "first, last, interval",
    [
        ("2022-08-01", "2022-08-19", "day"),
        ("2022-08-01", "2022-12-01", "month"),
        ("2019-01-01", "2026-11-01", "month"),
        ("1990-01-01", "2022-01-01", "year"),
    ],
)
def test_the_interval_fits_the_span(first, last, interval):
    assert bars(first, last).interval == interval


def test_bars_are_bounded():
    assert bars("2000-01-01", "2022-01-01", interval="day").interval == "month"
    found = bars("0001-01-01", "9999-12-31", interval="day")
    assert (found.interval, len(found.starts)) == ("year", 9999)


def test_nothing_dated():
    assert bars(None, None) == bars(None, None, interval="day")
    assert (bars().counts, bars().missing, bars(None).missing) == ((), 0, 1)


@pytest.mark.parametrize(
    "first, last, found",
    [
        ("2022-08-19", "2022-08-19", []),
        ("2022-08-01", "2022-08-20", ["day"]),
        ("2021-12-31", "2022-01-01", ["day", "month", "year"]),
        ("2022-01-05", "2022-11-05", ["day", "month"]),
        ("2020-01-05", "2022-11-05", ["month", "year"]),
        ("1901-01-01", "2022-11-05", ["year"]),
        ("0001-01-01", "9999-12-31", []),
    ],
)
def test_intervals_are_those_of_which_a_span_has_several_and_not_too_many(first, last, found):
    assert told_apart(bars(first, last)) == found

"""The histogram: articles a day, month or year."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.schema import NO_DATE

INTERVALS = {"day": "D", "month": "M", "year": "Y"}
"""Each interval and NumPy's code of it."""

MOST_BARS = 4000
MOST_SEEN = 400
"""Bars that are told apart on a page."""

_LONGEST_SPAN = {"day": 62, "month": 3700}
_LEAST_WIDTH = {"day": 1, "month": 28}
_WIDTH = {"day": 1, "month": 31, "year": 366}
_DAY_0 = np.datetime64("0001-01-01", "D") - 1
_MISSING = np.iinfo(np.int64).min
_COARSE = _MISSING + 1


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of articles in consecutive intervals, whose ``starts`` are partial dates.

    ``coarse`` articles have a date that is wider than the interval, ``missing`` ones have none.
    """

    interval: str
    starts: tuple[str, ...]
    counts: tuple[int, ...]
    coarse: int
    missing: int


def histogram(
    first_days: np.ndarray,
    last_days: np.ndarray,
    interval: str = "auto",
    articles: np.ndarray | None = None,
) -> Histogram:
    """The articles whose dates span these days, (n,) ordinals each, NO_DATE for none; with
    ``articles``, (n,), so many of each.

    ``auto`` takes days up to two months, months up to ten years, else years; an interval that
    would give more than MOST_BARS is taken coarser.
    """
    if articles is None:
        articles = np.ones(len(first_days), np.int64)
    interval = fitting(interval, first_days, last_days)
    return counted(interval, units(interval, first_days, last_days), articles)


def units(interval: str, first_days: np.ndarray, last_days: np.ndarray) -> np.ndarray:
    """In which interval each date lies, (n,) int64, for ``counted``."""
    days = _DAY_0 + first_days.astype(np.int64)
    found = days.astype(f"M8[{INTERVALS[interval]}]").astype(np.int64)
    found[last_days - first_days >= _WIDTH[interval]] = _COARSE
    found[first_days == NO_DATE] = _MISSING
    return found


def counted(interval: str, units: np.ndarray, articles: np.ndarray) -> Histogram:
    """The histogram of ``articles``, (n,) many in each of some units."""
    coarse, missing = (int(articles[units == none].sum()) for none in (_COARSE, _MISSING))
    fine = units > _COARSE
    units, articles = units[fine], articles[fine]
    if not len(units):
        return Histogram(interval, (), (), coarse, missing)
    start = int(units.min())
    counts = np.bincount(units - start, articles).astype(np.int64).tolist()
    return Histogram(
        interval, _starts(interval, start, len(counts)), tuple(counts), coarse, missing
    )


def by_start(interval: str, units: np.ndarray, articles: np.ndarray) -> dict[str, int]:
    """The same without coarse and missing ones, of intervals that have any, by their starts."""
    fine = units > _COARSE
    held, place = np.unique(units[fine], return_inverse=True)
    counts = np.bincount(place, articles[fine], len(held)).astype(np.int64)
    starts = np.datetime_as_string(held.astype(f"M8[{INTERVALS[interval]}]"))
    return dict(zip(starts.tolist(), counts.tolist()))


@lru_cache(64)
def _starts(interval: str, first: int, n: int) -> tuple[str, ...]:
    """How ``n`` intervals from one on are written."""
    starts = np.arange(first, first + n).astype(f"M8[{INTERVALS[interval]}]")
    return tuple(np.datetime_as_string(starts).tolist())


def told_apart(bars: Histogram) -> list[str]:
    """The intervals, finest first, of which the span of some bars has several, but no more than
    MOST_SEEN.

    >>> told_apart(Histogram("month", ("2021-12", "2022-01"), (1, 1), 0, 0))
    ['day', 'month', 'year']
    """
    if not bars.starts:
        return []
    unit = INTERVALS[bars.interval]
    first = np.datetime64(bars.starts[0], "D")
    last = (np.datetime64(bars.starts[-1], unit) + 1).astype("M8[D]") - 1
    numbers = {
        name: 1 + (last.astype(f"M8[{unit}]") - first.astype(f"M8[{unit}]")).astype(int)
        for name, unit in INTERVALS.items()
    }
    return [name for name, number in numbers.items() if 1 < number <= MOST_SEEN]


def fitting(interval: str, first_days: np.ndarray, last_days: np.ndarray) -> str:
    """The interval to take for dates, see ``histogram``."""
    dated = first_days != NO_DATE
    span = int(last_days[dated].max()) - int(first_days[dated].min()) if dated.any() else 0
    if interval == "auto":
        interval = next((name for name, most in _LONGEST_SPAN.items() if span <= most), "year")
    while interval != "year" and span > MOST_BARS * _LEAST_WIDTH[interval]:
        interval = "month" if interval == "day" else "year"
    return interval

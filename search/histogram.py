"""The histogram: articles a day, month or year."""

from dataclasses import dataclass

import numpy as np

from index.schema import NO_DATE

INTERVALS = {"day": "D", "month": "M", "year": "Y"}
"""Each interval and NumPy's code of it."""

MOST_BARS = 4000

_LONGEST_SPAN = {"day": 62, "month": 3700}
_LEAST_WIDTH = {"day": 1, "month": 28}
_WIDTH = {"day": 1, "month": 31, "year": 366}
_DAY_0 = np.datetime64("0001-01-01", "D") - 1


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
    dated = first_days != NO_DATE
    interval = _fitting(interval, first_days[dated], last_days[dated])
    fine = dated & (last_days - first_days < _WIDTH[interval])
    units = (_DAY_0 + first_days[fine].astype(np.int64)).astype(f"M8[{INTERVALS[interval]}]")
    coarse = int(articles[dated].sum() - articles[fine].sum())
    missing = int(articles[~dated].sum())
    if not len(units):
        return Histogram(interval, (), (), coarse, missing)
    start = units.min()
    counts = np.bincount((units - start).astype(np.int64), articles[fine]).astype(np.int64)
    starts = np.datetime_as_string(start + np.arange(len(counts)))
    return Histogram(interval, tuple(starts.tolist()), tuple(counts.tolist()), coarse, missing)


def _fitting(interval: str, first_days: np.ndarray, last_days: np.ndarray) -> str:
    span = int(last_days.max()) - int(first_days.min()) if len(first_days) else 0
    if interval == "auto":
        interval = next((name for name, most in _LONGEST_SPAN.items() if span <= most), "year")
    while interval != "year" and span > MOST_BARS * _LEAST_WIDTH[interval]:
        interval = "month" if interval == "day" else "year"
    return interval

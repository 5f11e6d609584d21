"""The histogram: articles a day, month or year."""

from dataclasses import dataclass

import numpy as np

from index.schema import NO_DATE

INTERVALS = {"day": "D", "month": "M", "year": "Y"}
"""Each interval and NumPy's code of it."""

_LONGEST_SPAN = {"day": 62, "month": 3700}
_WIDTH = {"day": 1, "month": 31, "year": 366}
_DAY_0 = np.datetime64("0001-01-01", "D") - 1


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of articles in consecutive intervals: ``starts`` are partial dates; ``missing``
    counts articles without a date, or with one that is coarser than the interval."""

    interval: str
    starts: tuple[str, ...]
    counts: tuple[int, ...]
    missing: int


def histogram(first_days: np.ndarray, last_days: np.ndarray, interval: str = "auto") -> Histogram:
    """The articles whose dates span these days, (n,) int64 ordinals each, NO_DATE for none.

    ``auto`` takes days up to two months, months up to ten years, else years.
    """
    if interval == "auto":
        dated = first_days != NO_DATE
        interval = fitting(first_days[dated], last_days[dated])
    _, units = interval_numbers(first_days, last_days, interval)
    missing = len(first_days) - len(units)
    if not len(units):
        return Histogram(interval, (), (), missing)
    start = units.min()
    counts = np.bincount(units - start)
    labels = (start + np.arange(len(counts))).astype(f"M8[{INTERVALS[interval]}]")
    return Histogram(
        interval, tuple(np.datetime_as_string(labels).tolist()), tuple(counts.tolist()), missing
    )


def interval_numbers(
    first_days: np.ndarray, last_days: np.ndarray, interval: str
) -> tuple[np.ndarray, np.ndarray]:
    """Which dates are not coarser than the interval, (n,) bool, and the intervals that these are
    in, numbered through time from 1970 on, int64."""
    fine = (first_days != NO_DATE) & (last_days - first_days < _WIDTH[interval])
    dates = _DAY_0 + first_days[fine].astype(np.int64)
    return fine, dates.astype(f"M8[{INTERVALS[interval]}]").astype(np.int64)


def fitting(first_days: np.ndarray, last_days: np.ndarray) -> str:
    """The interval that suits dates: days up to two months, months up to ten years, else years."""
    span = int(last_days.max() - first_days.min()) if len(first_days) else 0
    return next((name for name, longest in _LONGEST_SPAN.items() if span <= longest), "year")

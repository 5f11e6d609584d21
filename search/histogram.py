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
    """Counts of articles in consecutive intervals, whose ``starts`` are partial dates.

    ``coarse`` articles have a date that is wider than the interval, ``missing`` ones have none.
    """

    interval: str
    starts: tuple[str, ...]
    counts: tuple[int, ...]
    coarse: int
    missing: int


def histogram(first_days: np.ndarray, last_days: np.ndarray, interval: str = "auto") -> Histogram:
    """The articles whose dates span these days, (n,) int64 ordinals each, NO_DATE for none.

    ``auto`` takes days up to two months, months up to ten years, else years.
    """
    dated = first_days != NO_DATE
    if interval == "auto":
        interval = _fitting(first_days[dated], last_days[dated])
    fine = dated & (last_days - first_days < _WIDTH[interval])
    units = (_DAY_0 + first_days[fine]).astype(f"M8[{INTERVALS[interval]}]")
    coarse = int(np.count_nonzero(dated)) - len(units)
    missing = int(np.count_nonzero(~dated))
    if not len(units):
        return Histogram(interval, (), (), coarse, missing)
    start = units.min()
    counts = np.bincount((units - start).astype(np.int64))
    starts = np.datetime_as_string(start + np.arange(len(counts)))
    return Histogram(interval, tuple(starts.tolist()), tuple(counts.tolist()), coarse, missing)


def _fitting(first_days: np.ndarray, last_days: np.ndarray) -> str:
    span = int(last_days.max() - first_days.min()) if len(first_days) else 0
    return next((name for name, longest in _LONGEST_SPAN.items() if span <= longest), "year")

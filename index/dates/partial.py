"""Partial dates: a day, a month or a year, as an ISO 8601 string of that length.

``2022-08-19`` is a day, ``2022-08`` a month, ``2022`` a year. The length of the string is
its precision, so that a guess can never pass for a day.
"""

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from index.dates.months import month

PRECISIONS = {4: "year", 7: "month", 10: "day"}

CACHED_DAYS = 1 << 14
"""Dates that are kept read in memory: most articles of an archive share their day with others."""

LONGEST_CACHED = 40
"""Characters: a longer date may have a whole text behind it, and hardly comes twice."""

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[t ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?\d{4}(?:\d\d)?z?)?")
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})(?:[,t ].*)?")
_DIGITS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[, ].*)?")
_WORDS = re.compile(r"(?:(\d{1,2})\s+)?([а-я]+)\.?\s+(\d{4})(?:\s*г(?:\.|ода)?)?(?:[, ].*)?")


class DateError(ValueError):
    """What was given is no date, or a day that no calendar has."""


def parse_date(value: str) -> str:
    """The partial date that a string states; the day stays the one written there, whatever
    the time zone.

    Takes ISO 8601 (``2022``, ``2022-08``, ``2022-08-19T10:00:00Z``, ``20220819``), ``2022/08/19``,
    ``19.08.2022``, ``19 августа 2022 г.``, ``август 2022`` and RFC 5322
    (``Fri, 19 Aug 2022 10:00:00 +0300``).

    Raises DateError for anything else.

    >>> parse_date("19 августа 2022 года")
    '2022-08-19'
    """
    return (_cached if len(value) <= LONGEST_CACHED else _parsed)(value)


def _parsed(value: str) -> str:
    text = " ".join(value.split()).lower()
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, number, day = match.groups()
    elif match := _YEAR_FIRST.fullmatch(text):
        year, _, number, day = match.groups()
    elif match := _DIGITS.fullmatch(text):
        day, number, year = match.groups()
    elif (match := _WORDS.fullmatch(text)) and (number := month(match[2])):
        day, year = match[1], match[3]
    else:
        return _rfc5322(value)
    return joined(int(year), number and int(number), day and int(day), value)


_cached = lru_cache(CACHED_DAYS)(_parsed)


def _rfc5322(value: str) -> str:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError, IndexError):
        raise DateError(f"{value!r} is no date; write it like 2024-05-31") from None


def joined(year: int, month: int | None, day: int | None, written: str | None = None) -> str:
    """The partial date of these parts; ``written`` is what the message calls it.

    Raises DateError where it is in no calendar.
    """
    partial = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise DateError(f"{written or partial!r} is in no calendar") from None
    return partial


def precision(partial: str) -> str:
    """``day``, ``month`` or ``year``."""
    return PRECISIONS[len(partial)]


@lru_cache(CACHED_DAYS)
def days(partial: str) -> tuple[int, int]:
    """The first and the last day of a partial date, counted from 0001-01-01 as day 1.

    >>> first, last = days("2022-08"); last - first
    30
    """
    year, month, day = (int(part) for part in (partial + "-0-0").split("-")[:3])
    first = date(year, month or 1, day or 1)
    if day:
        last = first
    elif month == 12 or not month:
        last = date(year, 12, 31)
    else:
        last = date(year, month + 1, 1) - timedelta(days=1)
    return first.toordinal(), last.toordinal()


def following(partial: str) -> str:
    """The next day, month or year, by the precision of the partial date.

    Raises DateError after the year 9999.

    >>> following("2022-12")
    '2023-01'
    """
    return _beside(partial, days(partial)[1] + 1)


def preceding(partial: str) -> str:
    """The day, month or year before, by the precision of the partial date.

    Raises DateError before the year 1.

    >>> preceding("2022-01-01")
    '2021-12-31'
    """
    return _beside(partial, days(partial)[0] - 1)


def spanning(first: int, last: int) -> str:
    """The partial date that spans these days: what ``days`` takes apart, put together.

    >>> spanning(*days("2022-08"))
    '2022-08'
    """
    whole = date.fromordinal(first).isoformat()
    return next(whole[:size] for size in PRECISIONS if days(whole[:size]) == (first, last))


def _beside(partial: str, day: int) -> str:
    try:
        return date.fromordinal(day).isoformat()[: len(partial)]
    except (ValueError, OverflowError):
        raise DateError(f"no calendar goes past {partial}") from None

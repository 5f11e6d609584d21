"""Expressions of dates in Russian text: ``19 августа 2022 года``, ``19.08.22``, ``с 12 по 15
января``, ``вчера, 18 августа``."""

import re
from dataclasses import dataclass
from datetime import date

from index.dates.months import DAY_OF_MONTH, month
from index.dates.partial import DateError, joined

_YEAR = r"(?P<{0}>[12]\d{{3}})(?!\d)(?:\s?(?:года|год|г\b\.?))?"
_DASH = r"\s?[-–—]\s?"
_EXPRESSIONS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # the night of the 18th to the 19th, days of two months
        rf"(?<![\d.,:/-])(?:с\s+)?(?P<first>\d{{1,2}})\s+(?P<month_1>{DAY_OF_MONTH})"
        rf"(?:\s+по\s+|{_DASH})(?P<last>\d{{1,2}})\s+(?P<month>{DAY_OF_MONTH})(?:\s+{_YEAR.format('year')})?",
        # days of one month
        rf"(?<![\d.,:/-])(?:с\s+)?(?P<first>\d{{1,2}})(?:\s+(?:по|и|на)\s+|{_DASH})(?P<last>\d{{1,2}})"
        rf"\s+(?P<month>{DAY_OF_MONTH})(?:\s+{_YEAR.format('year')})?",
        # one day
        rf"(?<![\d.,:/-])(?P<last>\d{{1,2}})(?:-?го)?\s+(?P<month>{DAY_OF_MONTH})"
        rf"(?:\s+{_YEAR.format('year')})?",
        # one day in digits, always with its year
        r"(?<![\w.,:/-])(?P<last>\d{1,2})(?P<mark>[./-])(?P<number>\d{1,2})(?P=mark)"
        r"(?P<year>[12]\d{3})(?![\d/-]|\.\d)(?:\s?(?:года|г\b\.?))?",
        r"(?<![\w.,:/-])(?P<last>\d\d)\.(?P<number>\d\d)\.(?P<short>\d\d)(?![\w/-]|\.\d)"
        r"(?:\s?(?:года|г\b\.?))?",
        r"(?<![\w.,:/-])(?P<year>[12]\d{3})-(?P<number>\d\d)-(?P<last>\d\d)(?!\d)",
    )
)
_TOLD = re.compile(rf"\d(?:(?:-?го)?\s+{DAY_OF_MONTH}|[./-]\d)", re.I)
"""What every expression has in it."""

_RELATIVE = {"позавчера": 2, "накануне": 1, "вчера": 1, "сегодня": 0}


@dataclass(frozen=True, slots=True)
class Expression:
    """A day that a text names, or the last of several days: ``text[start:stop]`` is ``text``,
    ``year`` is None where it names none, ``days`` how many days it spans."""

    start: int
    stop: int
    text: str
    year: int | None
    month: int
    day: int
    days: int = 1

    @property
    def partial(self) -> str | None:
        """The partial date: the day; of several days their month, or their year where they lie
        in two months; None without a year."""
        return self.in_year(self.year) if self.year else None

    def in_year(self, year: int) -> str:
        """The partial date that it is in a year."""
        if self.days == 1:
            return joined(year, self.month, self.day)
        return joined(year, self.month if self.days <= self.day else None, None)

    def is_possible(self) -> bool:
        """Whether some calendar has the day."""
        try:
            joined(self.year or 2000, self.month, self.day)
        except DateError:
            return False
        return True


def may_name_dates(text: str) -> bool:
    """Whether ``expressions`` may find any in a text, told at a glance."""
    return _TOLD.search(text) is not None


def expressions(text: str, today: date) -> list[Expression]:
    """The dates that a text names, by position, none inside another. A year of two digits is
    the latest one that is not after ``today``'s; days that no calendar has are left in, see
    ``is_possible``."""
    found: list[Expression] = []
    for pattern in _EXPRESSIONS if may_name_dates(text) else ():
        for match in pattern.finditer(text):
            read = _read(match, today)
            taken = any(read and read.start < e.stop and e.start < read.stop for e in found)
            if read and not taken:
                found.append(read)
    return sorted(found, key=lambda expression: expression.start)


def _read(match: re.Match, today: date) -> Expression | None:
    held = match.groupdict()
    number = int(held["number"]) if held.get("number") else month(_word(held["month"]))
    if number is None:
        return None
    year = int(held["year"]) if held.get("year") else None
    if held.get("short"):
        year = today.year // 100 * 100 + int(held["short"])
        year -= 100 if year > today.year else 0
    last = int(held["last"])
    return Expression(
        match.start(),
        match.end(),
        " ".join(match.group().split()),
        year,
        number,
        last,
        _days(held, last),
    )


def _days(held: dict[str, str | None], last: int) -> int:
    if not held.get("first"):
        return 1
    if held.get("month_1") and month(_word(held["month_1"])) != month(_word(held["month"])):
        return last + 1
    return max(last - int(held["first"]) + 1, 2)


def _word(name: str) -> str:
    return name.lower().rstrip(".")


def days_before(word: str) -> int:
    """How many days before its publication a text means by a word.

    >>> days_before("Вчера")
    1
    """
    return _RELATIVE[word.lower()]

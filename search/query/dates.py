"""Dates in a query: the value of the field ``date`` to a range of days."""

import re

from index.dates import DateError, days, following, parse_date, preceding
from search.query.syntax import Dates

_TO = "TO|to|ПО|по|ДО|до|[-—–]"
_BETWEEN = re.compile(rf"(?:^|\s+)(?:{_TO})(?:\s+|$)|\.\.|\s+")
_YEARS = re.compile(r"(\d{4})[-–—](\d{4})")


class QueryError(ValueError):
    """A query whose meaning is not plain: ``position`` in code points, and what was expected."""

    def __init__(self, message: str, position: int):
        super().__init__(message)
        self.position = position


def dates(value: str, position: int) -> tuple[Dates, bool]:
    """What the value at a position of a query means, and whether it was written backwards.

    Raises QueryError for a date that is none.

    >>> [str(dates(value, 0)[0]) for value in ("2022", "2021 TO 2022-08", ">2022", "2022..")]
    ['date:[2022 TO 2022]', 'date:[2021 TO 2022-08]', 'date:[2023 TO *]', 'date:[2022 TO *]']
    """
    value = value.strip(" ,;:!?")
    if value.startswith(("<", ">")):
        return _compared(value, position), False
    if match := _YEARS.fullmatch(value):
        bounds = list(match.groups())
    else:
        parts = _BETWEEN.split(value, maxsplit=1)
        bounds = [_bound(part, position) for part in (parts if len(parts) == 2 else parts * 2)]
    backwards = all(bounds) and days(bounds[0])[0] > days(bounds[1])[1]
    return Dates(*(bounds[::-1] if backwards else bounds)), bool(backwards)


def _compared(value: str, position: int) -> Dates:
    sign = value[:2] if value[1:2] == "=" else value[0]
    bound = _bound(value[len(sign) :], position)
    if bound is None:
        raise QueryError(f"expected a date after {sign}, like date:{sign}2022-08", position)
    try:
        if sign == ">":
            return Dates(following(bound), None)
        if sign == "<":
            return Dates(None, preceding(bound))
    except DateError as error:
        raise QueryError(str(error), position) from error
    return Dates(bound, None) if sign == ">=" else Dates(None, bound)


def _bound(value: str, position: int) -> str | None:
    value = value.strip(" .")
    if value in ("", "*"):
        return None
    try:
        return parse_date(value)
    except DateError as error:
        raise QueryError(str(error), position) from error

"""The calendar of gaps: years of months as a table, each cell shaded by its articles."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from search import Request
from web.address import Address

SHADES = 4
"""Shades of a month that has articles, from the fewest to the most."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its partial date, its articles (None where none are to be expected), the shade
    (0 for no articles), and the search for them, None where there are none."""

    start: str
    articles: int | None
    shade: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A year with its months, or years without an article, ``year`` to ``last``."""

    year: int
    last: int
    months: tuple[Month, ...]
    coarse: int
    articles: int
    url: str | None


def rows(calendar: Mapping[str, Any], address: Address) -> Iterator[Row]:
    """The rows of a calendar of ``search.answers.overview``, the newest year first; years between
    others that have no article are one row."""
    years = sorted(calendar["years"], key=lambda year: -year["year"])
    most = max((n for year in years for n in year["months"] if n), default=1)
    later = None
    for year in years:
        if later is not None and later - year["year"] > 1:
            yield Row(year["year"] + 1, later - 1, (), 0, 0, None)
        later = year["year"]
        yield _row(year, most, _search(calendar["source"], address))


def _row(year: Mapping[str, Any], most: int, search: Callable[[str], str]) -> Row:
    number = year["year"]
    months = tuple(
        Month(
            start := f"{number:04}-{month:02}",
            articles,
            -(-SHADES * articles // most) if articles else 0,
            search(start) if articles else None,
        )
        for month, articles in enumerate(year["months"], start=1)
    )
    return Row(number, number, months, year["coarse"], year["articles"], search(f"{number:04}"))


def _search(source: str | None, address: Address) -> Callable[[str], str]:
    asked = Request.from_params([("source", source)] if source else [])
    return replace(address, request=asked).dated()

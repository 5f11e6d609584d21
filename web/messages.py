"""Messages: what the page says, in its reader's language.

A catalogue is a JSON file: a key, then a sentence with ``{facts}``, or for a count the
sentence of each plural category of the language (Unicode CLDR). The keys ``since_…`` hold
date patterns of CLDR.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import orjson
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from index.dates import precision

LANGUAGES = {"ru": "Русский", "en": "English"}
"""The languages of the page; the first is the default."""

DEFAULT_LANGUAGE = next(iter(LANGUAGES))

_KEPT = 1 << 13
"""Dates and numbers whose writing is remembered: a time line says hundreds of them."""


class Messages:
    """The sentences, numbers and dates of one language."""

    def __init__(self, language: str, catalogue: Mapping[str, Any]):
        self.language = language
        self.locale = Locale.parse(language)
        self.catalogue = catalogue
        self.date = lru_cache(_KEPT)(self._date)
        self.number = lru_cache(_KEPT)(self._number)

    def __call__(self, key: str, **facts: Any) -> str:
        """The sentence under a key, with its facts."""
        return self.catalogue[key].format(**facts)

    def count(self, key: str, n: int) -> str:
        """The sentence under a key for a count, in the plural that the count asks for."""
        return self.catalogue[key][self.locale.plural_form(n)].format(n=self.number(n))

    def decimal(self, x: float) -> str:
        """A number with two digits after the point.

        >>> messages("ru").decimal(7.1)
        '7,10'
        """
        return format_decimal(x, "#,##0.00", locale=self.locale)

    def _number(self, n: int) -> str:
        """A whole number with its thousands set apart."""
        return format_decimal(n, locale=self.locale)

    def _date(self, partial: str) -> str:
        """A partial ISO date, as precise as it is.

        >>> messages("en").date("2022-08")
        'August 2022'
        """
        day = _first_day(partial)
        match precision(partial):
            case "day":
                return format_date(day, "long", locale=self.locale)
            case "month":
                return format_skeleton("yMMMM", day, locale=self.locale)
        return self("year", year=day.year)

    def share(self, per_cent: float) -> str:
        """A share to two figures that count.

        >>> messages("en").share(2.94117)
        '2.9%'
        """
        rounded = Decimal(f"{per_cent:.2g}") / 100
        return format_percent(rounded, locale=self.locale, decimal_quantization=False)

    def scale(self, n: int) -> str:
        """A whole number as an axis says it, a long one in short.

        >>> messages("en").scale(500_000), messages("en").scale(2_000_000)
        ('500,000', '2M')
        """
        return self.number(n) if n < 1_000_000 else format_compact_decimal(n, locale=self.locale)

    def seconds(self, milliseconds: float) -> str:
        """A time in seconds, to the millisecond below a tenth of one.

        >>> messages("en").seconds(3.14), messages("en").seconds(1234.5)
        ('0.003', '1.2')
        """
        shown = round(max(milliseconds, 1) / 1000, 3 if milliseconds < 100 else 1)
        return format_decimal(shown, locale=self.locale)

    def bar(self, partial: str, count: int, of_all: int | None, unit: str = "articles") -> str:
        """What a bar of a time line shows: a date, its articles (or what the key ``unit`` says of
        a count), and, with ``of_all``, of how many in the archive."""
        date, articles = self.date(partial), self.count(unit, count)
        if of_all is None:
            return self("bar", date=date, articles=articles)
        share = self.share(100 * count / of_all)
        return self(
            "bar_of_all", date=date, articles=articles, all=self.number(of_all), share=share
        )

    def months(self) -> list[str]:
        """The names of the months, short, January first."""
        return [
            name.rstrip(".")
            for _, name in sorted(self.locale.months["stand-alone"]["abbreviated"].items())
        ]

    def since(self, partial: str) -> str:
        """A partial ISO date as the beginning of a range.

        >>> messages("ru").since("2022")
        'с 2022 года'
        """
        pattern = self(f"since_{precision(partial)}")
        return format_date(_first_day(partial), pattern, locale=self.locale)


def _first_day(partial: str) -> date:
    year, month, day = (int(part) for part in (partial + "-1-1").split("-")[:3])
    return date(year, month, day)


@lru_cache(len(LANGUAGES))
def messages(language: str) -> Messages:
    """The messages of one of the LANGUAGES."""
    content = files("web").joinpath("catalogues", f"{language}.json").read_bytes()
    return Messages(language, orjson.loads(content))

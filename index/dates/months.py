"""Months: their Russian names, in full and as agencies shorten them."""

import re

_FORMS = (
    "янв(?:ар[ья])?", "фев(?:р(?:ал[ья])?)?", "мар(?:та?)?", "апр(?:ел[ья])?", "ма[йя]", "июн[ья]?",
    "июл[ья]?", "авг(?:уста?)?", "сент?(?:ябр[ья])?", "окт(?:ябр[ья])?", "ноя(?:б(?:р[ья])?)?",
    "дек(?:абр[ья])?",
)  # fmt: skip
_MONTHS = [re.compile(form) for form in _FORMS]

DAY_OF_MONTH = (
    r"(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    r"|(?:янв|фев|февр|мар|апр|июн|июл|авг|сен|сент|окт|ноя|нояб|дек)\b\.?)"
)
"""A regular expression of a month after a day: in the genitive, or shortened."""


def month(name: str) -> int | None:
    """The number of the month that a word (in lower case) names, or None.

    >>> month("августа"), month("авг"), month("магазинов")
    (8, 8, None)
    """
    return next((n for n, forms in enumerate(_MONTHS, start=1) if forms.fullmatch(name)), None)

"""Dates: what an article's source shows of its day, as partial dates with their provenance."""

from index.dates.evidence import GUESSED, Dating, dating
from index.dates.partial import (
    DateError,
    days,
    following,
    parse_date,
    preceding,
    precision,
    spanning,
)

__all__ = [
    "GUESSED",
    "DateError",
    "Dating",
    "dating",
    "days",
    "following",
    "parse_date",
    "preceding",
    "precision",
    "spanning",
]

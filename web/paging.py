"""Paging: the pages of a result, and which of them are offered."""

from dataclasses import dataclass

NEIGHBOURS = 2
"""Pages offered on each side of the one shown."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its number, counted from 1; ``offset`` is its first hit. ``after_gap`` says
    that pages before it are left out."""

    number: int
    offset: int
    current: bool
    after_gap: bool


def pages(total: int, limit: int, offset: int) -> list[Page]:
    """The first, the last and the pages around the one shown; nothing where all hits fit on
    one page."""
    if not limit or total <= limit:
        return []
    last = -(-total // limit)
    current = min(offset // limit + 1, last)
    around = range(current - NEIGHBOURS, current + NEIGHBOURS + 1)
    numbers = sorted({1, last, *(n for n in around if 1 <= n <= last)})
    before = 0
    offered = []
    for number in numbers:
        offered.append(Page(number, (number - 1) * limit, number == current, number > before + 1))
        before = number
    return offered

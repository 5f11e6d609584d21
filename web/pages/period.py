"""The period that a page is asked for, as people fill in its form: ends may be swapped, or be no
dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from search import Comparison, ParameterError, Request
from search.parameters import DATE

Asked = TypeVar("Asked", Request, Comparison)
Params = list[tuple[str, str]]

_TURNED = {"from": "to", "to": "from"}


@dataclass(frozen=True, slots=True)
class Period:
    """How the period of a page was read: whether its ends were ``swapped``, and what is wrong
    with an end that was passed over, by its parameter."""

    swapped: bool
    unread: dict[str, ParameterError]

    def own(self, params: Params) -> Params:
        """The parameters of a page, with the period as it was given, so that the page at this
        address says what was wrong too."""
        if self.swapped:
            params = _turned(params)
        return params + [(end, error.value) for end, error in self.unread.items()]

    def ends(self, asked: Request | Comparison) -> dict[str, str]:
        """What the fields of the form hold, by parameter."""
        typed = {end: error.value for end, error in self.unread.items()}
        return {"from": asked.date_from or "", "to": asked.date_to or ""} | typed


def read_period(
    pairs: Iterable[tuple[str, str]], read: Callable[[Params], Asked]
) -> tuple[Asked, Period]:
    """What parameters of a page ask for, by what reads them, the period mended, and how.

    Raises ParameterError for what is wrong elsewhere.
    """
    pairs = list(pairs)
    unread = {}
    for end, value in {name: value.strip() for name, value in pairs if value.strip()}.items():
        if end in _TURNED:
            try:
                DATE.read(end, value)
            except ParameterError as error:
                unread[end] = error
    pairs = [pair for pair in pairs if pair[0] not in unread]
    try:
        return read(pairs), Period(False, unread)
    except ParameterError as error:
        if error.rule != "range":
            raise
    return read(_turned(pairs)), Period(True, unread)


def _turned(pairs: Params) -> Params:
    return [(_TURNED.get(name, name), value) for name, value in pairs]

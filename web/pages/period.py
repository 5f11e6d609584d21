"""The period that a page is asked for, as people fill in its form: ends may be swapped, or be no
dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search import ParameterError, Request
from search.parameters import DATE
from web.address import asked_by, search_params

_TURNED = {"from": "to", "to": "from"}


@dataclass(frozen=True, slots=True)
class Period:
    """How the period of a page was read: whether its ends were ``swapped``, and what is wrong
    with an end that was passed over, by its parameter."""

    swapped: bool
    unread: dict[str, ParameterError]

    def own(self, asked: Request) -> list[tuple[str, str]]:
        """The parameters of the search page for a request, with the period as it was given, so
        that the page at this address says what was wrong too."""
        params = search_params(asked)
        if self.swapped:
            params = _turned(params)
        return params + [(end, error.value) for end, error in self.unread.items()]


def read_period(pairs: Iterable[tuple[str, str]]) -> tuple[Request, Period]:
    """The request that parameters of the search page describe, its period mended, and how.

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
        return asked_by(pairs), Period(False, unread)
    except ParameterError as error:
        if error.rule != "range":
            raise
    return asked_by(_turned(pairs)), Period(True, unread)


def _turned(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_TURNED.get(name, name), value) for name, value in pairs]

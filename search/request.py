"""The request: what is asked of the archive, free of how it is answered and served."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.dates import days
from index.schema import FACETS
from search.parameters import (
    FACET_NAMES,
    GROUPS,
    MODES,
    PARAMETERS,
    SIZE,
    ParameterError,
    unknown,
)
from search.query.dates import QueryError
from search.query.parser import parse


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen of a facet: entities by id or name, any of them or all; excluded ones;
    or the articles that have none (``missing``). ``size`` values of it are shown, None as many as
    of other facets."""

    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    mode: str = "any"
    missing: bool = False
    size: int | None = None

    def __bool__(self) -> bool:
        return bool(self.values or self.excluded or self.missing)


@dataclass(frozen=True, slots=True)
class Request:
    """A search: the query, what is chosen of the facets, and what to show of the answer.

    ``date_missing`` finds the articles without a date, besides those of the range where there is
    one. ``sort`` is None where it follows the query: by relevance with one, newest first without.
    ``after`` is a cursor or an id (see ``search.cursor``); ``offset`` counts from there.
    ``group`` is one of GROUPS: what is one hit and counts once.
    """

    q: str = ""
    selection: Mapping[str, Selection] = field(
        default_factory=lambda: dict.fromkeys(FACETS, Selection())
    )
    date_from: str | None = None
    date_to: str | None = None
    date_missing: bool = False
    sort: str | None = None
    limit: int = 10
    offset: int = 0
    after: str | None = None
    facets: tuple[str, ...] = FACET_NAMES
    facet_size: int = 10
    interval: str = "auto"
    group: str = GROUPS[0]
    explain: bool = False

    @classmethod
    def of(cls, q: str = "", **parameters: str | int | bool | Sequence[str]) -> Request:
        """The request for a query and parameters of the API by their names, with underscores for
        dots, and one after ``from``.

        >>> request = Request.of("мост", person=["Котов", "Рыбакова"], person_mode="all", from_=2021)
        >>> request.selection["person"].mode, request.date_from, request.to_params()[0]
        ('all', '2021', ('q', 'мост'))

        Raises ParameterError for one that is unknown or cannot be understood.
        """
        pairs = [("q", q)]
        for name, given in parameters.items():
            key = name.rstrip("_")
            parameter = key if key in PARAMETERS else key.replace("_", ".")
            values = [given] if isinstance(given, (str, int)) else given
            pairs += [(parameter, _written(value)) for value in values]
        return cls.from_params(pairs)

    @classmethod
    def from_params(cls, pairs: Iterable[tuple[str, str]], usual: Request | None = None) -> Request:
        """The request that parameters of the API describe; empty ones count as not given. What
        none of them says is as in the ``usual`` request, by default Request().

        Raises ParameterError for one that is unknown or cannot be understood.
        """
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            if name not in PARAMETERS:
                raise unknown(name, value, PARAMETERS)
            if value := value.encode(errors="replace").decode().strip():
                given.setdefault(name, []).append(value)
        fields: dict[str, Any] = {}
        for name, values in given.items():
            if name in _PLAIN:
                field, kind = _PLAIN[name]
                fields[field] = kind.read(name, values[-1])
        fields["selection"] = {name: _selection(name, given) for name in FACETS}
        request = (usual or cls()).replace(**fields)
        request._check()
        return request

    def _check(self) -> None:
        try:
            parse(self.q)
        except QueryError as error:
            raise ParameterError(
                "q", self.q, "query", f"{error} (at {error.position})", position=error.position
            ) from error
        if self.date_from and self.date_to and days(self.date_from)[0] > days(self.date_to)[1]:
            raise ParameterError(
                "from",
                self.date_from,
                "range",
                f"{self.date_from} is after to={self.date_to}",
                to=self.date_to,
            )

    @property
    def sorting(self) -> str:
        """The sort that is in force."""
        return self.sort or ("relevance" if self.q else "-date")

    @property
    def folded(self) -> bool:
        """Whether reprints are one hit."""
        return self.group == GROUPS[1]

    def to_params(self, usual: Request | None = None) -> list[tuple[str, str]]:
        """The parameters that describe the request, those left out that are as in the ``usual``
        one, as ``from_params`` takes them."""
        usual = usual or _USUAL
        pairs = []
        for name, facet, part in _WRITTEN:
            if facet:
                if (chosen := self.selection[facet]) != _NOTHING:
                    pairs += _selection_params(name, part, chosen)
                continue
            field, kind = _PLAIN[name]
            value = getattr(self, field)
            if value != getattr(usual, field):
                pairs.append((name, kind.write(value)))
        return pairs

    def size(self, facet: str) -> int:
        """How many values of a facet are shown."""
        return self.selection[facet].size or self.facet_size

    def replace(self, **fields: Any) -> Request:
        """The request with other values in some fields."""
        return dataclasses.replace(self, **fields)

    def select(self, facet: str, value: str) -> Request:
        """The request with one more value of a facet, from the first hit on."""
        values = tuple(dict.fromkeys((*self.selection[facet].values, value)))
        return self._choosing(facet, values=values).from_first()

    def exclude(self, facet: str, value: str) -> Request:
        """The request without the articles of a facet's value, from the first hit on."""
        excluded = tuple(dict.fromkeys((*self.selection[facet].excluded, value)))
        return self._choosing(facet, excluded=excluded).from_first()

    def sized(self, facet: str, size: int) -> Request:
        """The request with so many values of a facet shown."""
        return self._choosing(facet, size=None if size == self.facet_size else size)

    def _choosing(self, facet: str, **parts: Any) -> Request:
        chosen = dataclasses.replace(self.selection[facet], **parts)
        return self.replace(selection={**self.selection, facet: chosen})

    def from_first(self) -> Request:
        """The request from the first hit on."""
        return self.replace(offset=0, after=None)

    def going_on(self, after: str) -> Request:
        """The request from the hit after a cursor on."""
        return self.replace(offset=0, after=after)


_PLAIN = {name: (one.field, one.kind) for name, one in PARAMETERS.items() if one.field}
_NOTHING = Selection()
_WRITTEN = [
    (name, "" if name in _PLAIN else name.partition(".")[0], name.partition(".")[2])
    for name in PARAMETERS
]
"""Each parameter with the facet and the part of its selection that it is of, if it is of one."""

_USUAL = Request()


def _written(value: str | int | bool) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _selection(name: str, given: Mapping[str, list[str]]) -> Selection:
    def last(part: str, default: str) -> Any:
        key = f"{name}.{part}"
        return PARAMETERS[key].kind.read(key, given.get(key, [default])[-1])

    size = given.get(f"{name}.size")
    return Selection(
        values=tuple(dict.fromkeys(given.get(name, ()))),
        excluded=tuple(dict.fromkeys(given.get(f"{name}.not", ()))),
        mode=last("mode", MODES[0]),
        missing=last("missing", "0"),
        size=SIZE.read(f"{name}.size", size[-1]) if size else None,
    )


def _selection_params(name: str, part: str, chosen: Selection) -> list[tuple[str, str]]:
    if part == "mode":
        return [(name, chosen.mode)] if chosen.mode != MODES[0] else []
    if part == "missing":
        return [(name, "1")] if chosen.missing else []
    if part == "size":
        return [(name, str(chosen.size))] if chosen.size else []
    return [(name, value) for value in (chosen.excluded if part else chosen.values)]

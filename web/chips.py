"""Chips: what narrows a search, each with the address of the page without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.schema import FACETS
from web.address import Address
from web.messages import Messages


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that a request selects: the facet it is of (``date`` for dates), the id of
    the entity (or None), its name, and the address of the page without it."""

    kind: str
    id: str | None
    label: str
    remove: str


def chips(facets: Mapping[str, Any], address: Address, say: Messages) -> list[Chip]:
    """The chips of a request; its entities get their names from its answer's facets."""
    found = []
    for name, value in address.request.to_params():
        field, _, part = name.partition(".")
        if field not in FACETS or part in ("mode", "size"):
            continue
        id, label = None, say(f"missing_{field}")
        if not part:
            id, label = _entity(facets.get(field), value)
        elif part == "not":
            label = say("not", name=_entity(facets.get(field), value)[1])
        found.append(Chip(field, id, label, address.without((name, value))))
    return found + _dates(address, say)


def _dates(address: Address, say: Messages) -> list[Chip]:
    first, last = address.request.date_from, address.request.date_to
    ends = []
    if first and first == last:
        ends.append((say.date(first), [("from", first), ("to", last)]))
    else:
        if first:
            ends.append((say.since(first), [("from", first)]))
        if last:
            ends.append((say("until", date=say.date(last)), [("to", last)]))
    if address.request.date_missing:
        ends.append((say("missing_date"), [("date.missing", "1")]))
    return [Chip("date", None, label, address.without(*pairs)) for label, pairs in ends]


def _entity(facet: Mapping[str, Any] | None, value: str) -> tuple[str, str]:
    """The id and the name of what a request gives by its id or by any of its names; of a
    name that several bear, the name itself."""
    named = [
        known
        for known in (facet["values"] if facet else ())
        if value in (known["id"], known["name"], *known["variants"])
    ]
    return (named[0]["id"], named[0]["name"]) if len(named) == 1 else (value, value)

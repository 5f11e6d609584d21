"""Mentions on an article's page: links in its text, and who is in it with which roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from index.schema import KINDS_OF_FACETS
from search.answers.roles import worded
from search.deadline import check
from web.address import Address
from web.highlight import Link

FACETS_OF_KINDS = {kind: facet for facet, kind in KINDS_OF_FACETS.items()}
"""The facet of each kind of mention."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of an article: what it is called there (``roles``, as a list names them, each
    once whatever its capitals), how often, and the anchor of the first place, None where it is
    only given by the source."""

    id: str
    name: str
    url: str
    roles: tuple[str, ...]
    mentions: int
    anchor: str | None


def named(
    facet: str,
    entities: Iterable[Mapping[str, str]],
    mentions: Iterable[Mapping[str, Any]],
    address: Address,
) -> list[Named]:
    """The entities of a facet, in the article's order, with what its mentions tell of them."""
    places: dict[str, list[Mapping[str, Any]]] = {}
    for mention in mentions:
        places.setdefault(mention["entity"]["id"], []).append(mention)
    found = []
    for entity in entities:
        own = places.get(entity["id"], [])
        roles: dict[str, str] = {}
        for wording in (worded(" ".join(m["role"].split())) for m in own if m["role"]):
            roles.setdefault(wording.casefold(), wording)
        found.append(
            Named(
                entity["id"],
                entity["name"],
                address.entity(facet, entity["id"]),
                tuple(roles.values()),
                len(own),
                _anchor(own[0]) if own else None,
            )
        )
    return found


def links(mentions: Iterable[Mapping[str, Any]], address: Address) -> list[Link]:
    """Every mention as a link to its entity's page, the first of an entity with an anchor.

    Raises TimeLimit.
    """
    found, seen = [], set()
    for mention in mentions:
        check()
        entity = mention["entity"]
        found.append(
            Link(
                start=mention["start"],
                stop=mention["stop"],
                kind=mention["kind"],
                url=address.entity(FACETS_OF_KINDS[mention["kind"]], entity["id"]),
                title=entity["name"],
                anchor=None if entity["id"] in seen else _anchor(mention),
            )
        )
        seen.add(entity["id"])
    return found


def part(links: Iterable[Link], start: int, stop: int) -> list[Link]:
    """The links inside a stretch of the article, their offsets counted from its start."""
    return [link.moved(-start) for link in links if link.stop > start and link.start < stop]


def _anchor(mention: Mapping[str, Any]) -> str:
    return f"{mention['kind']}-{mention['entity']['id']}"

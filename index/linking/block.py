"""A block: names that may be linked with each other, linked."""

from collections.abc import Iterable
from typing import NamedTuple

from index.linking.reasons import Reason

MOST_CANDIDATES = 50
"""Candidates of an ambiguous name that are kept, those in the most articles first."""


class Row(NamedTuple):
    """A name in its block.

    ``id`` and ``key`` are the ids of its spelling and of what it shares with the names that it
    may be linked with. ``leader`` is the place in the block of the row that stands for its
    entity, ``because`` of the row that ``reason`` speaks of, ``candidates`` of the leaders of
    the entities that an ambiguous name may be. The row of an entity with the highest ``rank``
    gives it its name. ``aliases``: places of long names and the articles in which the name
    stood for them.
    """

    name: str
    count: int
    id: int
    key: int
    leader: int
    reason: Reason
    because: int
    rank: int
    candidates: tuple[int, ...] = ()
    aliases: tuple[tuple[int, int], ...] = ()


def alone(name: str, count: int, id: int, key: int) -> list[Row]:
    """The block of a name that shares nothing with any other."""
    return [Row(name, count, id, key, 0, Reason.NAME, 0, 0)]


def commonest(groups: Iterable[int], weights: dict[int, int]) -> tuple[int, ...]:
    """The groups with the greatest weights, MOST_CANDIDATES at the most."""
    ranked = sorted(groups, key=lambda group: (-weights[group], group))
    return tuple(ranked[:MOST_CANDIDATES])


def looks(name: str) -> tuple[bool, ...]:
    """How well a name is written, as a sort key: with capitals where they belong."""
    return (name[:1].isupper() or not name[:1].isalpha(), not name.isupper(), not name.islower())

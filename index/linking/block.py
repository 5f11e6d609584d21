"""A block: names that may be linked with each other, linked."""

from typing import NamedTuple

from index.linking.reasons import Reason


class Row(NamedTuple):
    """A name in its block.

    ``id`` and ``key`` are the ids of its spelling and of what it shares with the names that it
    may be linked with. ``leader`` is the place in the block of the row that stands for its
    entity, ``candidates`` are those of the entities that an ambiguous name may be; of an entity's
    rows its leader has them. A row with the highest ``rank`` gives the entity its name, of
    several the commonest. ``aliases``: places of long names and the articles in which the name
    stood for them. But for the articles, nothing here depends on how many there are.

    Across blocks, the names of a block that ``wants`` a key are those of the one entity of
    another block that ``offers`` it, by its leader, and ``met`` is why (see
    ``index.linking.wants``).
    """

    name: str
    count: int
    id: int
    key: int
    leader: int = 0
    reason: Reason = Reason.SPELLING
    rank: int = 0
    candidates: tuple[int, ...] = ()
    aliases: tuple[tuple[int, int], ...] = ()
    wants: int = 0
    met: Reason = Reason.SPELLING
    offers: tuple[int, ...] = ()


def ranks(worth: list[tuple]) -> list[int]:
    """The ranks of rows by their worth, from 0, equal for equals."""
    places = {one: rank for rank, one in enumerate(sorted(set(worth)))}
    return [places[one] for one in worth]


def looks(name: str) -> tuple[bool, ...]:
    """How well a name is written, as a sort key: with capitals where they belong."""
    return (name[:1].isupper() or not name[:1].isalpha(), not name.isupper(), not name.islower())

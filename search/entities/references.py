"""References: what the addresses of pages write for persons, organizations, sources and sections.

An address is read and copied by people: a name in Latin letters stands there, with as much of the
id as tells it (``kasym-zhomart-tokaev-4f9a2c1b7d``), of a source or section with digits of a hash.
These decide; the name may be an old one.
"""

from collections.abc import Callable, Iterable

from index.schema import FACETS
from search.entities.facet_entities import Entities
from search.snapshot import Snapshot

Pairs = Iterable[tuple[str, str]]

VALUES = {name: facet for facet in FACETS for name in (facet, f"{facet}.not")}
"""The parameters that hold values of facets, each with its facet."""


def identified(snapshot: Snapshot, pairs: Pairs) -> list[tuple[str, str]]:
    """Parameters of a search with the id in place of what stands for one entity."""
    return _mapped(snapshot, pairs, lambda entities, value: entities.id_of(value.strip()))


def referred(snapshot: Snapshot, pairs: Pairs) -> list[tuple[str, str]]:
    """Parameters of a search with the reference in place of what stands for one entity."""
    return _mapped(snapshot, pairs, lambda entities, value: entities.reference_of(value))


def _mapped(
    snapshot: Snapshot, pairs: Pairs, change: Callable[[Entities, str], str]
) -> list[tuple[str, str]]:
    return [
        (name, change(snapshot.column(VALUES[name]).entities, value) if name in VALUES else value)
        for name, value in pairs
    ]

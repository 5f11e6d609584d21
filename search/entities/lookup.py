"""Looking an entity up by what a person calls it."""

from index.schema import KINDS_OF_FACETS
from search.snapshot import Snapshot

NAMED = 10
"""Candidates that a complaint about a name lists."""


class EntityNotFound(LookupError):
    """No entity of a kind has this id or name (``value``), or several have it
    (``candidates``)."""

    def __init__(self, message: str, kind: str, value: str, candidates: tuple[str, ...] = ()):
        super().__init__(message)
        self.kind = kind
        self.value = value
        self.candidates = candidates


def entity(snapshot: Snapshot, facet: str, value: str, exact: bool = False) -> int:
    """The ordinal of the entity with an id or a name, in any spelling, or, unless it has to be
    ``exact``, of the only one that has a name with all of its words.

    Raises EntityNotFound.
    """
    entities, kind = snapshot.column(facet).entities, KINDS_OF_FACETS[facet]
    found = entities.lookup(value)
    if found is not None:
        return found
    worded = entities.worded(value)
    if len(worded) == 1 and not exact:
        return worded[0]
    if not worded:
        raise EntityNotFound(f"no {kind} is called {value!r}", kind, value)
    candidates = tuple(sorted(entities.name(ordinal) for ordinal in worded))
    shown = ", ".join(candidates[:NAMED]) + (" …" if len(candidates) > NAMED else "")
    if len(worded) == 1:
        message = f"{value!r} may be {shown}; write the name as it stands here, or its id"
    else:
        message = f"{value!r} may be any of {shown}"
    raise EntityNotFound(message, kind, value, candidates)

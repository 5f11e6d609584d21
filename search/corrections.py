"""Corrections by a person: checked against a snapshot, then lines of the ledger."""

from collections.abc import Sequence
from datetime import datetime, timezone

from index.ledger import Operation
from index.linking.spelling import spelling
from index.schema import KINDS_OF_FACETS
from search.lookup import entity
from search.snapshot import Snapshot


class CorrectionError(ValueError):
    """A correction that would change nothing or cannot be made; the message says why."""


def correction(
    snapshot: Snapshot,
    facet: str,
    op: str,
    names: Sequence[str],
    to: str | None = None,
    by: str | None = None,
) -> Operation:
    """The operation ``op`` on entities that are given by id or any name, written with names
    that articles hold. For ``split`` the first is the entity, the others leave it.

    Raises EntityNotFound and CorrectionError.
    """
    entities, kind = snapshot.column(facet).entities, KINDS_OF_FACETS[facet]
    ordinals = [entity(snapshot, facet, name) for name in names]
    if op == "split":
        written = list(names[1:])
        for name, ordinal in zip(written, ordinals[1:]):
            if ordinal != ordinals[0]:
                raise CorrectionError(f"{name!r} is no variant of {entities.name(ordinals[0])!r}")
        leaving = {spelling(name) for name in written}
        members = [entities.names[number] for number in entities.members(ordinals[0])]
        if all(spelling(member) in leaving for member in members):
            raise CorrectionError(f"nothing would be left of {entities.name(ordinals[0])!r}")
    else:
        written = [entities.names[entities.titles[ordinal]] for ordinal in ordinals]
        if op == "merge" and len(set(ordinals)) == 1:
            raise CorrectionError(f"{' and '.join(map(repr, names))} are one {kind} already")
    when = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return Operation(op, kind, tuple(dict.fromkeys(written)), to, when, by)

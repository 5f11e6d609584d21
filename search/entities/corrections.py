"""Corrections by a person: checked against a snapshot, then lines of the ledger."""

from collections.abc import Sequence
from datetime import datetime, timezone

from index.ledger import Operation, visible
from index.linking.spelling import spelling
from index.schema import KINDS_OF_FACETS
from search.entities.linked_entities import LinkedEntities
from search.entities.lookup import entity
from search.snapshot import Snapshot


class CorrectionError(ValueError):
    """A correction that would change nothing or cannot be made; the message says why, and so
    does ``reason``, one word, with its ``facts``."""

    def __init__(self, message: str, reason: str, **facts: str):
        super().__init__(message)
        self.reason = reason
        self.facts = facts


def correction(
    snapshot: Snapshot,
    facet: str,
    op: str,
    names: Sequence[str],
    to: str | None = None,
    by: str | None = None,
) -> Operation:
    """The operation ``op`` on entities that are given by id or any name, in any spelling; the
    names are written as they are given. For ``split`` the first is the entity, the others leave
    it. Of ``to``, the new name, invisible characters are left out.

    Raises EntityNotFound and CorrectionError.
    """
    entities, kind = snapshot.column(facet).entities, KINDS_OF_FACETS[facet]
    assert isinstance(entities, LinkedEntities)
    given = {name: entity(snapshot, facet, name, exact=True) for name in names}
    of = None
    if op == "split":
        _check_split(entities, given, names)
        of = entities.recorded(given[names[0]])
        given = {name: given[name] for name in names[1:]}
    elif op == "merge" and len(set(given.values())) == 1:
        message = f"{' and '.join(map(repr, names))} are one {kind} already"
        raise CorrectionError(message, "one", names=", ".join(names))
    elif op == "hide" and all(entities.hidden[ordinal] for ordinal in given.values()):
        hidden = ", ".join(given)
        raise CorrectionError(f"hidden already: {hidden}", "hidden", names=hidden)
    elif op == "rename":
        to = visible(to or "")
        _check_new_name(entities, given[names[0]], to, kind)
    by_entity = {ordinal: name for name, ordinal in reversed(given.items())}
    once = [name for name, n in given.items() if op == "split" or by_entity[n] == name]
    return Operation(
        op,
        kind,
        tuple(once),
        to,
        datetime.now(timezone.utc).isoformat(timespec="seconds"),
        by,
        entities=tuple(entities.recorded(given[name]) for name in once if op != "split"),
        of=of,
    )


def _check_new_name(entities: LinkedEntities, ordinal: int, to: str, kind: str) -> None:
    if not to:
        raise CorrectionError("a name has letters", "letters")
    if to == entities.name(ordinal):
        raise CorrectionError(f"{to!r} is the name already", "named", name=to)
    if entities.lookup(to) not in (None, ordinal):
        message = f"{to!r} is another {kind} already; merge them instead"
        raise CorrectionError(message, "taken", name=to)


def _check_split(entities: LinkedEntities, given: dict[str, int], names: Sequence[str]) -> None:
    ordinal = given[names[0]]
    for name in names[1:]:
        if given[name] != ordinal:
            owner = entities.name(ordinal)
            message = f"{name!r} is no variant of {owner!r}"
            raise CorrectionError(message, "no_variant", name=name, owner=owner)
    leaving = {spelling(name) for name in names[1:]}
    members = [entities.names[number] for number in entities.members(ordinal)]
    if all(spelling(member) in leaving for member in members):
        owner = entities.name(ordinal)
        raise CorrectionError(f"nothing would be left of {owner!r}", "nothing_left", owner=owner)

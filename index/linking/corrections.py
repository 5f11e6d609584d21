"""Corrections: the operations of a ledger on top of a link table."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from index.ledger import LEAST_NAMES, Operation, Recorded, complaint
from index.linking.lookup import Lookup
from index.linking.reasons import Reason
from index.linking.spelling import spelling
from index.linking.table import LinkTable

OWN = (Reason.SPELLING, Reason.SHORTER)
"""Why a name is in its entity that is a name of it alone: what is known about who has it is
known about the entity."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The entities of a table after corrections.

    ``owners`` (n_rows,) int64 is the row that stands for the entity of each row, ``namesakes``
    (n_rows,) bool says which rows may give their entity its name. By the row that stands for an
    entity: ``renamed`` its other name, ``hidden`` those that are not shown, ``decided`` those
    that a person has put together. ``moved``: the operation that put a row where it is.
    """

    owners: np.ndarray
    namesakes: np.ndarray
    renamed: dict[int, str]
    hidden: frozenset[int]
    decided: frozenset[int]
    moved: dict[int, Operation]
    complaints: tuple[str, ...]


def correct(table: LinkTable, lookup: Lookup, operations: Iterable[Operation]) -> Corrected:
    """A table with the operations on its kind of entity applied in their order.

    An operation with recorded entities is about these: about what linking adds to them, and not
    about the fuller name that it may put them under later; then the names leave it. Names that
    no article holds any more are passed over; an operation that has too few names left is
    complained about.
    """
    state = _State(table, lookup)
    for operation in operations:
        state.apply(operation)
    state.settle()
    return Corrected(
        state.owners,
        state.namesakes,
        state.renamed,
        frozenset(state.hidden),
        frozenset(state.decided),
        state.moved,
        tuple(state.complaints),
    )


class _State:
    def __init__(self, table: LinkTable, lookup: Lookup):
        self._table = table
        self._lookup = lookup
        self.owners = np.arange(len(table)) + table.leaders
        self.namesakes = np.ones(len(table), bool)
        self.renamed: dict[int, str] = {}
        self.hidden: set[int] = set()
        self.decided: set[int] = set()
        self.moved: dict[int, Operation] = {}
        self.complaints: list[str] = []

    def apply(self, operation: Operation) -> None:
        """Apply one operation."""
        if operation.entities:
            rows = [self._recorded_rows(recorded) for recorded in operation.entities]
        else:
            rows = [self._rows(name) for name in operation.names]
        found = [some for some in rows if some]
        if len(found) < LEAST_NAMES[operation.op]:
            unknown = ", ".join(repr(n) for n, some in zip(operation.names, rows) if not some)
            reason = f"{operation.op}: no {operation.kind} in the index is called {unknown}"
            self.complaints.append(complaint(operation.line, reason))
            return
        if operation.entities:
            for some in found:
                if not self._is_own(some):
                    self._split(some, operation)
        if operation.op == "merge":
            self._merge([int(self.owners[some[0]]) for some in found], operation)
        elif operation.op == "split":
            self._split([row for some in found for row in some], operation)
        elif operation.op == "rename":
            self.renamed[int(self.owners[found[0][0]])] = operation.to or ""
        else:
            self.hidden |= {int(self.owners[some[0]]) for some in found}

    def _rows(self, value: str) -> list[int]:
        if rows := self._lookup(value):
            return rows
        spelt = spelling(value)
        return [leader for leader, name in self.renamed.items() if spelling(name) == spelt]

    def _is_own(self, rows: list[int]) -> bool:
        """Whether rows of one name say which entity it is that holds them."""
        return self.owners[rows[0]] in rows or self._table.reasons[rows[0]] in OWN

    def _recorded_rows(self, recorded: Recorded) -> list[int]:
        """Rows of the entity that was recorded. The fullest name that is still there says which
        it is; where that has come under a fuller name, the recorded rows that are to leave it."""
        title, *others = map(self._lookup.by_name, recorded.names)
        if title and self._is_own(title):
            return title
        if title:
            rows = dict.fromkeys(row for rows in (title, *others) for row in rows)
            return [row for row in rows if self.owners[row] == self.owners[title[0]]]
        for rows in others:
            if rows and self._table.reasons[rows[0]] == Reason.SPELLING:
                return rows
        if any(others) or "." in recorded.names[0]:
            return []
        return self._lookup.by_id(recorded.id)

    def _merge(self, leaders: list[int], operation: Operation) -> None:
        target, *others = dict.fromkeys(leaders)
        for leader in others:
            rows = np.flatnonzero(self.owners == leader)
            self.owners[rows] = target
            self.namesakes[rows] = False
            self.moved |= dict.fromkeys(rows.tolist(), operation)
            self.renamed.pop(leader, None)
            self.hidden.discard(leader)
        self.decided.add(target)

    def _split(self, rows: list[int], operation: Operation) -> None:
        leader = rows[0]
        out = np.zeros(len(self.owners), bool)
        out[rows] = True
        for left in {int(self.owners[row]) for row in rows}:
            rest = np.flatnonzero((self.owners == left) & ~out)
            self.namesakes[rest] |= not self.namesakes[rest].any()
            if out[left] and (len(rest) or left != leader):
                self._lead(left, int(rest[0]) if len(rest) else leader, rest)
        self.owners[rows] = leader
        self.namesakes[rows] = True
        self.moved |= dict.fromkeys(rows, operation)
        self.decided.add(leader)

    def _lead(self, old: int, new: int, rows: np.ndarray) -> None:
        """Let another row stand for an entity."""
        self.owners[rows] = new
        if old in self.renamed:
            self.renamed[new] = self.renamed.pop(old)
        for marked in (self.hidden, self.decided):
            if old in marked:
                marked.remove(old)
                marked.add(new)

    def settle(self) -> None:
        """Join the ambiguous names whose candidates have become one entity."""
        if not self.moved:
            return
        table = self._table
        for row in np.flatnonzero(table.reasons == Reason.AMBIGUOUS).tolist():
            if self.owners[row] != row or row in self.decided or row in self.moved:
                continue
            candidates = table.candidates_of(row)
            owners = set(self.owners[candidates].tolist())
            if len(owners) == 1:
                rows = np.flatnonzero(self.owners == row)
                self.owners[rows] = owners.pop()
                self.namesakes[rows] = False
                self.renamed.pop(row, None)
                self.hidden.discard(row)
                decisive = next(self.moved[c] for c in candidates if c in self.moved)
                self.moved |= dict.fromkeys(rows.tolist(), decisive)

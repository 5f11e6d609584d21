"""Linked entities: persons and organizations of the whole index, with a ledger's corrections."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import chain
from typing import Any

import numpy as np

from index.ledger import Operation, Recorded
from index.linking.corrections import correct
from index.linking.lookup import LEAST_DIGITS, Lookup, written
from index.linking.names import Names
from index.linking.reasons import Reason
from index.linking.spelling import spelling
from index.linking.table import LinkTable
from index.segment.strings import Strings
from search.entities.facet_entities import Entities
from search.entities.slug import slug

MOST_CANDIDATES = 50
"""Candidates of an ambiguous name that are named."""

_KEPT_NAMES = 5000
"""Names whose entity is known without looking it up: those of frequent hits."""


class LinkedEntities(Entities):
    """The entities of a link table; a name's number is its row there."""

    def __init__(self, field: str, table: LinkTable, operations: Iterable[Operation] = ()):
        self._table = table
        self._lookup = Lookup(field, table)
        self._corrected = correct(table, self._lookup, operations)
        leaders, ordinals = np.unique(self._corrected.owners, return_inverse=True)
        ranks = np.where(self._corrected.namesakes, table.ranks, -1)
        order = np.lexsort((table.counts, ranks, ordinals))
        last = np.searchsorted(ordinals[order], np.arange(len(leaders)), side="right") - 1
        self._names = Names.of(table.names)
        super().__init__(self._names, table.counts, ordinals, order[last].astype(np.int32))
        self._leaders = leaders.astype(np.int32)
        self._ambiguous = table.reasons[leaders] == Reason.AMBIGUOUS
        self._ambiguous[np.isin(leaders, list(self._corrected.decided))] = False
        renamed = self._corrected.renamed.items()
        self._renamed = {int(ordinals[leader]): name for leader, name in renamed}
        self._by_new_name = {spelling(name): n for n, name in self._renamed.items()}
        self.hidden[ordinals[list(self._corrected.hidden)]] = True
        self._kept = lru_cache(_KEPT_NAMES)(self._of_name)

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong with the operations."""
        return self._corrected.complaints

    def id(self, ordinal: int) -> str:
        """The id of an entity: that of the name in it that a fuller one displaces least."""
        return written(int(self._table.ids[self._leaders[ordinal]]))

    def reference(self, ordinal: int) -> str:
        """The slug of an entity's name and, after a hyphen, as much of its id as tells it."""
        id = self.id(ordinal)
        digits = id[:LEAST_DIGITS]
        if self.lookup(digits) != ordinal:
            digits = id
        return "-".join(filter(None, (slug(self.name(ordinal)), digits)))

    def name(self, ordinal: int) -> str:
        """The name of an entity: the one that a person gave it, else the fullest."""
        return self._renamed.get(ordinal) or super().name(ordinal)

    @cached_property
    def name_ranks(self) -> np.ndarray:
        """The place of each entity in the order of their names, (len(self),) float64: a new
        name stands between two others."""
        ranks = self._names.ranks
        found = ranks[self.titles].astype(float)
        by_rank = np.argsort(ranks) if self._renamed else ()
        for ordinal, name in self._renamed.items():
            found[ordinal] = bisect_left(by_rank, name, key=self._names.__getitem__) - 0.5
        return found

    def of_name(self, name: str) -> int:
        """The ordinal of the entity of a name that an article holds."""
        return self._kept(name)

    def _of_name(self, name: str) -> int:
        for row in self._lookup.by_name(name):
            if self._names[row] == name:
                return int(self.ordinals[row])
        raise KeyError(name)

    def of_names(self, names: Strings) -> np.ndarray:
        """The ordinals of the entities of many names, (n,) int32, -1 for a name unknown here."""
        return self._of_numbers(self._names.rows(names))

    def candidates(self, ordinal: int) -> tuple[int, ...]:
        """The ordinals of the entities that an ambiguous one may be, the commonest first,
        MOST_CANDIDATES at the most; else none."""
        if not self._ambiguous[ordinal]:
            return ()
        leader = int(self._leaders[ordinal])
        found = np.unique(self.ordinals[self._table.candidates_of(leader)]).tolist()
        shown = (other for other in found if not self.hidden[other])
        return tuple(
            nsmallest(MOST_CANDIDATES, shown, key=lambda n: (-self._weights[n], self.name(n)))
        )

    def lookup(self, value: str) -> int | None:
        """The ordinal of the entity that has this id, had it before a fuller name came, or has
        a name with this spelling."""
        if rows := self._lookup(value):
            return int(self.ordinals[rows[0]])
        return self._by_new_name.get(spelling(value))

    def _named(self) -> tuple[Iterable[str], np.ndarray]:
        names, ordinals = super()._named()
        renamed = np.array(list(self._renamed), np.int64)
        new_names = (" ".join(name.split()) for name in self._renamed.values())
        return chain(names, new_names), np.append(ordinals, renamed)

    def find(self, value: str) -> list[int]:
        """The ordinals of the entities that an id or a name stands for; an ambiguous name
        stands for itself and its candidates, its id for itself."""
        found = super().find(value)
        if len(found) == 1 and value != self.id(found[0]) and self.has_name(value):
            return sorted({*found, *self.candidates(found[0])})
        return found

    def has_name(self, value: str) -> bool:
        """Whether an article holds a name with this spelling."""
        return bool(self._lookup.by_name(value))

    def n_articles(self, ordinal: int) -> int:
        """About how many articles hold an entity."""
        return int(self._weights[ordinal])

    def recorded(self, ordinal: int) -> Recorded:
        """An entity as a line of the ledger records it."""
        title = self.titles[ordinal]
        ranks, namesakes = self._table.ranks, self._corrected.namesakes
        numbers = sorted(
            self.members(ordinal), key=lambda n: (n != title, not namesakes[n], -ranks[n])
        )
        return Recorded(self.id(ordinal), tuple(self.names[number] for number in numbers))

    def reason(self, number: int) -> dict[str, Any]:
        """Why a name belongs to its entity: a ``code`` (of Reason, in lower case) and facts:
        ``of`` the name that decides, ``articles`` in which it stood for that, the ``line`` of
        the ledger with ``when`` and ``by``."""
        ordinal = int(self.ordinals[number])
        operation = self._corrected.moved.get(number)
        if number == self.titles[ordinal]:
            return {"code": Reason.NAME.name.lower()}
        if operation:
            facts = {"line": operation.line, "when": operation.when, "by": operation.by}
            return {"code": Reason.LEDGER.name.lower()} | facts
        reason = Reason(self._table.reasons[number])
        if reason in (Reason.NAME, Reason.AMBIGUOUS):
            reason = Reason.SPELLING
        because = {"code": reason.name.lower(), "of": self.name(ordinal)}
        if reason == Reason.ABBREVIATION:
            pairs = self._table.aliases_of(number)
            because["articles"] = sum(n for row, n in pairs if self.ordinals[row] == ordinal)
        return because

"""Entities of a facet: names as articles hold them, put together under one value each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from index.morphology import fold
from index.segment.arrays import smallest, starts
from index.segment.strings import Strings
from search.entities.name_words import NameWords

MOST_MEANT = 500
"""Entities that a name stands for at the most."""

_KEPT = 4096
"""Entities that are kept as they were read from arrays: the commonest are shown again and again.
Values of addresses, too."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A facet value: its ``name``, its ``variants`` (the other names, the commonest first), and
    the ordinals of the entities that it may be where that is not certain."""

    id: str
    name: str
    variants: tuple[str, ...] = ()
    candidates: tuple[int, ...] = ()


class Entities:
    """The values of one facet, numbered from 0, and how names lead to them.

    ``names`` are the distinct names in the index and ``counts`` the articles of each;
    ``ordinals`` (len(names),) int32 gives the entity of each name, ``titles`` (len(self),) the
    number of the name by which each entity goes, ``hidden`` (len(self),) bool those not shown.
    """

    def __init__(
        self, names: Sequence[str], counts: np.ndarray, ordinals: np.ndarray, titles: np.ndarray
    ):
        self.names = names
        self.counts = counts
        self.ordinals = ordinals.astype(np.int32)
        self.titles = titles
        self.hidden = np.zeros(len(titles), bool)
        self._members = np.argsort(self.ordinals, kind="stable").astype(np.int32)
        self._starts = smallest(starts(np.bincount(self.ordinals, minlength=len(titles))))
        self._read = lru_cache(_KEPT)(self._entity)
        self._written = lru_cache(_KEPT)(self._reference_of)

    def __len__(self) -> int:
        return len(self.titles)

    def __getitem__(self, ordinal: int) -> Entity:
        return self._read(ordinal)

    def _entity(self, ordinal: int) -> Entity:
        name = self.name(ordinal)
        variants = [self.names[number] for number in self.members(ordinal)]
        return Entity(
            self.id(ordinal),
            name,
            tuple(variant for variant in variants if variant != name),
            self.candidates(ordinal),
        )

    def name(self, ordinal: int) -> str:
        """The name of an entity."""
        return self.names[self.titles[ordinal]]

    @cached_property
    def name_ranks(self) -> np.ndarray:
        """The place of each entity in the order of their names, (len(self),) int64."""
        order = sorted(range(len(self)), key=self.name)
        ranks = np.empty(len(self), np.int64)
        ranks[order] = np.arange(len(self))
        return ranks

    @cached_property
    def hidden_ordinals(self) -> frozenset[int]:
        """The ordinals of those not shown."""
        return frozenset(np.flatnonzero(self.hidden).tolist())

    def id(self, ordinal: int) -> str:
        """The id of an entity: of a facet without ids of its own, the name."""
        return self.name(ordinal)

    def reference(self, ordinal: int) -> str:
        """What the addresses of pages write for an entity, and ``find`` reads: its id."""
        return self.id(ordinal)

    def members(self, ordinal: int) -> list[int]:
        """The numbers of the names of an entity, those in the most articles first."""
        numbers = self._members[self._starts[ordinal] : self._starts[ordinal + 1]].tolist()
        if len(numbers) == 1:
            return numbers
        return sorted(numbers, key=lambda number: (-self.counts[number], self.names[number]))

    def candidates(self, ordinal: int) -> tuple[int, ...]:
        """The ordinals of the entities that an ambiguous one may be, else none."""
        return ()

    def of_name(self, name: str) -> int:
        """The ordinal of the entity of a name that an article holds."""
        return int(self.ordinals[self._number_of[name]])

    def of_names(self, names: Strings) -> np.ndarray:
        """The ordinals of the entities of many names, (n,) int32, -1 for a name unknown here."""
        known = (self._number_of.get(name.decode(), -1) for name in names.all())
        numbers = np.fromiter(known, np.int64, len(names))
        return self._of_numbers(numbers)

    def _of_numbers(self, numbers: np.ndarray) -> np.ndarray:
        """The ordinals of the entities of names by their numbers, -1 for -1, (n,) int32."""
        if not len(self.ordinals):
            return np.full(len(numbers), -1, np.int32)
        return np.where(numbers < 0, np.int32(-1), self.ordinals[numbers])

    @cached_property
    def _number_of(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    def lookup(self, value: str) -> int | None:
        """The ordinal of the entity with this id, or with this name under any spelling."""
        return self._by_key.get(key(value))

    @cached_property
    def _by_key(self) -> dict[str, int]:
        names, ordinals = self._named()
        return {key(name): ordinal for name, ordinal in zip(names, ordinals.tolist())}

    def _named(self) -> tuple[Iterable[str], np.ndarray]:
        """All names, and the ordinal of the entity of each."""
        return self.names, self.ordinals

    def find(self, value: str) -> list[int]:
        """The ordinals of the entities that an id or a name stands for: the one with that id
        or spelling, else those whose name has every word of it in some form, of more than
        MOST_MEANT the commonest."""
        found = self.lookup(value)
        if found is not None:
            return [found]
        return sorted(self.commonest_first(self.worded(value))[:MOST_MEANT])

    def id_of(self, value: str) -> str:
        """The id of the only entity that a value stands for, else the value."""
        found = self.find(value)
        return self.id(found[0]) if len(found) == 1 else value

    def reference_of(self, value: str) -> str:
        """The reference of the only entity that a value stands for, else the value."""
        return self._written(value)

    def _reference_of(self, value: str) -> str:
        found = self.find(value)
        return self.reference(found[0]) if len(found) == 1 else value

    def commonest_first(self, ordinals: Iterable[int]) -> list[int]:
        """Some entities in the order of how many articles hold them."""
        return sorted(ordinals, key=lambda n: (-self._weights[n], n))

    @cached_property
    def _weights(self) -> np.ndarray:
        """About how many articles hold each entity: one under two names counts twice."""
        return np.bincount(self.ordinals, self.counts, minlength=len(self))

    def worded(self, value: str) -> list[int]:
        """The ordinals of the entities that have a name with every word of this one and are not
        hidden."""
        return [n for n in self.words.having(value) if not self.hidden[n]]

    @cached_property
    def words(self) -> NameWords:
        """The names by their words, each with the ordinal of its entity."""
        return NameWords(*self._named())


def key(name: str) -> str:
    """What names share that differ in case, ё and spaces at most."""
    return " ".join(fold(name).split())

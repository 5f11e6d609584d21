"""Entities of a facet: names as articles hold them, put together under one value each."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.analyzer import query_lemmas
from index.morphology import fold
from index.tokens import tokens

_IDENTIFIED = ("person", "org")
"""Facets whose values have an id of their own; those of the others go by their names."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A facet value: ``name`` is its commonest spelling, ``variants`` are the others."""

    id: str
    name: str
    variants: tuple[str, ...] = ()


class Entities:
    """The values of one facet, numbered from 0, and how names lead to them.

    ``names`` are the distinct names in the index and ``counts`` the articles of each;
    ``ordinals`` (len(names),) int64 gives the entity of each name.
    """

    def __init__(self, field: str, names: Sequence[str], counts: np.ndarray):
        self.names = names
        by_key: dict[str, list[int]] = {}
        for number, name in enumerate(names):
            by_key.setdefault(_key(name), []).append(number)
        self.entities: list[Entity] = []
        self.ordinals = np.zeros(len(names), np.int64)
        self._by_key: dict[str, int] = {}
        self._by_id: dict[str, int] = {}
        for key, numbers in by_key.items():
            numbers.sort(key=lambda number: (-counts[number], names[number]))
            name, *variants = (names[number] for number in numbers)
            ordinal = len(self.entities)
            id = _id(field, key) if field in _IDENTIFIED else name
            self.entities.append(Entity(id, name, tuple(variants)))
            self.ordinals[numbers] = ordinal
            self._by_key[key] = self._by_id[id] = ordinal

    def __len__(self) -> int:
        return len(self.entities)

    @cached_property
    def name_ranks(self) -> np.ndarray:
        """The place of each entity in the order of their names, (len(self),) int64."""
        order = sorted(range(len(self)), key=lambda n: self.entities[n].name)
        ranks = np.empty(len(self), np.int64)
        ranks[order] = np.arange(len(self))
        return ranks

    def of_name(self, name: str) -> Entity:
        """The entity that has exactly this name."""
        return self.entities[self._by_key[_key(name)]]

    def find(self, value: str) -> list[int]:
        """The ordinals of the entities that an id or a name stands for: the one with that id
        or spelling, else all whose name has every word of it in some form."""
        if (found := self._by_id.get(value)) is not None:
            return [found]
        if (found := self._by_key.get(_key(value))) is not None:
            return [found]
        lemmas = [query_lemmas(token.text) for token in tokens(value)]
        matching = [set().union(*(self._by_lemma.get(l, ()) for l in word)) for word in lemmas]
        return sorted(set.intersection(*matching)) if matching else []

    @cached_property
    def _by_lemma(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for name, ordinal in zip(self.names, self.ordinals.tolist()):
            for token in tokens(name):
                for lemma in query_lemmas(token.text):
                    found.setdefault(lemma, set()).add(ordinal)
        return found

    def beginning_with(self, prefix: str) -> list[int]:
        """The ordinals of the entities with a word in their name that begins with prefix."""
        start = re.compile(rf"(?<!\w){re.escape(_key(prefix))}")
        return [n for n, entity in enumerate(self.entities) if start.search(_key(entity.name))]


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _id(field: str, key: str) -> str:
    return hashlib.blake2b(f"{field}:{key}".encode(), digest_size=5).hexdigest()

"""Spelt entities: values of a facet that have no ids, sources and sections, told by spelling."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from index.linking.lookup import LEAST_DIGITS, written
from index.linking.spelling import name_id
from search.entities.facet_entities import Entities, key
from search.entities.slug import slug


class SpeltEntities(Entities):
    """Values that go by their names, and in addresses by the slugs of these with digits of their
    own, which mean the same whatever names come."""

    def find(self, value: str) -> list[int]:
        """The ordinals of the entities that a name stands for, else of the one with the digits
        in which a reference ends."""
        if self.lookup(value) is None and value[-LEAST_DIGITS:] in self._by_digits:
            return [self._by_digits[value[-LEAST_DIGITS:]]]
        return super().find(value)

    def reference(self, ordinal: int) -> str:
        """The slug of a name and, after a hyphen, digits of its spelling's hash."""
        name = self.name(ordinal)
        return "-".join(filter(None, (slug(name), _digits(name))))

    @cached_property
    def _by_digits(self) -> dict[str, int]:
        return {_digits(self.name(ordinal)): ordinal for ordinal in range(len(self))}


def _digits(name: str) -> str:
    return written(name_id("spelt", key(name)))[:LEAST_DIGITS]


def by_spelling(names: Sequence[str], counts: np.ndarray) -> SpeltEntities:
    """Names that differ in case, ё and spaces at most are one entity, which goes by the
    commonest of them."""
    ordinals = np.zeros(len(names), np.int64)
    by_key: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        by_key.setdefault(key(name), []).append(number)
    for ordinal, numbers in enumerate(by_key.values()):
        ordinals[numbers] = ordinal
    titles = [_commonest(numbers, names, counts) for numbers in by_key.values()]
    return SpeltEntities(names, counts, ordinals, np.array(titles, np.int64))


def _commonest(numbers: Iterable[int], names: Sequence[str], counts: np.ndarray) -> int:
    return min(numbers, key=lambda number: (-counts[number], names[number]))

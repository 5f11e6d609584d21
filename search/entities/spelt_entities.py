"""Spelt entities: values of a facet that have no ids, sources and sections, told by spelling."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from search.entities.facet_entities import Entities, key
from search.entities.slug import slug


class SpeltEntities(Entities):
    """Values that go by their names, and in addresses by the slugs of these."""

    def find(self, value: str) -> list[int]:
        """The ordinals of the entities that a name stands for, else those with this slug."""
        if self.lookup(value) is None and value in self._by_slug:
            return self._by_slug[value]
        return super().find(value)

    def reference(self, ordinal: int) -> str:
        """The slug of a name where no other name is meant by it, else the name."""
        written = slug(self.name(ordinal))
        return written if self.find(written) == [ordinal] else self.name(ordinal)

    @cached_property
    def _by_slug(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for ordinal in range(len(self)):
            if written := slug(self.name(ordinal)):
                found.setdefault(written, []).append(ordinal)
        return found


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

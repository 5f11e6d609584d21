"""Disjoint sets of numbers."""

from collections.abc import Hashable, Iterable


class DisjointSets:
    """Numbers from 0, each first in a set of its own; the least of a set stands for it."""

    def __init__(self, size: int):
        self._parent = list(range(size))

    def find(self, number: int) -> int:
        """The least number of a number's set."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, one: int, other: int) -> bool:
        """Make two sets one; whether they were two."""
        a, b = self.find(one), self.find(other)
        self._parent[max(a, b)] = min(a, b)
        return a != b

    def join_equal(self, keys: Iterable[Hashable]) -> None:
        """Join the numbers that have the same key; ``keys`` are those of 0, 1, 2, …"""
        first: dict[Hashable, int] = {}
        for number, key in enumerate(keys):
            if (other := first.setdefault(key, number)) != number:
                self.join(other, number)

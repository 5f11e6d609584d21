"""Findings of a run: items of one sort, counted by kind, the first of each kind by name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

NAMED = 20
"""Items of a kind that are named; the rest are counted."""


@dataclass(slots=True)
class Findings:
    """Items by kind, in the order in which kinds came up, the first as ``place: what``."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, place: str, what: str = "") -> None:
        """Count an item; ``place`` is its file and line."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        named = self.first.setdefault(kind, [])
        if len(named) < NAMED:
            named.append(f"{place}: {what}" if what else place)

    @property
    def total(self) -> int:
        """Items of all kinds."""
        return sum(self.counts.values())

    def named(self) -> list[str]:
        """The items that are named, of all kinds."""
        return [item for items in self.first.values() for item in items]

    def to_list(self) -> list[dict[str, Any]]:
        """A kind each, as JSON is made of it."""
        return [
            {"kind": kind, "count": count, "first": self.first[kind]}
            for kind, count in self.counts.items()
        ]

    def lines(self) -> Iterator[str]:
        """The items by kind, as a person reads them."""
        for kind, count in self.counts.items():
            yield f"  {kind}: {count}"
            yield from (f"    {item}" for item in self.first[kind])
            if count > NAMED:
                yield f"    … and {count - NAMED} more"

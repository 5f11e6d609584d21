"""Versions: what an article said before its source put other words in their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_VERSIONS = 100
"""Earlier versions of an article that are kept: the last ones."""


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version: its headline, text and date, and when, in UTC and ISO 8601, the index
    learnt of the next one (``until``)."""

    title: str
    text: str
    date: str | None
    until: str


def versions_of(fields: Iterable[dict[str, Any]]) -> tuple[Version, ...]:
    """The versions that JSON holds."""
    return tuple(Version(**version) for version in fields)

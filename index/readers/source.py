"""What a reader yields: a row with its place, or what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One article as the source gives it.

    ``place`` is where it stands, for messages (``archive.jsonl, line 17``); ``origin`` the
    provenance of its date; ``key`` identifies it when it has no id and no URL of its own;
    ``size`` is how many bytes of the source it took; ``repaired`` whether its text was mended.
    """

    content: Mapping[str, Any]
    place: str
    size: int
    origin: str = "given"
    key: str | None = None
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place in a source that gave no row, and why; ``kind`` is what a report groups it by."""

    place: str
    reason: str
    size: int = 0
    kind: str = "unreadable"


def file_key(path: Path) -> str:
    """What identifies a file that holds one article: its absolute address."""
    return path.resolve().as_uri()

"""What a reader yields of an article: its row with its place, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One article as the source gives it.

    ``place`` is where it stands, for messages (``archive.jsonl, line 17``); ``origin`` the
    provenance of its date; ``key`` identifies it when it has no id and no URL of its own;
    ``repaired`` whether its text was mended, ``redecoded`` whether it had been decoded wrongly;
    ``crawled`` the day when a crawler saved it, ``made`` the one when its document was made;
    ``doubts`` are what a report tells of it, by kind; ``size`` is how many bytes of its file it
    took, which ``read_source`` fills in.
    """

    content: Mapping[str, Any]
    place: str
    origin: str = "given"
    key: str | None = None
    repaired: bool = False
    redecoded: bool = False
    crawled: str | None = None
    made: str | None = None
    doubts: tuple[tuple[str, str], ...] = ()
    size: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place in a source that gave no row, and why; ``kind`` is what a report groups it by,
    ``size`` as that of a row."""

    place: str
    reason: str
    kind: str = "unreadable"
    size: int = 0

"""A mention: the place in a text where a person or an organization is named."""

from dataclasses import dataclass
from typing import NamedTuple

PERSON = "person"
ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch ``[start, stop)`` of code points that the tagger marked as ``type``
    (``PER``, ``ORG`` or ``LOC``)."""

    start: int
    stop: int
    type: str


class Mention(NamedTuple):
    """A place where ``entity`` (its canonical name in the article) is named.

    ``kind`` is ``person`` or ``organization``, ``start`` and ``stop`` are code points of the
    article's title and text, ``text`` is what stands there, ``role`` the words beside a name
    that say who this is (or nothing).
    """

    kind: str
    entity: str
    start: int
    stop: int
    text: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """Who is in an article: canonical names by first mention, and every mention by position."""

    persons: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()

"""Cursors: how far the hits of a search were read, as a text that programs send back.

It holds the place of the last article in the order of hits rather than a number of hits, so that
it lasts when articles come and go. It is short, fits into a URL, and says so itself where a part
of it is lost or it was made for another search.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass
from datetime import date
from math import isfinite

from search.parameters import OF_A_PAGE, ParameterError
from search.request import Request
from search.snapshot import Snapshot

_VERSION = 1
_FACTS = struct.Struct(">B4sIid")
_HASH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of an article: its ``score`` (0 where nothing is ranked by relevance), the first
    ``day`` of its date (NO_DATE where it has none) and its ``id``, in a ``generation`` of the
    index. ``search`` is a hash of what was asked for."""

    search: bytes
    generation: int
    day: int
    score: float
    id: str

    def __str__(self) -> str:
        facts = _FACTS.pack(_VERSION, self.search, self.generation, self.day, self.score)
        content = facts + self.id.encode()
        return base64.urlsafe_b64encode(content + _hash(content)).rstrip(b"=").decode()

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The cursor that was written so; None for a text that no cursor was written as."""
        try:
            content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            content, check = content[:-_HASH_BYTES], content[-_HASH_BYTES:]
            version, search, generation, day, score = _FACTS.unpack_from(content)
            id = content[_FACTS.size :].decode()
        except (ValueError, struct.error):
            return None
        if version != _VERSION or check != _hash(content):
            return None
        possible = isfinite(score) and 0 <= day <= date.max.toordinal()
        return cls(search, generation, day, score, id) if possible else None


def cursor_at(snapshot: Snapshot, search: bytes, docid: int, score: float) -> str:
    """The cursor of a document among the hits of a search, given its ``search_hash``."""
    day = int(snapshot.first_days[docid])
    return str(Cursor(search, snapshot.generation, day, score, snapshot.id(docid)))


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_HASH_BYTES]


def search_hash(request: Request) -> bytes:
    """The same for requests that find the same articles in the same order and say so in the same
    words, whatever the order of these."""
    params = request.replace(sort=request.sorting).to_params()
    return _hash(repr(sorted(pair for pair in params if pair[0] not in OF_A_PAGE)).encode())


def cursor_of(snapshot: Snapshot, request: Request) -> Cursor | None:
    """The place after which a request goes on; None where it begins with the first hit.

    An article's id will do for one where places last: by date, and not among stories.

    Raises ParameterError.
    """
    given = request.after
    if given is None:
        return None
    search = search_hash(request)
    if cursor := Cursor.read(given):
        if cursor.search != search:
            raise ParameterError(
                "after", given, "search",
                "a cursor of another search; ask for the same query, filters and sort as then, "
                "in the same words, or leave it out to begin anew",
            )  # fmt: skip
        return cursor
    docid = snapshot.docid(given)
    if docid is None:
        raise ParameterError(
            "after", given, "cursor",
            f"{given!r} is neither a cursor nor the id of an article; take `next` of an answer "
            "or `cursor` of an exported line, or leave it out to begin anew",
        )  # fmt: skip
    if request.sorting == "relevance" or request.folded:
        raise reordered(given)
    return Cursor(search, snapshot.generation, int(snapshot.first_days[docid]), 0.0, given)


def reordered(given: str) -> ParameterError:
    """What is wrong with going on by relevance, or among stories, from an id or from what stood
    elsewhere before."""
    return ParameterError(
        "after", given, "order",
        "by relevance, or with group, it goes on only from a cursor that was made after the index "
        "changed last; begin anew, or sort by date without group, where cursors last",
    )  # fmt: skip

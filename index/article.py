"""An article: what a source says, before and after it is annotated."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from operator import attrgetter
from typing import Any

import orjson

from index.mentions import Annotation, Mention
from index.versions import MOST_VERSIONS, Version, versions_of

ANALYSIS_VERSION = 1
"""Raised when text is analysed or annotated in another way, so that a repeated run takes
unchanged articles in anew."""


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of news.

    ``date`` is a partial date (see ``index.dates``) and ``date_provenance`` says where it
    comes from: ``given``, ``metadata``, ``url``, ``text``, ``file name``, ``option`` or ``crawl``;
    ``date_written`` is a date without a year as it stands there, where there is no other.
    ``persons`` and ``organizations`` are the names that the source gives; ``mentions`` is
    None until the article is annotated. ``digest`` tells whether its source still says the same.
    ``addresses`` are other ones under which the very same article was found; ``versions`` what
    it said earlier, the oldest first.
    """

    id: str
    title: str = ""
    text: str = ""
    date: str | None = None
    date_provenance: str | None = None
    date_written: str | None = None
    url: str | None = None
    source: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] | None = None
    digest: str = ""
    addresses: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    _json: bytes | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def full_text(self) -> str:
        """What mentions count their code points in: the title, an empty line, the text."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text

    @classmethod
    def sealed(cls, **told: Any) -> "Article":
        """The article of what its source says, with its digest: 32 hexadecimal digits that change
        when any of it, or the way in which it is analysed, changes."""
        fields = _UNTOLD | told
        content = orjson.dumps([ANALYSIS_VERSION, fields], default=Mention._asdict)
        fields["digest"] = digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        article = cls(*fields.values())
        if article.mentions is not None:  # others are given some before they are stored
            before, mark, after = content[len(_BEGIN) : -len(_END)].rpartition(_DIGEST)
            json = b"".join((before, mark, digest.encode(), after))
            object.__setattr__(article, "_json", json)
        return article

    def under(self, id: str) -> "Article":
        """The article under another id, with its digest."""
        told = self._fields() | {"id": id}
        del told["digest"]
        return Article.sealed(**told)

    def annotated(self, found: Annotation) -> "Article":
        """The article with what was found in it; names that its source gives come first."""
        return self._with(
            persons=_joined(self.persons, found.persons),
            organizations=_joined(self.organizations, found.organizations),
            mentions=found.mentions,
        )

    def succeeding(self, earlier: "Article", when: datetime) -> "Article":
        """The article in place of what it was before, with that among its versions, before those
        that it has, where the words have changed."""
        first = self.versions[0] if self.versions else self
        known = earlier.versions
        if (earlier.title, earlier.text) != (first.title, first.text):
            until = when.astimezone(timezone.utc).isoformat(timespec="seconds")
            known += (Version(earlier.title, earlier.text, earlier.date, until),)
        elif first is self:
            return self._with(versions=known).also_at(earlier.addresses)
        return self._with(versions=(*known, *self.versions)[-MOST_VERSIONS:])

    def also_at(self, addresses: Iterable[str]) -> "Article":
        """The article with more addresses."""
        found = dict.fromkeys((*self.addresses, *addresses))
        found.pop(self.url, None)
        return self._with(addresses=tuple(found))

    def to_json(self) -> bytes:
        """The article as one JSON object."""
        return self._json or orjson.dumps(self._fields(), default=Mention._asdict)

    @classmethod
    def from_json(cls, content: bytes) -> "Article":
        """The article that ``to_json`` wrote, a field that it did not know yet at its default."""
        fields = orjson.loads(content)
        fields["versions"] = versions_of(fields.get("versions", ()))
        for name in ("authors", "persons", "organizations", "addresses"):
            fields[name] = tuple(fields.get(name, ()))
        if fields["mentions"] is not None:
            fields["mentions"] = tuple(Mention(**mention) for mention in fields["mentions"])
        return cls(**fields)

    def _with(self, **changed: Any) -> "Article":
        return Article(**self._fields() | changed)

    def _fields(self) -> dict[str, Any]:
        """What ``dataclasses`` and ``orjson`` would ask for field by field, in a third of the
        time."""
        return dict(zip(_FIELDS, _values(self)))


_FIELDS = tuple(name for name, told in Article.__dataclass_fields__.items() if told.init)
_values = attrgetter(*_FIELDS)
_UNTOLD = Article("")._fields()
"""The fields of an article that nothing is told of."""

_BEGIN, _DIGEST, _END = b"[%d," % ANALYSIS_VERSION, b'"digest":"', b"]"
"""Before, in and after the JSON of an article that a digest is of."""


def _joined(given: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given + found))

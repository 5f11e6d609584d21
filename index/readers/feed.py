"""Feeds: the entries of an RSS or Atom file (https://feedparser.readthedocs.io)."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax import SAXParseException

from index.readers.encoding import decode
from index.readers.markup import text_of
from index.readers.reading import Refused
from index.readers.row import Row, Unreadable
from index.readers.source import Source

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*>\s*")
_WEB = re.compile("https?://", re.I)
_ROOT = re.compile(r"<(?:rss|feed|rdf:rdf)\b", re.I)


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a feed, an entry each: its whole content where it has that, else its summary;
    the feed's title is the source. A feed that breaks off gives the entries before the break,
    and says so."""
    import feedparser

    document = _DECLARATION.sub("", decode(source.content()), count=1)
    if "<!ENTITY" in _ROOT.split(document, maxsplit=1)[0]:
        raise Refused("it declares entities, which no feed needs", "declares entities")
    feed = feedparser.parse(BytesIO(document.encode()), sanitize_html=False)
    if not feed.version:
        raise Refused("neither RSS nor Atom", "broken")
    for number, entry in enumerate(feed.entries, start=1):
        row = _row(entry, feed.feed.get("title", ""))
        key = f"{entry.id}" if entry.get("id") else None
        yield Row(row, f"{source.name}, entry {number}", origin="metadata", key=key)
    if feed.bozo:
        reason = f"broken after entry {len(feed.entries)}: {_told(feed.bozo_exception)}"
        yield Unreadable(source.name, reason, "broken")


def _address(entry: Any) -> str | None:
    """The address of an entry's page; feedparser takes any id for one where there is none."""
    link = entry.get("link")
    return None if link == entry.get("id") and not _WEB.match(link or "") else link


def _told(error: Exception) -> str:
    """What an error says, without a position in another form of the document."""
    return error.getMessage() if isinstance(error, SAXParseException) else str(error)


def _row(entry: Any, source: str) -> dict[str, Any]:
    whole = max((part.value for part in entry.get("content", ())), key=len, default="")
    return {
        "title": text_of(entry.get("title", "")),
        "text": text_of(whole or entry.get("summary", "")),
        "date": entry.get("published") or entry.get("updated"),
        "url": _address(entry),
        "source": source,
        "section": "; ".join(tag.term for tag in entry.get("tags", ()) if tag.term),
        "authors": [author.name for author in entry.get("authors", ()) if author.get("name")],
    }

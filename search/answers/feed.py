"""A feed of a search: what it found last, as RSS 2.0."""

import datetime
import re
from collections.abc import Callable, Iterable
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rss(
    results: Iterable[dict[str, Any]], title: str, link: str, page: Callable[[str], str]
) -> str:
    """A feed of results, as the API gives them.

    ``link`` is the search's own address; ``page`` turns an article's id into the address of its
    page, which stands for an article without an address on the web. An article has a ``pubDate``
    where its day is known. Characters that XML 1.0 forbids are left out.
    """
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", link)
    _add(channel, "description", title)
    _add(channel, "language", "ru")
    for result in results:
        item = ElementTree.SubElement(channel, "item")
        _add(item, "title", result["title"] or result["id"])
        _add(item, "link", web_address(result["url"]) or page(result["id"]))
        _add(item, "guid", result["id"], isPermaLink="false")
        if result["date_precision"] == "day":
            _add(item, "pubDate", _moment(result["date"]))
        _add(item, "description", " ".join(snippet["text"] for snippet in result["snippets"]))
        for named in result["persons"] + result["organizations"]:
            _add(item, "category", named["name"])
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()


def _add(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = _FORBIDDEN.sub("", text)


def web_address(url: str | None) -> str | None:
    """An article's address where it is one of the web, else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _moment(day: str) -> str:
    moment = datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.timezone.utc)
    return format_datetime(moment, usegmt=True)

"""HTML: the article of a saved page, found by trafilatura (https://trafilatura.readthedocs.io)."""

import re
from collections.abc import Iterator

from index.readers.encoding import decode
from index.readers.reading import Refused
from index.readers.row import Row
from index.readers.source import Source

MOST_TAGS = 30_000
"""Tags of a page at the most: finding the article takes time by the square of them."""

_JSON_LD = re.compile(r"""["']datePublished["']\s*:\s*["'](\d{4}-\d\d-\d\d)""")
_META = re.compile(r"<(?:meta|time)\s[^>]{0,500}>", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"""(?:property|name|itemprop)\s*=\s*["']?(?:article:published_time|og:published_time"""
    r"""|datePublished|pubdate|publishdate|publish_date|dc\.date|date)["'\s/>]""",
    re.IGNORECASE,
)
_DAY = re.compile(r"""(?:content|datetime)\s*=\s*["']?\s*(\d{4}-\d\d-\d\d)""", re.IGNORECASE)


def read(source: Source) -> Iterator[Row]:
    """The one row of a page: headline, text, date, address, site, authors and section as the
    page states them in its metadata or shows them."""
    from trafilatura import bare_extraction

    markup = decode(source.article())
    if markup.count("<") - markup.count("</") > MOST_TAGS:
        raise Refused(f"a page of more than {MOST_TAGS} tags", "too large")
    page = bare_extraction(markup, with_metadata=True, include_comments=False)
    if page is None or not page.text:
        raise _without_text(markup)
    title = page.title or ""
    row = {
        "title": title,
        "text": page.text.removeprefix(f"{title}\n").replace("\n", "\n\n"),
        "date": page.date,
        "url": page.url,
        "source": page.sitename,
        "section": "; ".join(page.categories or []),
        "authors": page.author or "",
    }
    if stated := _stated_day(markup):
        yield Row(row | {"date": stated}, source.name, "metadata", source.key)
    else:
        origin = "url" if page.date and page.date.replace("-", "/") in (page.url or "") else "text"
        yield Row(row, source.name, origin if page.date else "metadata", source.key)


def _without_text(markup: str) -> Refused:
    from lxml import etree

    parser = etree.HTMLParser()
    etree.fromstring(markup.encode(), parser)
    if any("depth" in error.message for error in parser.error_log):
        return Refused("tags nested deeper than any page's", "nested too deep")
    return Refused("no article text on the page", "no text")


def _stated_day(markup: str) -> str | None:
    """The day of publication that a page states in its metadata, JSON-LD first."""
    if match := _JSON_LD.search(markup):
        return match[1]
    for tag in _META.findall(markup):
        if _PUBLISHED.search(tag) and (match := _DAY.search(tag)):
            return match[1]
    return None

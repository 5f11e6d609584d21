"""HTML: the article of a saved page, found by trafilatura (https://trafilatura.readthedocs.io)."""

import re
from collections.abc import Iterator

from index.readers.encoding import decode
from index.readers.reading import Refused
from index.readers.row import Row
from index.readers.source import Source

MOST_TAGS = 30_000
"""Tags of a page at the most: finding the article takes time by the square of them."""


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
    origin = _origin(page.date, markup, page.url)
    yield Row(row, source.name, origin, source.key)


def _without_text(markup: str) -> Refused:
    from lxml import etree

    parser = etree.HTMLParser()
    etree.fromstring(markup.encode(), parser)
    if any("depth" in error.message for error in parser.error_log):
        return Refused("tags nested deeper than any page's", "nested too deep")
    return Refused("no article text on the page", "no text")


def _origin(date: str | None, markup: str, url: str | None) -> str:
    """The provenance of the date that was found: a statement in the page's metadata, else its
    address, else a guess from what it shows."""
    if not date:
        return "metadata"
    if re.search(rf"""(?:content|datetime|"date\w+"\s*:)\s*=?\s*["']{date}""", markup):
        return "metadata"
    return "url" if date.replace("-", "/") in (url or "") else "text"

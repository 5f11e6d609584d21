"""HTML: the article of a saved page, found by trafilatura (https://trafilatura.readthedocs.io)."""

from collections.abc import Iterator
from pathlib import Path

from index.readers.encoding import decode
from index.readers.source import Row, Unreadable, file_key


def read(path: Path) -> Iterator[Row | Unreadable]:
    """The one row of a page: headline, text, date, address, site, authors and section as the
    page states them in its metadata or shows them."""
    from trafilatura import bare_extraction

    content = path.read_bytes()
    page = bare_extraction(decode(content), with_metadata=True, include_comments=False)
    if page is None or not page.text:
        yield Unreadable(str(path), "no article text on the page", len(content))
        return
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
    yield Row(row, str(path), len(content), origin="metadata", key=file_key(path))

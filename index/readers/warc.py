"""WARC: the pages, texts and feeds that a crawler saved (ISO 28500, read by warcio)."""

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from index.readers.reading import Refused
from index.readers.source import Source

_ARTICLES = ("text/html", "application/xhtml+xml", "text/plain")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
_NO_ARTICLES = ("/robots.txt", "/ads.txt", "/humans.txt")


def read(source: Source) -> Iterator[Source]:
    """The successful answers with a page, a text or a feed, each with its address and the day
    of crawling; whatever else was saved is passed over."""
    logging.getLogger("warcio").setLevel(logging.ERROR)
    try:
        for record in _records(source.stream):
            headers = record.rec_headers
            address = (headers.get_header("WARC-Target-URI") or "").strip("<>")
            if record.rec_type == "response" and address and _is_read(record, address):
                day = (headers.get_header("WARC-Date") or "")[:10] or None
                yield source.member(address, record.content_stream(), address, day)
    except Refused:
        raise
    except Exception as error:
        # warcio fails in many ways on what is no WARC record
        raise Refused(f"a damaged WARC file: {error}", "damaged") from error


def _records(stream: BinaryIO) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator

    class Records(ArchiveIterator):
        """The records of a file, without a word on standard error of those out of place."""

        INC_RECORD = ""

    return Records(stream)


def _is_read(record: Any, address: str) -> bool:
    answer = record.http_headers
    if answer is None or answer.get_statuscode() != "200":
        return False
    kind = (answer.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in _ARTICLES + _FEEDS and not address.endswith(_NO_ARTICLES)

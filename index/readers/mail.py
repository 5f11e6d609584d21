"""EML: a message of electronic mail, with what is attached to it (RFC 5322, MIME)."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser, HeaderParser
from email.policy import EmailPolicy
from email.utils import getaddresses
from io import BytesIO
from typing import Any

from index.readers import html_page
from index.readers.encoding import decode
from index.readers.markup import text_of
from index.readers.reading import Refused
from index.readers.row import Row, Unreadable
from index.readers.source import Source

MOST_PARTS = 1000
"""Parts of a message at the most."""

LONGEST_HEADER = 1 << 15
"""Bytes of a header that is read, at the most: parsing one takes memory by the square of them."""

_FIRST = re.compile(
    rb"(?:From|To|Date|Subject|Message-ID|MIME-Version|Return-Path|Received|Delivered-To|Sender"
    rb"|Reply-To|Content-Type|DKIM-Signature|Authentication-Results|List-ID|X-[\w-]+):[ \t\r\n]",
    re.IGNORECASE,
)
_FROM = re.compile(rb"^(?:From|Sender):", re.IGNORECASE | re.MULTILINE)
_OTHERS = re.compile(rb"^(?:Date|Subject|To|Received):", re.IGNORECASE | re.MULTILINE)
_READ = re.compile(r"(?:From|Sender|Date|Subject|Content-[\w-]+):", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_BODY = "message.html"
_NO_ARTICLES = (
    "text/calendar", "text/vcard", "text/x-vcard", "application/pgp-signature",
    "application/pkcs7-signature", "application/x-pkcs7-signature",
)  # fmt: skip
_SHORT_PLAIN = 0.3
"""Share of the text of a message's HTML that its plain text must have to be taken."""


class _Policy(EmailPolicy):
    """Refuses headers that take too long to parse, of a message and of its parts."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        if sum(map(len, sourcelines)) > LONGEST_HEADER and _READ.match(sourcelines[0]):
            raise Refused(f"a header of more than {LONGEST_HEADER} bytes", "too large")
        return super().header_source_parse(sourcelines)


_POLICY = _Policy()


def looks(source: Source) -> bool:
    """Whether a source begins with the headers of a message."""
    head = source.head
    if not _FIRST.match(head):
        return False
    headers = _BLANK.split(head, 1)[0]
    return bool(_FROM.search(headers) and _OTHERS.search(headers))


def read(source: Source) -> Iterator[Row | Unreadable | Source]:
    """The row of a message, then what is attached to it, where it is of a known format."""
    content = source.content()
    message = BytesParser(policy=_POLICY).parsebytes(content)
    if sum(1 for _, _ in zip(message.walk(), range(MOST_PARTS + 1))) > MOST_PARTS:
        raise Refused(f"a message of more than {MOST_PARTS} parts", "too large")
    yield _row(message, _headers(content), source)
    yield from _attachments(message, source)


def _headers(content: bytes) -> EmailMessage:
    """The headers of a message; some write Russian into them as it stands, in any encoding."""
    return HeaderParser(policy=_POLICY).parsestr(decode(_BLANK.split(content, 1)[0]))


def _row(message: EmailMessage, headers: EmailMessage, source: Source) -> Row | Unreadable:
    title, text, found = _header(headers, "subject"), _plain(message), None
    markup = _markup(message)
    if markup and len(text) < _SHORT_PLAIN * len(text_of(markup)):
        found = _page(markup, source)
        text = (found and found["text"]) or text_of(markup)
    text = text.strip()
    if len(text.encode(errors="replace")) > source.reading.limits.article_bytes:
        return Unreadable(source.name, "a message too long; see --max-article-size", "too large")
    if not title and not text:
        return Unreadable(source.name, "no text", "no text")
    names = [name or address for name, address in getaddresses([_header(headers, "from")])]
    row = {
        "title": title or (found and found["title"]),
        "text": text,
        "date": _day(headers),
        "url": (found and found["url"]) or None,
        "authors": [name for name in names if name],
    }
    return Row(row, source.name, "metadata", source.key)


def _header(headers: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(headers.get(name, "")).split())
    except Exception:  # the parser of headers fails in many ways on what is none
        return ""


def _day(headers: EmailMessage) -> str | None:
    """The day on which a message was sent, in its sender's time zone."""
    try:
        return headers["date"].datetime.date().isoformat()
    except Exception:  # no date, or one that is none, at which the parser fails in many ways
        return None


def _plain(message: EmailMessage) -> str:
    in_one_part = message.get_content_maintype() == "multipart" and not message.is_multipart()
    part = message if in_one_part else message.get_body(("plain",))
    return _text(part) if part else ""


def _markup(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    return _text(part) if part else ""


def _text(part: Any) -> str:
    payload = part.get_payload(decode=True) or b""
    return decode(payload, part.get_content_charset()).replace("\r\n", "\n")


def _page(markup: str, source: Source) -> dict[str, Any] | None:
    """The article of a message in HTML, None where there is none to be told from the rest."""
    with source.member(_BODY, BytesIO(markup.encode(errors="replace"))) as body:
        try:
            return dict(next(html_page.read(body)).content)
        except Refused:
            return None


def _attachments(message: EmailMessage, source: Source) -> Iterator[Source]:
    from index.readers.formats import format_of

    for number, part in enumerate(_attached(message), start=1):
        if part.get_content_type() in _NO_ARTICLES:
            continue
        inner = part.get_payload(0) if part.get_content_type() == "message/rfc822" else None
        content = inner.as_bytes() if inner else part.get_payload(decode=True) or b""
        name = _file_name(part) or f"{number}{'.eml' if inner else ''}"
        if content and format_of(source.member(name, BytesIO(content))):
            yield source.member(name, BytesIO(content))


def _attached(message: EmailMessage) -> list[EmailMessage]:
    try:
        return list(message.iter_attachments())
    except (AttributeError, KeyError, TypeError):  # what claims to be multipart and is not
        return []


def _file_name(part: EmailMessage) -> str:
    try:
        return (part.get_filename() or "").replace("/", "_").strip()
    except Exception:  # as with other headers
        return ""

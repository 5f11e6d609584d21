"""Formats: the reader of each, and how a source of it is known, by content first and name
second."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import regex

from index.readers import (
    compressed,
    csv_table,
    feed,
    html_page,
    json_document,
    jsonl,
    mail,
    office,
    parquet_table,
    pdf,
    plain_text,
    sqlite_table,
    tar_archive,
    utf16,
    warc,
    zip_archive,
)
from index.readers.row import Row, Unreadable
from index.readers.source import Source

Reader = Callable[[Source], Iterator[Row | Unreadable | Source]]


@dataclass(frozen=True, slots=True)
class Format:
    """``marks`` are what a source of it begins with (any of them); ``looks`` looks at the source
    where there are none, or where they do not tell it from another format; ``suffixes`` end the
    names of sources whose content tells nothing. What ``holds`` others is unpacked whatever
    format articles are said to have; one that is ``slow`` takes longer to read than to hand to
    another process."""

    read: Reader
    suffixes: tuple[str, ...] = ()
    marks: tuple[bytes, ...] = ()
    looks: Callable[[Source], bool] | None = None
    holds: bool = False
    slow: bool = False

    def is_of(self, source: Source, head: bytes) -> bool:
        """Whether the content of a source that begins with ``head`` tells that it has this
        format."""
        if self.looks:
            return head.startswith(self.marks or b"") and self.looks(source)
        return head.startswith(self.marks)


FORMATS: dict[str, Format] = {
    "jsonl": Format(jsonl.read, (".jsonl", ".ndjson")),
    "json": Format(json_document.read, (".json",)),
    "csv": Format(csv_table.read, (".csv", ".tsv")),
    "html": Format(html_page.read, (".html", ".htm"), slow=True),
    "feed": Format(feed.read, slow=True),
    "text": Format(plain_text.read, (".txt",), slow=True),
    "pdf": Format(pdf.read, (".pdf",), looks=pdf.looks, slow=True),
    "warc": Format(warc.read, marks=(b"WARC/",), holds=True),
    "eml": Format(mail.read, looks=mail.looks, holds=True),
    "sqlite": Format(sqlite_table.read, marks=(sqlite_table.MARK,)),
    "parquet": Format(parquet_table.read, marks=(parquet_table.MARK,)),
    "docx": Format(office.read_docx, (), (b"PK\x03\x04",), office.is_docx, slow=True),
    "odt": Format(office.read_odt, (), (b"PK\x03\x04",), office.is_odt, slow=True),
    "zip": Format(zip_archive.read, (".zip",), (b"PK\x03\x04", b"PK\x05\x06"), holds=True),
    "tar": Format(tar_archive.read, (".tar",), looks=tar_archive.looks, holds=True),
    "gzip": Format(compressed.read_gzip, (), (b"\x1f\x8b",), holds=True),
    "bzip2": Format(compressed.read_bzip2, (), (b"BZh",), compressed.is_bzip2, holds=True),
    "xz": Format(compressed.read_xz, (), (b"\xfd7zXZ\0",), holds=True),
    "zstd": Format(compressed.read_zstd, (), (b"\x28\xb5\x2f\xfd",), holds=True),
    "utf-16": Format(utf16.read, looks=utf16.looks, holds=True),
}
"""All formats by name; of those that a source looks like, the first counts."""

_HTML_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")
_FEED_MARKS = (b"<rss", b"<feed", b"<rdf:rdf")
_FEED = regex.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|(?><\?.*?\?>)|(?><!--.*?-->))*+<(?:\w+:)?(?:rss|feed|rdf)\b",
    regex.DOTALL | regex.IGNORECASE,
)
"""A feed from its beginning to its first element; atomic, so that it is gone through once."""
_NO_TEXT = (b"{\\rtf",)
_TEXTS = (b"{", b"[", b"<")
_LOOKED_AT = 1024


def format_of(source: Source) -> str | None:
    """The key in FORMATS of a source's format, or None when it has none of them."""
    head = source.head
    for name, format in FORMATS.items():
        if format.is_of(source, head):
            return name
    return _text_format(head, _by_suffix(source.file_name))


def format_to_read(source: Source) -> str | None:
    """The key in FORMATS of the format that a source is read as: the one that the run says,
    unless it holds other sources; None where there is none."""
    found, told = format_of(source), source.reading.format
    return told if told and not (found and FORMATS[found].holds) else found


def _by_suffix(file_name: str) -> str | None:
    suffix = PurePosixPath(file_name.lower()).suffix
    named = (name for name, format in FORMATS.items() if suffix in format.suffixes)
    return next(named, None)


def _text_format(head: bytes, named: str | None) -> str | None:
    start = head[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_NO_TEXT) or b"\0" in start and not _is_sure(start, named):
        return None
    if start.startswith(b"<"):
        in_xml = start.startswith(b"<?xml") and any(mark in start for mark in _FEED_MARKS)
        if in_xml or _FEED.match(head):
            return "feed"
        return "html" if named == "html" or any(mark in start for mark in _HTML_MARKS) else None
    if start.startswith(b"["):
        return "json" if _is_array(start) else named or "text"
    if start.startswith(b"{"):
        line, ended, _ = head.lstrip().partition(b"\n")
        in_lines = b"}" in line or not ended
        return "json" if not in_lines or json_document.articles_in(line) else "jsonl"
    return named or "text"


def _is_sure(start: bytes, named: str | None) -> bool:
    """Whether the format of a source is plain though it has NUL bytes: those of its parts that
    have none can be read."""
    is_line_whole = b"\0" not in start.partition(b"\n")[0]
    return named == "text" or start.startswith(_TEXTS) or named is not None and is_line_whole


def _is_array(start: bytes) -> bool:
    return start[1:].lstrip()[:1] in (b"{", b"]", b"")

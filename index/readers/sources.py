"""Sources: the files to read, and the reader for each, by content first and name second."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from index.readers import csv_table, feed, html_page, json_document, jsonl, plain_text
from index.readers.source import Row, Unreadable

STDIN = "-"
"""The path that stands for JSONL on standard input."""

Reader = Callable[[Path], Iterator[Row | Unreadable]]

FORMATS: dict[str, Reader] = {
    "jsonl": jsonl.read,
    "json": json_document.read,
    "csv": csv_table.read,
    "html": html_page.read,
    "feed": feed.read,
    "text": plain_text.read,
}

_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".html": "html",
    ".htm": "html",
}
_HTML_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")
_FEED_MARKS = (b"<rss", b"<feed", b"<rdf:rdf")
_NO_TEXT = (b"%pdf", b"{\\rtf")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 1024


def find_sources(paths: Iterable[str], but: Path | None = None) -> list[Path]:
    """The files that paths name, folders with all that lies in them, sorted; hidden files and
    folders, and the folder ``but``, are left out unless they are named. A folder that cannot be
    read stands for itself.

    Raises FileNotFoundError for a path that does not exist.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if str(path) == STDIN or path.is_file():
            found.append(path)
        elif path.is_dir():
            found += _files_below(path, but and but.resolve())
        elif path.exists():
            raise FileNotFoundError(f"{path}: neither a file nor a folder")
        else:
            raise FileNotFoundError(f"{path}: no such file or folder")
    return found


def _files_below(folder: Path, but: Path | None) -> Iterator[Path]:
    denied: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: denied.append(Path(error.filename)))
    for parent, folders, files in walk:
        shown = sorted(name for name in folders if not name.startswith("."))
        folders[:] = [name for name in shown if Path(parent, name).resolve() != but]
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path
    yield from denied


def read_source(
    path: Path, format: str | None = None, mend: bool = True
) -> Iterator[Row | Unreadable]:
    """The rows of a file; ``format`` is a key of FORMATS, else found out; without ``mend``
    plain text is taken as it stands. A file that cannot be opened or read is one Unreadable."""
    if str(path) == STDIN:
        yield from jsonl.rows(sys.stdin.buffer, "stdin")
        return
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        kind = format or sniff(head, path.name)
        if kind is None:
            yield Unreadable(str(path), f"not one of: {', '.join(FORMATS)}", path.stat().st_size)
        elif kind == "text":
            yield from plain_text.read(path, mend)
        else:
            yield from FORMATS[kind](path)
    except OSError as error:
        yield Unreadable(str(path), f"cannot be read: {error.strerror or error}")
    except Exception as error:
        yield Unreadable(str(path), f"cannot be read: {error!r}")


def sniff(head: bytes, name: str) -> str | None:
    """The format of a file that begins with ``head`` and is called ``name``, or None when it is
    none of FORMATS."""
    suffix = _SUFFIXES.get(Path(name).suffix.lower())
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_NO_TEXT) or (b"\0" in head and not head.startswith(_WIDE)):
        return None
    if start.startswith(b"<"):
        if start.startswith((b"<?xml", *_FEED_MARKS)) and any(m in start for m in _FEED_MARKS):
            return "feed"
        return "html" if suffix == "html" or any(mark in start for mark in _HTML_MARKS) else None
    if start.startswith(b"["):
        return "json" if _is_array(start) else suffix or "text"
    if start.startswith(b"{"):
        return "jsonl" if b"}" in start.split(b"\n", 1)[0] or b"\n" not in start else "json"
    return suffix or "text"


def _is_array(start: bytes) -> bool:
    return start[1:].lstrip()[:1] in (b"{", b"]", b"")

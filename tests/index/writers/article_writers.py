"""Writers of articles in every format that is read, for tests: fields of an article in, bytes
out."""

import bz2
import csv
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from email import message_from_bytes, policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as arrow
import zstandard
from office_writer import docx as _docx
from office_writer import odt as _odt
from pdf_writer import Line, paragraph
from pdf_writer import pdf as _pdf
from pyarrow import parquet as _parquet

Fields = Mapping[str, str]
COLUMNS = ("id", "title", "text", "date", "url", "source", "section", "authors")


def jsonl(article: Fields) -> bytes:
    return json.dumps(article, ensure_ascii=False).encode() + b"\n"


def array(article: Fields) -> bytes:
    return json.dumps([article], ensure_ascii=False, indent=1).encode()


def _table(delimiter: str) -> Callable[[Fields], bytes]:
    def write(article: Fields) -> bytes:
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, article, delimiter=delimiter)
        writer.writeheader()
        writer.writerow(article)
        return stream.getvalue().encode("utf-8-sig")

    return write


def sqlite(article: Fields) -> bytes:
    with TemporaryDirectory() as home:
        path = Path(home, "a.db")
        with sqlite3.connect(path) as database:
            names = ", ".join(article)
            marks = ", ".join("?" * len(article))
            database.execute(f"CREATE TABLE articles ({names})")
            database.execute(f"INSERT INTO articles VALUES ({marks})", tuple(article.values()))
        database.close()
        return path.read_bytes()


def parquet(article: Fields) -> bytes:
    stream = io.BytesIO()
    _parquet.write_table(arrow.table({name: [value] for name, value in article.items()}), stream)
    return stream.getvalue()


def _time(article: Fields) -> datetime:
    return datetime.fromisoformat(article["date"]).replace(hour=12, tzinfo=timezone.utc)


def _paragraphs(article: Fields) -> list[str]:
    return article["text"].split("\n\n")


def rss(article: Fields) -> bytes:
    told = {name: escape(text) for name, text in article.items()}
    text = escape("".join(f"<p>{escape(part)}</p>" for part in _paragraphs(article)))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{told["source"]}</title>'
        f"<item><title>{told['title']}</title><link>{told['url']}</link>"
        f"<description>{text}</description><category>{told['section']}</category>"
        f"<dc:creator>{told['authors']}</dc:creator>"
        f"<pubDate>{format_datetime(_time(article))}</pubDate></item></channel></rss>"
    ).encode()


def html(article: Fields) -> bytes:
    told = {name: escape(text) for name, text in article.items()}
    text = "".join(f"<p>{escape(part)}</p>" for part in _paragraphs(article))
    return (
        f"<!DOCTYPE html><html lang='ru'><head><meta charset='utf-8'><title>{told['title']}"
        f"</title><meta property='og:title' content='{told['title']}'>"
        f"<meta property='og:site_name' content='{told['source']}'>"
        f"<meta property='article:published_time' content='{told['date']}'>"
        f"<link rel='canonical' href='{told['url']}'></head>"
        f"<body><article><h1>{told['title']}</h1>{text}</article></body></html>"
    ).encode()


def docx(article: Fields) -> bytes:
    made = _time(article).replace(tzinfo=None)
    head = ("Title", article["title"])
    return _docx(head, *_paragraphs(article), author=article["authors"], created=made)


def odt(article: Fields) -> bytes:
    made = _time(article).replace(tzinfo=None)
    head = ("Title", article["title"])
    return _odt(head, *_paragraphs(article), author=article["authors"], created=made)


def eml(article: Fields) -> bytes:
    message = EmailMessage()
    message["From"] = f'"{article["authors"]}" <a@vestnik.example>'
    message["To"] = "b@vestnik.example"
    message["Date"] = format_datetime(_time(article))
    message.set_content(article["text"])
    return b"Subject: %s\n" % Header(article["title"], "utf-8").encode().encode() + bytes(message)


def text(article: Fields) -> bytes:
    return f"{article['title']}\n\n{article['text']}".encode()


def pdf(article: Fields) -> bytes:
    lines = [Line(50, 40, article["title"], 20)]
    for part in _paragraphs(article):
        lines += paragraph(50, lines[-1].y + 40, 480, part)
    return _pdf([lines], CreationDate=f"D:{article['date'].replace('-', '')}120000Z")


FORMATS: dict[str, Callable[[Fields], bytes]] = {
    "jsonl": jsonl, "json": array, "csv": _table(","), "semicolons": _table(";"),
    "tsv": _table("\t"), "sqlite": sqlite, "parquet": parquet, "rss": rss, "html": html,
    "docx": docx, "odt": odt, "eml": eml, "txt": text, "pdf": pdf,
}  # fmt: skip


def zipped(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def attached(name: str, content: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@vestnik.example", "Письмо"
    message.set_content("Во вложении.")
    return attached_to(bytes(message), name, content)


def attached_to(message: bytes, name: str, content: bytes) -> bytes:
    """A message with a file attached to it."""
    whole = message_from_bytes(message, policy=policy.default)
    whole.add_attachment(content, "application", "octet-stream", filename=name)
    whole.set_boundary("=====")
    return bytes(whole)


PACKINGS: dict[str, Callable[[str, bytes], bytes]] = {
    "zip": zipped, "tar": tarred, "attachment": attached,
    "gzip": lambda name, content: gzip.compress(content),
    "bzip2": lambda name, content: bz2.compress(content),
    "xz": lambda name, content: lzma.compress(content),
    "zstd": lambda name, content: zstandard.compress(content),
    "twice": lambda name, content: zipped("a.tar.gz", tarred(name, content)),
    "utf-16": lambda name, content: content.decode("utf-8-sig").encode("utf-16"),
}  # fmt: skip

"""Bytes in whatever encoding come out as the text that was written."""

import json

import pytest

from index.readers import read_source
from index.readers.encoding import decode, encoding_of

TEXT = (
    "Губернатор открыл в Заозёрске мост через Серебрянку. «Ждали шестьдесят лет», — сказал он "
    "жителям. Первым по мосту проехал автобус №14."
)
PLAIN = TEXT.replace("«", '"').replace("»", '"').replace("—", "-").replace("№", "N ")
ONE_BYTE = ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *ONE_BYTE]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "Пошёл снег",
        "Мост открыт",
        "ГУБЕРНАТОР ОТКРЫЛ МОСТ",
        PLAIN * 1000,
        "Курс 2022: 61,5 руб.",
    ],
)
def test_an_encoding_that_nobody_declares(encoding, text):
    assert decode(text.encode(encoding)).removeprefix("\ufeff") == text


@pytest.mark.parametrize("encoding", ["utf-8", *ONE_BYTE])
@pytest.mark.parametrize(
    "declared", [None, "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "gb2312", "no-such", ""]
)
def test_a_wrong_declaration_is_put_right(encoding, declared):
    assert decode(PLAIN.encode(encoding), declared) == PLAIN


@pytest.mark.parametrize(
    "text, declared",
    [
        ("Le président a été élu à Orléans, où il était né.", "iso-8859-1"),
        ("Müller fährt über die Brücke nach Köln.", "windows-1252"),
        ("Zażółć gęślą jaźń w Łodzi.", "iso-8859-2"),
        ("Президент їде до Києва, ґрунтовно підготувавшись.", "windows-1251"),
        ("Президент їде до Києва, ґрунтовно підготувавшись.", "koi8-u"),
        ("Кула у Београду, Његош и Љубљана", "iso-8859-5"),
    ],
)
def test_a_right_declaration_is_trusted(text, declared):
    assert decode(text.encode(declared), declared) == text


def test_western_text_without_a_declaration():
    assert decode("Le président a été élu à Orléans".encode("cp1252")) == (
        "Le président a été élu à Orléans"
    )


def test_utf_8_with_broken_bytes_stays_utf_8():
    broken = PLAIN[:16].encode() + b"\xd0" + PLAIN[16:].encode()
    assert decode(broken) == PLAIN[:16] + "\ufffd" + PLAIN[16:]
    assert {encoding_of(PLAIN.encode()[:size]) for size in range(2, 40)} == {"utf-8"}


def page(encoding: str, declared: str) -> bytes:
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}">'
        f"<title>Мост открыт</title></head><body><article><h1>Мост открыт</h1><p>{PLAIN}</p>"
        f"<p>{PLAIN}</p></article></body></html>"
    ).encode(encoding)


def feed(encoding: str, declared: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>Вестник'
        f"</title><item><title>Мост открыт</title><description>{PLAIN.replace('&', '')}"
        "</description></item></channel></rss>"
    ).encode(encoding)


def table(encoding: str, declared: str) -> bytes:
    quoted = PLAIN.replace('"', '""')
    return f'title;text\nМост открыт;"{quoted}"\n'.encode(encoding)


def jsonl(encoding: str, declared: str) -> bytes:
    row = {"title": "Мост открыт", "text": PLAIN}
    return (json.dumps(row, ensure_ascii=False) + "\n").encode(encoding)


def array(encoding: str, declared: str) -> bytes:
    return b"".join(
        part.encode(encoding.replace("-sig", ""))
        for part in ["[", jsonl("utf-8", "").decode(), "]"]
    )


def text(encoding: str, declared: str) -> bytes:
    return f"Мост открыт\n\n{PLAIN}".encode(encoding)


@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e not in ("utf-16-be",)])
@pytest.mark.parametrize("make", [page, feed, table, jsonl, text])
@pytest.mark.parametrize("declared", ["right", "utf-8", "windows-1251"])
def test_each_format_in_each_encoding(tmp_path, make, encoding, declared):
    path = tmp_path / "article"
    path = path.with_suffix({table: ".csv", page: ".html"}.get(make, ".txt"))
    path.write_bytes(make(encoding, encoding if declared == "right" else declared))
    (row,) = read_source(path)
    assert row.content["title"] == "Мост открыт", row
    assert PLAIN in row.content["text"]

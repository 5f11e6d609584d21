"""Archives of every kind: what lies in them is read like a file."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from urllib.parse import quote

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.indexing import index_sources
from index.readers import Limits, Reading, Row, Unreadable, read_source, read_sources
from index.rows import article_from_row
from index.workers import Workers

TEXT = "Мост через реку открыли утром, сообщило управление дорог края."
ROWS = b"".join(json.dumps({"text": text}).encode() + b"\n" for text in ("а", "б"))
PAGE = (
    "<!DOCTYPE html><html><head><title>Мост открыт</title></head><body><article>"
    f"<h1>Мост открыт</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
)
COMPRESS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": lambda content: zstandard.ZstdCompressor().compress(content),
}


def zipped(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(*members, format=tarfile.PAX_FORMAT):
    """A TAR archive of names with content, or of entries."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=format) as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
                continue
            name, content = member
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def crawled(*answers):
    """A WARC file of answers: address, status, type of content, content."""
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    for address, status, kind, content in answers:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address,
                "response",
                payload=io.BytesIO(content),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2022-09-02T10:00:00Z"},
            )
        )
    return packed.getvalue()


@pytest.fixture
def read(tmp_path):
    """The items of a file of some content."""

    def write_and_read(content, name="archive.bin", **limits):
        path = tmp_path / name
        path.write_bytes(content)
        return list(read_source(path, Reading(limits=Limits(**limits))))

    return write_and_read


def told(items, home):
    """The places (below ``home``) and texts, or kinds and reasons, of items."""
    return [
        (
            item.place.removeprefix(f"{home}/"),
            item.content["text"] if isinstance(item, Row) else (item.kind, item.reason),
        )
        for item in items
    ]


def test_a_zip_holds_sources_of_any_format(read, tmp_path):
    members = {"page.htm": PAGE, "d/rows.jsonl": ROWS, "d/статья.txt": TEXT, "__MACOSX/x": b"\0"}
    page, *rows, text = read(zipped(members | {".DS_Store": b"\0", "d/": b""}))
    assert page.content["title"] == "Мост открыт"
    assert told(rows, tmp_path) == [
        ("archive.bin!/d/rows.jsonl, line 1", "а"),
        ("archive.bin!/d/rows.jsonl, line 2", "б"),
    ]
    assert told([text], tmp_path) == [("archive.bin!/d/статья.txt", TEXT)]
    file = (tmp_path / "archive.bin").as_uri()
    assert text.key == f"{file}!/d/{quote('статья.txt')}"


def test_names_that_windows_wrote_into_a_zip(read, tmp_path):
    packed = zipped({"xxxxxx.txt": TEXT}).replace(b"xxxxxx", "статья".encode("cp866"))
    assert told(read(packed), tmp_path) == [("archive.bin!/статья.txt", TEXT)]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_names_that_old_programs_wrote_into_a_tar(tmp_path, encoding):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name in ("статья о мосте.txt", "новость.txt"):
            entry = tarfile.TarInfo(name)
            entry.size = len(TEXT.encode())
            archive.addfile(entry, io.BytesIO(TEXT.encode()))
    assert told(read_source(path), tmp_path) == [
        ("a.tar!/статья о мосте.txt", TEXT),
        ("a.tar!/новость.txt", TEXT),
    ]


@pytest.mark.parametrize("suffix", COMPRESS)
def test_compressed_files(read, tmp_path, suffix):
    rows = read(COMPRESS[suffix](ROWS), f"rows.jsonl.{suffix}")
    assert told(rows, tmp_path) == [
        (f"rows.jsonl.{suffix}, line 1", "а"),
        (f"rows.jsonl.{suffix}, line 2", "б"),
    ]
    (text,) = read(COMPRESS[suffix](TEXT.encode()), "2022-08-19")
    assert text.key == (tmp_path / "2022-08-19").as_uri()


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("suffix", ["", *COMPRESS])
def test_tar_archives(read, tmp_path, suffix, format):
    packed = tarred(("d/a.txt", TEXT.encode()), ("b.jsonl", ROWS), format=format)
    rows = read(COMPRESS[suffix](packed) if suffix else packed, "a")
    assert told(rows, tmp_path) == [
        ("a!/d/a.txt", TEXT),
        ("a!/b.jsonl, line 1", "а"),
        ("a!/b.jsonl, line 2", "б"),
    ]


def test_more_than_one_part_of_a_compressed_file(read, tmp_path):
    for suffix, compress in COMPRESS.items():
        first, second = ROWS.splitlines(keepends=True)
        assert len(read(compress(first) + compress(second))) == 2, suffix


def test_archives_in_archives(read, tmp_path):
    inner = zipped({"a.txt": TEXT})
    (row,) = read(gzip.compress(tarred(("in.zip", inner))))
    assert told([row], tmp_path) == [("archive.bin!/in.zip!/a.txt", TEXT)]
    outer = zipped({"in.zip": zipped({"in.zip": inner})})
    (item,) = read(outer, depth=2)
    assert told([item], tmp_path) == [
        (
            "archive.bin!/in.zip!/in.zip",
            ("nested too deep", "an archive more than 2 deep in others"),
        )
    ]


def test_pages_of_a_crawl_have_its_addresses(read, tmp_path):
    html = PAGE.encode("cp1251")
    packed = crawled(
        ("https://reka.example/most", "200 OK", "text/html; charset=windows-1251", html),
        ("https://reka.example/old", "404 Not Found", "text/html", html),
        ("https://reka.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
        ("https://reka.example/logo.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://reka.example/2021/08/19/led", "200 OK", "text/plain", "Лёд встал.".encode()),
    )
    page, text = read(packed, "crawl.warc.gz")
    place = tmp_path / "crawl.warc.gz"
    assert page.place == f"{place}!/https://reka.example/most"
    found = [
        article_from_row(row.content, origin=row.origin, key=row.key, crawled=row.crawled)[0]
        for row in (page, text)
    ]
    assert [(a.url, a.date, a.date_provenance) for a in found] == [
        ("https://reka.example/most", "2022-09-02", "crawl"),
        ("https://reka.example/2021/08/19/led", "2021-08-19", "url"),
    ]


def test_the_day_of_a_crawl_gives_way_to_whatever_a_page_shows():
    def article(text, **told):
        return article_from_row({"text": text, **told}, crawled="2022-09-02")[0]

    assert article("Мост.", date="2019-01-05").date == "2019-01-05"
    found = article("19 августа в Баку состоялось заседание.")
    assert (found.date, found.date_written) == (None, "19 августа")


def test_entries_of_a_feed_in_a_crawl_keep_their_own_addresses(read):
    items = "".join(
        f"<item><title>Т{n}</title><guid isPermaLink='false'>{n}</guid></item>" for n in range(2)
    )
    feed = f'<rss version="2.0"><channel><title>Река</title>{items}</channel></rss>'
    rows = read(crawled(("https://a.example/rss", "200 OK", "application/rss+xml", feed.encode())))
    assert [row.content["url"] for row in rows] == [None, None]


def test_the_format_that_is_given_is_that_of_what_an_archive_holds(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"page.html": "<html>Мост</html>"}))
    (row,) = read_source(path, Reading(format="text"))
    assert row.content == {"text": "<html>Мост</html>"}


def test_a_repeated_run_finds_members_unchanged(tmp_path):
    path = tmp_path / "a.tar.gz"
    pages = [(f"{n}.txt", f"Статья {n}. {TEXT}".encode()) for n in range(3)]
    path.write_bytes(gzip.compress(tarred(*pages)))
    assert index_sources(tmp_path / "index", [path]).new == 3
    assert index_sources(tmp_path / "index", [path]).unchanged == 3


@pytest.mark.parametrize("suffix", COMPRESS)
def test_what_stands_before_the_damage_is_read(read, suffix):
    lines = [json.dumps({"text": f"Статья {n * n} {hash(str(n))}"}) for n in range(20_000)]
    packed = COMPRESS[suffix]("\n".join(lines).encode())
    *rows, last = read(packed[: len(packed) * 9 // 10])
    assert len(rows) > (0 if suffix == "bz2" else 10_000)
    assert all(isinstance(row, Row) for row in rows)
    assert last.kind in ("damaged", "broken"), last


def test_a_damaged_member_costs_itself_only(read, tmp_path):
    members = {f"{n}.txt": f"{n}. {TEXT}" for n in range(3)}
    packed = bytearray(zipped(members))
    start = packed.index(b"1.txt") + 5
    packed[start + 5 : start + 15] = b"\xff" * 10
    items = read(bytes(packed))
    assert [isinstance(item, Row) for item in items] == [True, False, True]
    assert (items[1].kind, items[1].place) == ("damaged", f"{tmp_path}/archive.bin!/1.txt")


@pytest.mark.parametrize(
    "content", [zipped({"a.txt": TEXT})[:-30], tarred(("a.txt", TEXT.encode()))[:600]]
)
def test_an_archive_that_breaks_off_is_said_to_be_damaged(read, content):
    last = read(content)[-1]
    assert (type(last), last.kind) == (Unreadable, "damaged")


def test_members_that_would_leave_the_archive_are_named_and_not_read(read, tmp_path):
    refused = ("path leaves the archive", "its path leaves the archive; it is not read")
    names = ("../a.txt", "/etc/a.txt", "d/../../a.txt", "C:/a.txt")
    members = {name: TEXT for name in (*names, "b.txt")}
    expected = [(f"archive.bin!/{name}", refused) for name in names]
    assert told(read(zipped(members)), tmp_path) == [*expected, ("archive.bin!/b.txt", TEXT)]
    pairs = [(name, TEXT.encode()) for name in members]
    assert told(read(tarred(*pairs)), tmp_path) == [*expected, ("archive.bin!/b.txt", TEXT)]
    assert [path.name for path in tmp_path.iterdir()] == ["archive.bin"]


def test_links_and_devices_in_archives_are_named_and_not_followed(read, tmp_path):
    link, loop, device = (tarfile.TarInfo(name) for name in ("a.txt", "loop", "tty"))
    link.type, link.linkname = tarfile.SYMTYPE, "../../etc/passwd"
    loop.type, loop.linkname = tarfile.LNKTYPE, "loop"
    device.type = tarfile.CHRTYPE
    items = told(read(tarred(link, loop, device)), tmp_path)
    followed = ("link", "a link; links in archives are not followed")
    assert items == [
        ("archive.bin!/a.txt", followed),
        ("archive.bin!/loop", followed),
        ("archive.bin!/tty", ("not a file", "a device or a FIFO; only files are read")),
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert told(read(packed.getvalue()), tmp_path) == [("archive.bin!/a.txt", followed)]


def test_a_member_that_needs_a_password_is_named(read, tmp_path):
    packed = bytearray(zipped({"a.txt": TEXT}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + offset] |= 1
    assert told(read(bytes(packed)), tmp_path) == [
        ("archive.bin!/a.txt", ("encrypted", "needs a password"))
    ]


MEGABYTE = b"\n" * (1 << 20)


@pytest.mark.parametrize(
    "bomb",
    [
        zipped({f"{n}.txt": MEGABYTE for n in range(20)}),
        zipped({"in.zip": zipped({f"{n}.txt": MEGABYTE for n in range(20)})}),
        *(compress(20 * MEGABYTE) for compress in COMPRESS.values()),
        gzip.compress(gzip.compress(20 * MEGABYTE)),
        gzip.compress(tarred(*((f"{n}.txt", MEGABYTE) for n in range(20)))),
        crawled(("https://a.example/", "200 OK", "text/html", gzip.compress(20 * MEGABYTE))),
    ],
)
def test_bombs_are_stopped_and_end_their_file(read, bomb):
    *_, last = read(bomb, unpacked_ratio=2, unpacked_bytes=10 << 20)
    assert last.kind == "unpacks to too much"
    assert last.reason == "unpacks to more than 10 MB; see --max-unpacked"


SOUND = {
    "zip": zipped({"a.txt": TEXT, "b.jsonl": ROWS}),
    "tar": tarred(("a.txt", TEXT.encode()), ("b.jsonl", ROWS)),
    "warc": gzip.decompress(crawled(("https://a.example/", "200 OK", "text/plain", b"A bridge"))),
    **{suffix: compress(ROWS * 20) for suffix, compress in COMPRESS.items()},
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_any_damage_is_told_as_such(tmp_path_factory, kind, data):
    packed = bytearray(SOUND[kind])
    places = st.integers(0, len(packed) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=8)):
        packed[place] = value
    path = tmp_path_factory.getbasetemp() / f"damaged.{kind}"
    path.write_bytes(packed[: data.draw(places) or None])
    items = list(read_source(path, Reading(mend=False)))
    assert not [item for item in items if not isinstance(item, Row) and item.kind == "unreadable"]


def test_members_that_several_processes_read_come_in_their_order(tmp_path):
    pages = {f"{n:02}.html": PAGE.replace("Мост", f"Мост {n}") for n in range(20)}
    members = pages | {"05.jsonl": ROWS * 30, "06.txt": "а\fб", "07.bin": b"\0", "08.txt": ""}
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(dict(sorted(members.items())) | {"in.zip": zipped(pages)}))
    answers = [(f"https://a.example/{n}", "200 OK", "text/html", PAGE.encode()) for n in range(9)]
    crawl = tmp_path / "a.warc.gz"
    crawl.write_bytes(crawled(*answers))
    sources = [path, crawl]
    with Workers(2) as workers:
        for reading in (Reading(), Reading(format="text", mend=False)):
            alone = list(read_sources(sources, reading))
            assert list(read_sources(sources, reading, workers)) == alone
            assert len(alone) == (20 + 60 + 2 if not reading.format else 20 + 1 + 2) + 2 + 20 + 9


def test_several_processes_find_the_damage_that_one_finds(tmp_path):
    broken = bytearray(zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}))
    broken[broken.index(b"PK\x01\x02") + 6] = 99
    (tmp_path / "a.docx").write_bytes(broken)
    page = PAGE.replace(TEXT, " ".join(f"{TEXT} {n * n}." for n in range(9000)))
    packed = gzip.compress(page.encode())
    (tmp_path / "b.html.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "c.html").write_text(PAGE)
    paths = sorted(tmp_path.iterdir())
    alone = list(read_sources(paths))
    assert [getattr(item, "kind", "read") for item in alone] == ["damaged", "damaged", "read"]
    with Workers(2) as workers:
        assert list(read_sources(paths, Reading(), workers)) == alone

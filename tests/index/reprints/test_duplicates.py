"""Exact duplicates: what has no id of its own is indexed once, with all its addresses."""

import os
import tracemalloc

import pytest

from index.addresses import Addresses
from index.folder import IndexUnusable, open_writer
from index.indexing import delete_articles, index_sources, optimize_index
from index.reprints.duplicates import MANY
from search import Archive, Request

TEXT = "Паром через Каменку отдадут музею речного флота, капитан водит экскурсии."


def row(place, **fields):
    told = {"title": "Паром", "text": TEXT, "source": "Заречье", "date": "2021-05-03"}
    return told | {"url": f"https://{place}.example/parom", "mentions": []} | fields


@pytest.fixture(params=[0, MANY], ids=["looked up among sorted ones", "looked up one by one"])
def index(request, tmp_path, write_rows, monkeypatch):
    monkeypatch.setattr("index.reprints.duplicates.MANY", request.param)

    def run(*rows):
        return index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])

    return run


def articles(folder):
    archive = Archive(folder)
    hits = archive.search(Request(sort="date"))["results"]
    return [(hit["url"], archive.article(hit["id"])["addresses"]) for hit in hits]


A, B, C = (row(name)["url"] for name in "abc")


def test_the_same_article_at_other_addresses_is_indexed_once(index, tmp_path):
    report = index(row("a"), row("b"), row("c"))
    assert (report.new, report.duplicates.total) == (1, 2)
    assert articles(tmp_path / "index") == [(A, [B, C])]


def test_a_later_run_adds_its_addresses_and_says_so_again(index, tmp_path):
    index(row("a"))
    for _ in range(2):
        report = index(row("b"))
        assert (report.new, report.changed, report.duplicates.total) == (0, 0, 1)
    assert articles(tmp_path / "index") == [(A, [B])]


def test_rows_with_ids_of_their_own_are_never_dropped(index, tmp_path):
    report = index(row("a", id="1"), row("a", id="2"))
    assert (report.new, report.duplicates.total) == (2, 0)
    assert [
        hit["reprints"] for hit in Archive(tmp_path / "index").search(Request())["results"]
    ] == [
        1,
        1,
    ]


@pytest.mark.parametrize("other", [{"source": "Речинформ"}, {"date": "2021-05-04"}])
def test_another_source_or_day_makes_a_reprint(index, tmp_path, other):
    report = index(row("a"), row("b", **other))
    assert (report.new, report.duplicates.total) == (2, 0)
    assert Archive(tmp_path / "index").search(Request(group="reprints"))["total"] == 1


def test_the_same_row_again_is_a_duplicate(index, tmp_path):
    for new, unchanged in ((1, 0), (0, 1)):
        report = index(row("a"), row("a"), row("a", url=None), row("a", url=None))
        assert (report.new, report.unchanged, report.duplicates.total) == (new, unchanged, 3)
    assert report.duplicates.counts == {"the same again": 1, "at another address": 2}


WITHOUT_ADDRESS = (
    {"source": "Заречье", "date": "2021-05-03"},
    {"source": "Речинформ", "date": "2021-05-03"},
    {"source": "Речинформ", "date": "2021-05-04"},
    {"source": "Речинформ", "date": "2021-05-04", "section": "Река"},
    {"source": None, "date": None},
)


@pytest.mark.parametrize("at_once", [True, False])
def test_rows_without_id_and_address_are_articles_of_their_sources_and_days(
    index, tmp_path, at_once
):
    rows = [row("a", url=None) | fields for fields in WITHOUT_ADDRESS[: None if at_once else 3]]
    for runs in ([rows], [rows]) if at_once else ([[one] for one in rows], [rows], [rows[::-1]]):
        reports = [index(*run) for run in runs]
        assert sum(report.changed + report.warnings for report in reports) == 0
    archive = Archive(tmp_path / "index")
    assert archive.search(Request())["total"] == len(rows)
    assert archive.search(Request(group="reprints"))["total"] == 1


def test_what_completes_a_row_without_id_and_address_changes_it(index, tmp_path):
    index(row("a", url=None, source=None, date=None))
    for fields in ({"source": None, "date": "2021"}, {"date": "2021-05"}, {}):
        report = index(row("a", url=None) | fields)
        assert (report.new, report.changed) == (0, 1)


def test_addresses_outlive_repeated_runs_and_optimize(index, tmp_path):
    index(row("a"), row("b"))
    report = index(row("a"), row("c", id="1"))
    assert (report.unchanged, report.new) == (1, 1)
    index(row("a", section="Река"))
    optimize_index(tmp_path / "index")
    assert (A, [B]) in articles(tmp_path / "index")


def test_a_duplicate_of_a_deleted_article_is_an_article(index, tmp_path):
    index(row("a"))
    (hit,) = Archive(tmp_path / "index").search(Request())["results"]
    delete_articles(tmp_path / "index", [hit["id"]])
    assert index(row("b")).new == 1
    assert articles(tmp_path / "index") == [(B, [])]


def test_what_has_become_another_article_has_no_duplicates(index, tmp_path):
    index(row("a"))
    assert index(row("a", text="Паром сгорел."), row("b")).new == 1
    assert articles(tmp_path / "index") == [(A, []), (B, [])]


def test_a_file_whose_name_is_not_utf8_is_an_address(tmp_path):
    page = f"<html><body><article><p>{TEXT * 9}</p></article></body></html>"
    files = [tmp_path / name for name in ("a.html", os.fsdecode(b"\xef\xf0.html"))]
    for file in files:
        file.write_text(page, "utf-8")
    for new in (1, 0):
        report = index_sources(tmp_path / "index", files)
        assert (report.new, report.duplicates.total) == (new, 1)
    ((_, addresses),) = articles(tmp_path / "index")
    assert addresses == [f"{tmp_path.as_uri()}/%EF%F0.html"]


@pytest.mark.parametrize("every", [1, 2])
def test_addresses_are_kept_piece_by_piece(index, tmp_path, monkeypatch, every):
    monkeypatch.setattr("index.indexing.COMMIT_EVERY", every)
    other = {"text": "Пристань починили.", "date": "2021-05-04"}
    index(row("a"), row("d", **other))
    index(row("b"), row("c"), row("e", **other))
    D, E = "https://d.example/parom", "https://e.example/parom"
    assert sorted(articles(tmp_path / "index")) == [(A, [B, C]), (D, [E])]


def test_addresses_wait_outside_memory():
    addresses = Addresses()
    tracemalloc.start()
    try:
        for n in range(100_000):
            addresses.add(f"{n // 2}", f"https://a.example/{n}")
        met = sum(map(len, addresses.pieces(1000)))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert (met, len(addresses)) == (50_000, 100_000)


def test_an_index_that_is_locked_after_articles_went_in_costs_addresses_only(
    index, tmp_path, monkeypatch
):
    writers = iter([open_writer])

    def once(folder, *memory):
        for open_one in writers:
            return open_one(folder, *memory)
        raise IndexUnusable(f"{folder}: another process writes to it")

    monkeypatch.setattr("index.indexing.open_writer", once)
    report = index(row("a"), row("b"))
    assert (report.new, report.warnings) == (1, 1)
    with pytest.raises(IndexUnusable, match="another process"):
        index(row("b"))
    monkeypatch.undo()
    index(row("b"))
    assert articles(tmp_path / "index") == [(A, [B])]

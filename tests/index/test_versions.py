"""Versions: a text that changes under one id or address stays as history."""

import json

import orjson
import pytest
from click.testing import CliRunner

from index.article import Article
from index.indexing import delete_articles, index_sources, optimize_index
from search import Archive, Request
from search.__main__ import commands

FIRST = "Мост откроют в мае.\n\nПаром пока ходит."
SECOND = "Мост откроют в июне.\n\nПаром пока ходит."


@pytest.fixture
def index(tmp_path, write_rows):
    def run(text, **fields):
        rows = [{"id": "a", "title": "Мост", "text": text, "mentions": []} | fields]
        return index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])

    return run


@pytest.fixture
def show(tmp_path):
    def run(*arguments):
        done = CliRunner().invoke(
            commands, ["show", *arguments, "--index", str(tmp_path / "index")]
        )
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def texts(folder, id="a"):
    return [version["text"] for version in Archive(folder).article(id)["versions"]]


def test_a_new_text_under_the_same_id_keeps_the_old_one_as_history(index, tmp_path):
    index(FIRST)
    index(SECOND, date="2021-06-01")
    article = Archive(tmp_path / "index").article("a")
    (version,) = article["versions"]
    assert (article["text"], version["text"], version["date"]) == (SECOND, FIRST, None)
    assert version["until"].endswith("+00:00")
    assert Archive(tmp_path / "index").search(Request(q="май"))["total"] == 0


def test_a_new_text_at_the_same_address_is_a_version_too(index, tmp_path):
    for text in (FIRST, SECOND):
        index(text, id=None, url="https://zarechye.example/most")
    (hit,) = Archive(tmp_path / "index").search(Request())["results"]
    assert texts(tmp_path / "index", hit["id"]) == [FIRST]


def test_no_text_of_several_in_one_run_is_lost(write_rows, tmp_path):
    said = [FIRST, SECOND, SECOND, "Мост открыт.", "Мост открыт, паром продают."]
    rows = [{"id": "a", "title": "Мост", "text": text, "mentions": []} for text in said]
    rows[2]["section"] = "Река"
    report = index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    assert (report.read, report.new, report.changed) == (5, 1, 4)
    assert texts(tmp_path / "index") == [FIRST, SECOND, said[3]]


@pytest.mark.parametrize("order", ["аб", "аба", "абв", "ббаа", "аабвб"])
def test_the_same_versions_again_change_nothing(write_rows, tmp_path, order):
    rows = [
        {"url": "https://zarechye.example/most", "title": "Мост", "text": text, "mentions": []}
        for text in order
    ]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    index_sources(tmp_path / "index", [path])
    (hit,) = Archive(tmp_path / "index").search(Request())["results"]
    first = texts(tmp_path / "index", hit["id"])
    for dry_run in (False, True):
        report = index_sources(tmp_path / "index", [path], dry_run=dry_run)
        assert (report.new, report.changed, report.warnings) == (0, 0, 0)
        assert report.read == len(order)
    assert texts(tmp_path / "index", hit["id"]) == first


@pytest.mark.parametrize("order", ["аб", "аба", "абв", "аабвб"])
def test_the_same_rows_with_other_facts_about_one_text_change_nothing(write_rows, tmp_path, order):
    rows = [{"id": "a", "text": FIRST, "section": name, "mentions": []} for name in order]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    index_sources(tmp_path / "index", [path])
    again = index_sources(tmp_path / "index", [path])
    assert (again.new, again.changed, again.warnings, again.read) == (0, 0, 0, len(order))
    assert Archive(tmp_path / "index").article("a")["section"] == order[-1]


@pytest.mark.parametrize("n_held, changed", [(2, 0), (1, 2), (0, 4)])
def test_what_waits_for_a_later_row_is_no_longer_than_it_may(
    write_rows, tmp_path, monkeypatch, n_held, changed
):
    facts = [("a", "Мост"), ("b", "Мост"), ("a", "Река"), ("b", "Река")]
    rows = [{"id": id, "text": FIRST, "section": name, "mentions": []} for id, name in facts]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    index_sources(tmp_path / "index", [path])
    monkeypatch.setattr("index.indexing.MOST_HELD", n_held * len(FIRST))
    assert index_sources(tmp_path / "index", [path]).changed == changed
    assert Archive(tmp_path / "index").article("a")["section"] == "Река"


@pytest.mark.parametrize("most", [0, 1, 10_000])
def test_an_earlier_text_that_comes_alone_counts_again(index, tmp_path, monkeypatch, most):
    monkeypatch.setattr("index.indexing.MOST_HELD", most)
    for text in (FIRST, SECOND, FIRST):
        report = index(text)
        assert report.read == report.new + report.changed == 1
    assert texts(tmp_path / "index") == [FIRST, SECOND]


def test_other_fields_alone_make_no_version(index, tmp_path):
    index(FIRST)
    index(FIRST, source="Заречье")
    assert texts(tmp_path / "index") == []


def test_versions_outlive_later_ones_and_optimize(index, tmp_path):
    for text in (FIRST, SECOND, FIRST):
        index(text)
    index(FIRST, source="Заречье")
    optimize_index(tmp_path / "index")
    assert texts(tmp_path / "index") == [FIRST, SECOND]


def test_a_deletion_takes_the_versions_along(index, tmp_path):
    index(FIRST)
    index(SECOND)
    delete_articles(tmp_path / "index", ["a"])
    index(SECOND)
    assert texts(tmp_path / "index") == []


def test_show_prints_what_changed(index, show):
    index(FIRST)
    assert show("a", "--versions") == "the only version\n"
    index(SECOND)
    lines = show("a", "--versions").splitlines()
    assert lines[0].startswith("--- version 1\tuntil 2")
    assert lines[1] == "+++ version 2\tnow"
    assert lines[3:] == [" ", "-Мост откроют в мае.", "+Мост откроют в июне.", " "]
    assert "Earlier versions: 1;" in show("a")
    assert [v["text"] for v in json.loads(show("a", "--versions", "--json"))] == [FIRST]


def test_an_article_stored_before_there_were_versions_is_read():
    article = Article(id="bridge", title="Мост", text="Мост открыли.", authors=("Анна Ветрова",))
    stored = orjson.loads(article.to_json())
    for unknown in ("versions", "addresses", "date_written"):
        del stored[unknown]
    assert Article.from_json(orjson.dumps(stored)) == article

import gc
import json
import signal
from datetime import date

import pytest

from index import indexing
from index.annotation import AnnotationFailure
from index.article import Article
from index.folder import IndexUnusable, open_index, open_writer
from index.indexing import delete_articles, index_sources
from index.known import MANY, Known, digests
from index.readers import find_sources, read_sources
from index.report import Report
from index.rows import Defaults, article_from_row
from index.segment.policy import FACTOR
from index.workers import ProcessLost, Workers

HOLDER = r"process \d+ on \S+, since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, is writing to it; try again"


def row(number, text="Слова статьи."):
    return {"id": f"a{number}", "title": f"Статья {number}", "text": text, "mentions": []}


@pytest.fixture
def index(tmp_path, write_rows):
    """Indexes rows into one folder, again and again."""

    def run(rows, **options):
        source = write_rows(tmp_path / "rows.jsonl", rows)
        return index_sources(tmp_path / "index", [source], **options)

    return run


def counts(report):
    return report.new, report.changed, report.unchanged, report.rejected


def texts(folder):
    with open_index(folder).searcher() as searcher:
        stored = [Article.from_json(fields["article"]) for fields in searcher.all_stored_fields()]
    return {article.id: article.text for article in stored}


def test_repeated_runs_add_only_what_is_new_or_changed(index, tmp_path):
    assert counts(index([row(1), row(2)])) == (2, 0, 0, 0)
    assert counts(index([row(1), row(2)])) == (0, 0, 2, 0)
    assert counts(index([row(1), row(2, "Другой текст."), row(3)])) == (1, 1, 1, 0)
    assert texts(tmp_path / "index") == {
        "a1": "Слова статьи.",
        "a2": "Другой текст.",
        "a3": "Слова статьи.",
    }


def test_an_id_twice_in_one_run_ends_as_its_last_row(index, tmp_path):
    report = index([row(1), row(1), row(1, "Позже.")])
    assert counts(report) == (1, 1, 0, 0)
    assert report.duplicates.named() == [f"{tmp_path / 'rows.jsonl'}, line 2: the same as 'a1'"]
    assert report.doubts.named() == [
        f"{tmp_path / 'rows.jsonl'}, line 3: id: 'a1' is on an earlier row too; this one counts"
    ]
    assert texts(tmp_path / "index") == {"a1": "Позже."}


def test_bad_rows_are_named_and_the_rest_goes_in(index, tmp_path):
    report = index([row(1), {"id": "x"}, {"text": 5 * [1]}, row(2)])
    assert counts(report) == (2, 0, 0, 2)
    place = tmp_path / "rows.jsonl"
    assert report.rejections.named() == [
        f"{place}, line 2: text: no title and no text; one of them is required, the row has id; index --map text=COLUMN names another column",
        f"{place}, line 3: text: expected a string, found list",
    ]
    assert sorted(dict(digests(open_index(tmp_path / "index")))) == ["a1", "a2"]


def test_many_bad_rows_are_counted_and_the_first_named(index):
    report = index([{}] * 50)
    assert (report.rejected, len(report.rejections.named())) == (50, 20)
    assert "    … and 30 more" in report.lines()


def test_what_is_said_of_dates(index, tmp_path):
    rows = [
        row(1) | {"date": "когда-то"},
        row(2) | {"date": "2022-08-19", "url": "https://a.example/2021/08/19/most"},
        row(3, "19 августа в Баку состоялось заседание."),
        row(4, "МОСКВА, 19 авг 2022 — РИА Новости. Мост открыт."),
        row(5) | {"date": "2022-08-19"},
        row(6) | {"date": "2035-01-01"},
    ]
    report = index(rows, defaults=Defaults(today=date(2023, 1, 1)))
    place = tmp_path / "rows.jsonl"
    assert counts(report) == (6, 0, 0, 0)
    assert report.undated.counts == {"no date": 2, "without a year": 1}
    assert report.guessed.first == {"text": [f"{place}, line 4: 2022-08-19"]}
    assert report.rejected_dates.first == {
        "given": [
            f"{place}, line 1: given: 'когда-то' is no date; write it like 2024-05-31",
            f"{place}, line 6: given: 2035-01-01 is yet to come",
        ]
    }
    assert report.conflicts.first == {
        "url against given": [f"{place}, line 2: 2021-08-19 against 2022-08-19, which is kept"]
    }
    again = index(rows, defaults=Defaults(today=date(2023, 1, 1)))
    assert (counts(again), again.undated.total) == ((0, 0, 6, 0), 0)


def test_dry_run_touches_nothing(index, tmp_path):
    assert counts(index([row(1), {}], dry_run=True)) == (1, 0, 0, 1)
    assert not (tmp_path / "index").exists()


def test_defaults_reach_the_articles(index, tmp_path):
    index([row(1)], defaults=Defaults(source="Вестник"))
    with open_index(tmp_path / "index").searcher() as searcher:
        assert list(searcher.reader().field_terms("source")) == ["Вестник"]


def test_an_interruption_commits_what_was_read_and_the_next_run_goes_on(index, tmp_path):
    seen = []

    def interrupt(size, report):
        seen.append(size)
        if len(seen) == 40:
            signal.raise_signal(signal.SIGINT)

    report = index([row(n) for n in range(100)], progress=interrupt)
    assert report.interrupted
    assert report.new == len(dict(digests(open_index(tmp_path / "index")))) == 40
    report = index([row(n) for n in range(100)])
    assert (counts(report), report.interrupted) == ((60, 0, 40, 0), False)


def test_a_second_interruption_leaves_the_last_commit(index, tmp_path, monkeypatch):
    monkeypatch.setattr(indexing, "COMMIT_EVERY", 32)
    seen = []

    def interrupt(size, report):
        seen.append(size)
        if len(seen) == 90:
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    report = index([row(n) for n in range(100)], progress=interrupt)
    assert report.interrupted
    assert report.new == len(dict(digests(open_index(tmp_path / "index")))) == 64
    assert counts(index([row(n) for n in range(100)])) == (36, 0, 64, 0)


def test_an_article_that_cannot_be_annotated_is_named_by_its_place(index, tmp_path, monkeypatch):
    def annotate(articles, jobs):
        for article in articles:
            yield AnnotationFailure(article, "odd") if article.id == "a2" else article

    monkeypatch.setattr(indexing, "annotate", annotate)
    report = index([row(1), row(2), row(3)])
    assert counts(report) == (2, 0, 0, 1)
    assert report.rejections.first == {"not annotated": [f"{tmp_path / 'rows.jsonl'}, line 2: odd"]}


def test_a_row_that_fails_in_an_unforeseen_way_is_named_by_its_place(index, tmp_path, monkeypatch):
    def article(content, *told):
        if content["id"] == "a2":
            raise KeyError("odd")
        return article_from_row(content, *told)

    monkeypatch.setattr(indexing, "article_from_row", article)
    report = index([row(1), row(2), row(3)])
    assert counts(report) == (2, 0, 0, 1)
    place = f"{tmp_path / 'rows.jsonl'}, line 2"
    assert report.rejections.named() == [f"{place}: cannot be read: KeyError('odd')"]


def test_a_killed_annotation_process_ends_the_run_with_a_report(index, tmp_path, monkeypatch):
    def annotate(articles, jobs):
        yield from articles
        raise ProcessLost("a process was killed")

    monkeypatch.setattr(indexing, "annotate", annotate)
    report = index([row(1)])
    assert report.interrupted
    assert report.doubts.named() == ["--jobs: a process was killed"]
    monkeypatch.undo()
    assert counts(index([row(1)])) == (1, 0, 0, 0)


def test_a_failing_write_leaves_the_last_commit(index, tmp_path, monkeypatch):
    index([row(1)])

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.writer.IndexWriter.add", full)
    with pytest.raises(IndexUnusable, match="cannot be written: No space left on device"):
        index([row(2)])
    monkeypatch.undo()
    assert list(dict(digests(open_index(tmp_path / "index")))) == ["a1"]
    assert counts(index([row(2)])) == (1, 0, 0, 0)


@pytest.fixture
def killed(tmp_path):
    """The folder of a run that was killed before its merges."""
    writer = open_writer(tmp_path / "index")
    for number in range(FACTOR):
        writer.add(article_from_row(row(number))[0])
        writer.commit(more=True)
    writer.cancel()
    return tmp_path / "index"


def test_a_run_without_news_merges_what_a_killed_one_left(index, killed):
    index([row(1)], dry_run=True)
    assert len(open_index(killed).contents.segments) == FACTOR
    assert counts(index([row(1)])) == (0, 0, 1, 0)
    assert len(open_index(killed).contents.segments) == 1
    assert len(texts(killed)) == FACTOR


def test_a_run_without_news_leaves_merges_to_the_writer_that_there_is(index, killed):
    writer = open_writer(killed)
    assert counts(index([row(1)])) == (0, 0, 1, 0)
    assert len(open_index(killed).contents.segments) == FACTOR
    writer.cancel()


def test_a_second_writer_says_that_there_is_one(index, tmp_path, monkeypatch):
    monkeypatch.setattr("index.folder.LOCK_TIMEOUT_S", 0.1)
    writer = open_writer(tmp_path / "index")
    with pytest.raises(IndexUnusable, match=HOLDER):
        index([row(1)])
    writer.cancel()
    assert counts(index([row(1)])) == (1, 0, 0, 0)


def test_a_file_is_no_index_folder(index, tmp_path):
    (tmp_path / "index").write_text("x")
    with pytest.raises(IndexUnusable, match="a file; the index needs a folder"):
        index([row(1)])


def test_an_index_of_other_fields_is_refused(index, tmp_path):
    from whoosh.fields import TEXT, Schema
    from whoosh.index import create_in

    (tmp_path / "index").mkdir()
    create_in(str(tmp_path / "index"), Schema(body=TEXT))
    with pytest.raises(IndexUnusable, match="index into a new folder"):
        index([row(1)])


def test_a_toc_that_is_none_is_refused(index, tmp_path):
    index([row(1)])
    (tmp_path / "index" / "_MAIN_1.toc").write_bytes(b"junk" * 20)
    with pytest.raises(IndexUnusable, match="_MAIN_1.toc: written on another kind of machine"):
        index([row(2)])


def test_a_folder_of_other_files_does_not_become_an_index(index, tmp_path):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "letter.txt").touch()
    with pytest.raises(IndexUnusable, match="holds other files; the index needs its own folder"):
        index([row(1)])


def test_delete(index, tmp_path):
    index([row(1), row(2)])
    assert delete_articles(tmp_path / "index", ["a1", "nothing", "a1"]) == ["nothing"]
    assert [id for id, _ in digests(open_index(tmp_path / "index"))] == ["a2"]
    assert counts(index([row(1)])) == (1, 0, 0, 0)


@pytest.mark.parametrize("many", [0, 2, MANY])
def test_articles_are_known_however_many_are_asked_for(tmp_path, monkeypatch, many):
    monkeypatch.setattr("index.known.MANY", many)
    write = tmp_path / "rows.jsonl"
    rows = [{"id": f"a{n}", "text": f"Паром {n}", "mentions": []} for n in range(6)]
    write.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    index_sources(tmp_path / "index", [write])
    delete_articles(tmp_path / "index", ["a3"])
    known = Known(open_index(tmp_path / "index"))
    assert [n for n in range(8) if f"a{n}" in known] == [0, 1, 2, 4, 5]
    rows[1]["text"] = "Мост"
    write.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    report = index_sources(tmp_path / "index", [write])
    assert (report.new, report.changed, report.unchanged) == (1, 1, 4)


def test_an_article_that_another_run_added_meanwhile_is_there_once(tmp_path, index):
    index([row(1)])
    known = Known(open_index(tmp_path / "index"))
    index([row(2)])
    later = [article_from_row(row(n, "Другие слова."))[0] for n in (1, 2, 3)]
    indexing._write(tmp_path / "index", later, known, Report())
    assert texts(tmp_path / "index") == {f"a{n}": "Другие слова." for n in (1, 2, 3)}


def test_files_that_several_processes_read_come_in_their_order(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(f"Статья {number}.\n\nСлова статьи.", "utf-8")
    (folder / "007.jsonl").write_text("\n".join(map(json.dumps, map(row, range(200)))), "utf-8")
    (folder / "008.zip").write_bytes(b"PK\x03\x04")
    sources = find_sources([str(folder)])
    alone = list(read_sources(sources))
    with Workers(2) as workers:
        shared = list(read_sources(sources, workers=workers))
    assert [(item.place, item.size) for item in shared] == [
        (item.place, item.size) for item in alone
    ]
    assert shared == alone
    report = index_sources(tmp_path / "index", sources, jobs=2)
    assert counts(report) == (260, 0, 0, 1)


def test_a_run_keeps_no_article_that_is_written(tmp_path):
    kept, source = [], str(tmp_path)

    def articles():
        for number in range(100):
            yield article_from_row(row(number) | {"source": source})[0]
        made = (item for item in gc.get_objects() if isinstance(item, Article))
        kept.extend(item.id for item in made if item.source == source)

    indexing._write(tmp_path / "index", articles(), Known(None), Report())
    assert len(kept) < 5

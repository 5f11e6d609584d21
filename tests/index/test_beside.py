"""Commits that are made while the next articles are read."""

import errno
import os
import signal
import threading
import time

import pytest

from index import indexing
from index.article import Article
from index.check import check_index
from index.folder import IndexUnusable, open_index
from index.indexing import index_sources
from index.rows import article_from_row
from index.writer import IndexWriter

EVERY = 32


def row(number, text="Слова статьи."):
    return {"id": f"a{number}", "title": f"Статья {number}", "text": text, "mentions": []}


@pytest.fixture
def index(tmp_path, write_rows, monkeypatch):
    """Indexes rows, with a commit after every EVERY of them; ``then`` is called once so many
    (``after``) are read."""

    def run(rows, then=lambda: None, after=0):
        read = []

        def progress(size, report):
            read.append(size)
            if len(read) == after:
                then()

        monkeypatch.setattr(indexing, "COMMIT_EVERY", EVERY)
        source = write_rows(tmp_path / "rows.jsonl", rows)
        return index_sources(tmp_path / "index", [source], progress=progress)

    return run


@pytest.fixture
def held(monkeypatch):
    """An event that every commit waits for."""
    event, put = threading.Event(), IndexWriter.put

    def waiting(*arguments, **options):
        assert event.wait(60)
        put(*arguments, **options)

    monkeypatch.setattr(IndexWriter, "put", waiting)
    return event


def texts(folder):
    with open_index(folder).searcher() as searcher:
        stored = [Article.from_json(fields["article"]) for fields in searcher.all_stored_fields()]
    return {article.id: article.text for article in stored}


def test_articles_are_read_while_a_commit_is_made(index, held, tmp_path):
    report = index(list(map(row, range(2 * EVERY))), held.set, after=2 * EVERY - 1)
    assert (report.new, report.changed) == (2 * EVERY, 0)
    assert len(texts(tmp_path / "index")) == 2 * EVERY


def test_an_article_that_comes_again_while_it_is_committed_takes_its_place(index, held, tmp_path):
    rows = [*map(row, range(EVERY + 1)), row(1, "Позже.")]
    report = index(rows, threading.Timer(0.2, held.set).start, after=len(rows))
    assert (report.new, report.changed) == (EVERY + 1, 1)
    found = texts(tmp_path / "index")
    assert len(found) == EVERY + 1 and found["a1"] == "Позже."
    assert open_index(tmp_path / "index").doc_count() == EVERY + 1
    assert check_index(tmp_path / "index") == []


def test_a_commit_that_fails_beside_leaves_the_one_before(index, tmp_path, monkeypatch):
    put = IndexWriter.put

    def full(writer, sealed, *told):
        if sealed.generation == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        put(writer, sealed, *told)

    monkeypatch.setattr(IndexWriter, "put", full)
    rows, folder = list(map(row, range(4 * EVERY))), tmp_path / "index"
    with pytest.raises(IndexUnusable, match="cannot be written: No space left on device"):
        index(rows)
    assert sorted(texts(folder)) == sorted(f"a{n}" for n in range(EVERY))
    assert check_index(folder) == []
    assert len(list(folder.glob("*.seg"))) == 1
    assert {path.stem.split("_")[1] for path in folder.glob("*.[lg]*s")} == {"1"}
    monkeypatch.undo()
    assert index(rows).new == 3 * EVERY


def test_what_is_committed_beside_an_interruption_is_counted(index, held, tmp_path):
    def interrupt():
        threading.Timer(0.2, held.set).start()
        for _ in range(2):
            signal.raise_signal(signal.SIGINT)

    report = index(list(map(row, range(2 * EVERY))), interrupt, after=2 * EVERY)
    assert report.interrupted
    assert report.new == EVERY == len(texts(tmp_path / "index"))


def test_an_interruption_of_the_last_commit_waits_for_it(index, held, tmp_path):
    def interrupt():
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT)).start()
        threading.Timer(0.8, held.set).start()
        signal.raise_signal(signal.SIGINT)

    report = index(list(map(row, range(EVERY))), interrupt, after=EVERY)
    assert report.interrupted
    assert report.new == EVERY == len(texts(tmp_path / "index"))
    assert check_index(tmp_path / "index") == []


def test_a_commit_that_fails_ends_the_run_soon(index, tmp_path, monkeypatch):
    read, failed = [], threading.Event()

    def full(*told):
        failed.set()
        raise OSError(errno.ENOSPC, "No space left on device")

    def note(article):
        read.append(article.id)
        if len(read) == EVERY + EVERY // 4:
            assert failed.wait(60)
        if failed.is_set():
            time.sleep(0.05)
        return article

    monkeypatch.setattr(IndexWriter, "put", full)
    taken = indexing.with_commits
    monkeypatch.setattr(
        indexing, "with_commits", lambda articles, every: taken(map(note, articles), every)
    )
    with pytest.raises(IndexUnusable, match="No space left on device"):
        index(list(map(row, range(10 * EVERY))))
    assert len(read) < 2 * EVERY


def test_a_closed_writer_commits_nothing(tmp_path):
    writer = IndexWriter(tmp_path / "index")
    writer.add(article_from_row(row(1))[0])
    sealed = writer.seal()
    with pytest.raises(RuntimeError, match="a commit is being made"):
        writer.seal()
    writer.cancel()
    with pytest.raises(RuntimeError, match="the writer is closed"):
        writer.put(sealed)
    assert open_index(tmp_path / "index") is None
    assert not list((tmp_path / "index").glob("*.seg"))

"""An archive that follows commits beside its answers."""

import gc
import logging
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.indexing import index_sources
from search import Archive, Request, limited
from search.suggest.lexicon import Lexicon


@pytest.fixture
def add(tmp_path, write_rows):
    """Adds an article with an id to the index in ``tmp_path / "index"``."""

    def add(id: str) -> None:
        row = {"id": id, "text": "мост", "persons": [f"Иван {id}ов"], "mentions": []}
        index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", [row])])

    return add


class Held:
    """Stands for what prepares a snapshot, and goes on when it is told to."""

    def __init__(self):
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.snapshots = []

    def __call__(self, snapshot, earlier):
        if snapshot.generation > 1:
            self.snapshots.append(snapshot)
            self.begun.set()
            assert self.go_on.wait(60)


def articles(archive: Archive) -> int:
    return archive.search(Request(q="мост"))["total"]


def names(archive: Archive) -> list[str]:
    return [value["name"] for value in archive.facet("person", "", Request())["values"]]


def in_the_end(met) -> None:
    deadline = time.monotonic() + 20
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_nobody_waits_for_a_commit(tmp_path, add, monkeypatch):
    held = Held()
    monkeypatch.setattr("search.archive.prepare", held)
    add("А")
    archive = Archive(tmp_path / "index")
    with archive.followed():
        assert articles(archive) == 1
        before = archive.state()
        add("Б")
        assert held.begun.wait(60)
        assert (articles(archive), archive.state()) == (1, before)
        assert archive.health()["generation"] == 1
        held.go_on.set()
        in_the_end(lambda: articles(archive) == 2)
        assert archive.state() != before


def test_what_is_answered_is_no_older_than_the_state_that_was_told(tmp_path, add):
    add("А")
    archive = Archive(tmp_path / "index")
    with archive.followed():
        for commits, id in enumerate("БВГ", 2):
            add(id)
            generation = 0
            while generation < commits:
                generation, *_ = archive.state()
                assert articles(archive) >= generation


def test_own_corrections_are_answered_at_once_and_those_of_others_soon(tmp_path, add):
    add("А")
    archive = Archive(tmp_path / "index")
    with archive.followed():
        assert names(archive) == ["Иван Аов"]
        told = archive.correct("person", "rename", ["Иван Аов"], to="Пётр Аов")
        assert names(archive) == ["Пётр Аов"]
        archive.undo(told.id)
        assert names(archive) == ["Иван Аов"]
        Archive(archive.folder).correct("person", "rename", ["Иван Аов"], to="Яков Аов")
        in_the_end(lambda: names(archive) == ["Яков Аов"])


def test_a_correction_does_not_wait_for_a_commit_that_is_read(tmp_path, add, monkeypatch):
    def later() -> bool:
        assert sorted(names(archive)) == ["Иван Бов", "Пётр Аов"]
        return len(held.snapshots) == 2

    held = Held()
    monkeypatch.setattr("search.archive.prepare", held)
    add("А")
    archive = Archive(tmp_path / "index")
    with archive.followed(), ThreadPoolExecutor(1) as thread:
        assert articles(archive) == 1
        add("Б")
        assert held.begun.wait(60)
        try:
            asked = thread.submit(archive.correct, "person", "rename", ["Иван Аов"], "Пётр Аов")
            asked.result(20)
            assert not later()
        finally:
            held.go_on.set()
        in_the_end(later)
    assert len(held.snapshots[1].ledger.operations) == 1


def test_the_time_of_a_correction_is_not_that_of_what_is_read_for_it(tmp_path, add, caplog):
    caplog.set_level(logging.WARNING)
    add("А")
    archive = Archive(tmp_path / "index")
    with archive.followed():
        assert articles(archive) == 1
        with limited(0):
            archive.correct("person", "rename", ["Иван Аов"], to="Пётр Аов")
        assert names(archive) == ["Пётр Аов"]
    assert not caplog.records


def test_words_to_correct_by_are_read_again_beside_once_they_were_asked_for(
    tmp_path, add, monkeypatch
):
    readers = []

    class Noted(Lexicon):
        def __init__(self, segments):
            readers.append(threading.current_thread())
            super().__init__(segments)

    monkeypatch.setattr("search.snapshot.Lexicon", Noted)
    add("А")
    archive = Archive(tmp_path / "index")
    with archive.followed():
        archive.search(Request(q="мсот"))
        assert readers == [threading.current_thread()]
        add("Б")
        in_the_end(lambda: articles(archive) == 2)
        archive.search(Request(q="мсот"))
        assert len(readers) == 2 and readers[1] is not readers[0]
        archive.correct("person", "rename", ["Иван Аов"], to="Пётр Аов")
        in_the_end(lambda: len(readers) == 3)
        assert readers[2] is readers[1]


def test_what_was_read_of_an_earlier_commit_is_let_go(tmp_path, add):
    add("А")
    archive = Archive(tmp_path / "index")
    gc.disable()
    try:
        with archive.followed():
            snapshots = [weakref.ref(archive._opened.newest())]
            for commits, id in enumerate("БВГ", 2):
                add(id)
                in_the_end(lambda: articles(archive) == commits)
                snapshots.append(weakref.ref(archive._opened.newest()))
            # a question that is under way keeps the one before the last
            in_the_end(lambda: [one() is None for one in snapshots[:2]] == [True, True])
    finally:
        gc.enable()


def test_a_commit_that_cannot_be_prepared_is_answered_all_the_same(tmp_path, add, monkeypatch):
    def fail(snapshot, earlier):
        raise ValueError

    monkeypatch.setattr("search.archive.prepare", fail)
    add("А")
    archive = Archive(tmp_path / "index")
    with archive.followed():
        assert articles(archive) == 1
        add("Б")
        in_the_end(lambda: articles(archive) == 2)


def test_an_empty_index_is_opened_once(tmp_path):
    opened = Archive(tmp_path)._opened
    assert opened.latest() is opened.latest()


def test_an_index_that_comes_later_is_followed(tmp_path, add):
    archive = Archive(tmp_path / "index")
    with archive.followed():
        assert articles(archive) == 0
        add("А")
        in_the_end(lambda: articles(archive) == 1)
    add("Б")
    assert articles(archive) == 2

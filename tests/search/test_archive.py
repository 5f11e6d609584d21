"""An archive as long as it is open: over no index, growing ones, moved and damaged ones."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from index.folder import open_index
from index.indexing import delete_articles, index_sources
from search import Archive, IndexUnusable, Request, opened


def test_an_empty_archive(tmp_path):
    archive = Archive(tmp_path / "none")
    assert archive.health() == {
        "status": "ok",
        "generation": 0,
        "articles": 0,
        "committed": None,
        "age_s": None,
        "degraded": [],
    }
    answer = archive.search(Request(q="мост"))
    assert (answer["total"], answer["results"]) == (0, [])
    assert archive.search(Request.from_params([("person", "А")]))["total"] == 0
    assert archive.stats()["articles"] == 0


def test_new_commits_are_seen_at_once(tmp_path, write_rows):
    archive, folder = Archive(tmp_path / "index"), tmp_path / "index"
    assert archive.health()["articles"] == 0
    rows = [{"id": str(n), "text": "мост", "persons": [f"А{n}"], "mentions": []} for n in range(3)]
    index_sources(folder, [write_rows(tmp_path / "a.jsonl", rows[:2])])
    assert archive.search(Request(q="мосты"))["facets"]["person"]["total"] == 2
    index_sources(folder, [write_rows(tmp_path / "a.jsonl", rows)])
    assert archive.search(Request(q="мосты"))["facets"]["person"]["total"] == 3
    delete_articles(folder, ["0"])
    answer = archive.search(Request(q="мосты"))
    assert (answer["total"], answer["facets"]["person"]["total"]) == (2, 2)
    assert archive.search(Request())["total"] == 2


def test_an_index_that_takes_the_place_of_another_is_seen(tmp_path, write_rows):
    folder, archive = tmp_path / "index", Archive(tmp_path / "index")
    for text in ("мост", "паром"):
        index_sources(
            folder, [write_rows(tmp_path / "a.jsonl", [{"id": "1", "text": text, "mentions": []}])]
        )
        assert archive.search(Request())["generation"] == 1
        assert archive.article("1")["text"] == text
        shutil.rmtree(folder)
    assert archive.article("1")["text"] == "паром"
    assert Archive(folder).health()["articles"] == 0


@pytest.mark.parametrize("away_at_first", [False, True])
def test_a_folder_that_is_away_while_it_is_opened_is_not_empty(
    tmp_path, write_rows, monkeypatch, away_at_first
):
    folder, away = tmp_path / "index", tmp_path / "away"

    def add(id: str) -> None:
        row = {"id": id, "text": "мост", "mentions": []}
        index_sources(folder, [write_rows(tmp_path / "a.jsonl", [row])])

    def opened_while_away(path):
        monkeypatch.setattr("search.opened.open_index", open_index)
        if not away_at_first:
            folder.rename(away)
        index = open_index(path)
        if not away_at_first:
            away.rename(folder)
        return index

    def looked_at_while_away(path):
        monkeypatch.setattr("search.opened._identity", identity)
        folder.rename(away)
        return identity(path)

    add("1")
    archive = Archive(folder)
    assert archive.health()["articles"] == 1
    add("2")
    identity = opened._identity
    monkeypatch.setattr("search.opened.open_index", opened_while_away)
    if away_at_first:
        monkeypatch.setattr("search.opened._identity", looked_at_while_away)
    assert archive.health()["articles"] == (1 if away_at_first else 2)
    if away_at_first:
        away.rename(folder)
    assert archive.health()["articles"] == 2


def test_a_damaged_segment_is_said_to_be_damaged(tmp_path, write_rows):
    folder = tmp_path / "index"
    index_sources(
        folder, [write_rows(tmp_path / "a.jsonl", [{"id": "1", "text": "мост", "mentions": []}])]
    )
    (segment,) = folder.glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:100])
    with pytest.raises(IndexUnusable, match="damaged"):
        Archive(folder).search(Request(q="мост"))
    segment.unlink()
    with pytest.raises(IndexUnusable, match="damaged"):
        Archive(folder).search(Request(q="мост"))


def test_many_threads_ask_while_the_index_grows(tmp_path, write_rows):
    folder, archive = tmp_path / "index", Archive(tmp_path / "index")
    rows = [
        {"id": str(n), "text": f"мост {n}", "persons": [f"А{n}"], "mentions": []} for n in range(30)
    ]
    index_sources(folder, [write_rows(tmp_path / "a.jsonl", rows[:10])])

    def ask(_):
        answer = archive.search(Request.from_params([("q", "мосты"), ("limit", "100")]))
        persons = [person["name"] for hit in answer["results"] for person in hit["persons"]]
        assert answer["total"] == len(persons) == answer["facets"]["person"]["total"]
        return answer["generation"], answer["total"]

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask, n) for n in range(40)]
        for size in (15, 20, 25, 30):
            index_sources(folder, [write_rows(tmp_path / "a.jsonl", rows[:size])])
            asked += [threads.submit(ask, n) for n in range(40)]
        seen = {future.result() for future in asked}
    assert len({generation for generation, _ in seen}) == len(seen)
    assert max(seen)[1] == 30


def test_answers_do_not_wait_for_each_other(archive, monkeypatch):
    both = Barrier(2, timeout=60)

    def answering(snapshot, request):
        both.wait()
        return {"generation": snapshot.generation}

    monkeypatch.setattr("search.archive.search_answer", answering)
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(archive.search, Request.from_params([])) for _ in range(2)]
        assert [future.result()["generation"] for future in asked] == [1, 1]


def test_stats(archive):
    stats = archive.stats()
    assert stats.pop("bytes") > 0
    assert stats.pop("folder").endswith("index") and stats.pop("indexed").endswith("+00:00")
    assert stats == {
        "generation": 1, "articles": 8, "person": 7, "org": 3, "source": 2, "section": 3,
        "undated": 1, "first_date": "2020-02-29", "last_date": "2023-01-10",
    }  # fmt: skip

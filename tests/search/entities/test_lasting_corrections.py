"""Corrections over time: whom a line of the ledger means after articles have come and gone."""

import json

import pytest

from index.indexing import delete_articles, index_sources
from index.ledger import FILE
from search import Archive, EntityNotFound, Request


def values(archive):
    answer = archive.search(Request())
    return {value["name"]: value for value in answer["facets"]["person"]["values"]}


def add(folder, tmp_path, write_rows, *people, first=100):
    """Index an article for each of the persons."""
    rows = [
        {"id": str(number), "text": f"О нём: {name}.", "persons": [name], "mentions": []}
        for number, name in enumerate(people, first)
    ]
    index_sources(folder, [write_rows(tmp_path / "people.jsonl", rows)])
    return Archive(folder)


@pytest.mark.parametrize(
    "op, to, shown",
    [
        ("hide", None, {"Иван Котов", "Олег Ершов"}),
        ("rename", "Кот", {"Иван Котов", "Олег Ершов", "Кот"}),
    ],
)
def test_a_correction_of_a_surname_is_not_one_of_who_comes_later(
    tmp_path, write_rows, op, to, shown
):
    folder = tmp_path / "index"
    archive = add(folder, tmp_path, write_rows, "Котов", "Олег Ершов")
    archive.correct("person", op, ["Котов"], to)
    assert "Котов" not in values(archive)
    archive = add(folder, tmp_path, write_rows, "Иван Котов", first=200)
    assert {name: v["count"] for name, v in values(archive).items()} == dict.fromkeys(shown, 1)


def test_a_merge_does_not_take_who_comes_later(tmp_path, write_rows):
    folder = tmp_path / "index"
    archive = add(folder, tmp_path, write_rows, "Котов", "Олег Ершов")
    archive.correct("person", "merge", ["Олег Ершов", "Котов"])
    archive = add(folder, tmp_path, write_rows, "Иван Котов", first=200)
    assert {name: v["variants"] for name, v in values(archive).items()} == {
        "Олег Ершов": ["Котов"], "Иван Котов": [],
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["Иван Котов", "Иван Ильич Котов", "иван котов", "КОТОВ"])
def test_a_correction_holds_whichever_name_is_left(tmp_path, write_rows, typed):
    folder = tmp_path / "index"
    names = ["Иван Ильич Котов", "Иван Котов", "Котов"]
    archive = add(folder, tmp_path, write_rows, *names)
    archive.correct("person", "hide", [typed])
    (line,) = map(json.loads, (folder / FILE).read_text("utf-8").splitlines())
    assert (line["names"], line["entities"][0]["names"]) == ([typed], names)
    assert values(archive) == {}
    for gone in ("100", "101"):
        delete_articles(folder, [gone])
        assert values(Archive(folder)) == {}
    archive = add(folder, tmp_path, write_rows, "Пётр Котов", first=200)
    assert list(values(archive)) == ["Пётр Котов"]


def test_a_hidden_person_whose_namesake_comes_stays_hidden(tmp_path, write_rows):
    folder = tmp_path / "index"
    archive = add(folder, tmp_path, write_rows, "Иван Ильич Котов", "Иван Котов")
    archive.correct("person", "hide", ["Иван Котов"])
    archive = add(folder, tmp_path, write_rows, "Иван Львович Котов", first=200)
    assert set(values(archive)) == {"Иван Львович Котов", "Иван Котов"}
    delete_articles(folder, ["100"])
    assert list(values(Archive(folder))) == ["Иван Львович Котов"]


def test_ids_and_corrections_outlive_the_articles_with_the_short_name(tmp_path, write_rows):
    folder = tmp_path / "index"
    archive = add(folder, tmp_path, write_rows, "Сергей Щукин", "А. Львов")
    id, initials = (values(archive)[name]["id"] for name in ("Сергей Щукин", "А. Львов"))
    archive.correct("person", "hide", ["Сергей Щукин"])
    archive.correct("person", "hide", ["А. Львов"])
    archive = add(folder, tmp_path, write_rows, "Сергей Борисович Щукин", "Анна Львов")
    assert archive.person(id)["name"] == "Сергей Борисович Щукин"
    assert archive.person(id)["hidden"]
    assert archive.person(initials)["name"] == "Анна Львов"
    assert list(values(archive)) == ["Анна Львов"]
    archive = add(folder, tmp_path, write_rows, "Сергей Ильич Щукин", first=200)
    with pytest.raises(EntityNotFound):
        archive.person(id)

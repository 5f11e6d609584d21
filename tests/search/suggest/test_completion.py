"""Completion of what is typed, and the persons and organizations that a query names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Request


def completed(archive, q, **options):
    return [(row["kind"], row["text"], row["count"]) for row in archive.suggest(q, **options)["suggestions"]]  # fmt: skip


TUKUMOV = ("person", "Эркин Тукумов", 2)
TOKAEV = ("person", "Касым-Жомарт Токаев", 1)


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("тука", []),
        ("туку", [TUKUMOV, ("word", "тукумов", 1)]),
        ("ТУКУМОВЫМ", [TUKUMOV, ("word", "тукумов", 1)]),
        ("эрк тук", [TUKUMOV]),
        ("тук эрк", [TUKUMOV]),
        ("жома", [TOKAEV, ("word", "жомарт", 1)]),
        ("njrf", [TOKAEV, ("word", "токаев", 1)]),
        ("соловьё", [("person", "Екатерина Соловьёва", 2), ("word", "соловьев", 1)]),
        ("цам", [("organization", "ЦАМО", 3)]),
        ("през", [("word", "президент", 2)]),
        ("первое засе", [("word", "первое заседание", 1)]),
        ("ничегоподобного", []),
        ("", []),
        ("…", []),
    ],
)
def test_completion(archive, typed, expected):
    assert completed(archive, typed) == expected


def test_an_entity_is_given_by_the_id_that_a_search_takes(archive):
    (first, *_) = archive.suggest("туку")["suggestions"]
    assert archive.search(Request.from_params([("person", first["id"])]))["total"] == first["count"]
    assert archive.suggest("през")["suggestions"][0]["id"] is None


def test_the_commonest_come_first_and_no_more_than_asked(archive):
    assert [text for _, text, _ in completed(archive, "со", limit=2)] == ["совет", "Екатерина Соловьёва"]  # fmt: skip
    assert completed(archive, "со", limit=0) == []


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_anything_may_be_typed(archive, typed):
    for row in archive.suggest(typed)["suggestions"]:
        assert row["count"] > 0 and row["text"]


def named(archive, q):
    answer = archive.search(Request.from_params([("q", q), ("facets", "none")]))
    return [(row["kind"], row["text"], row["count"]) for row in answer["query"]["entities"]]


@pytest.mark.parametrize(
    "q, expected",
    [
        ("эркин тукумов", [TUKUMOV]),
        ("Тукумова", [TUKUMOV]),
        ("Тукумову Эркину", [TUKUMOV]),
        ("цамо", [("organization", "ЦАМО", 3)]),
        ("Эркин", []),
        ("Тукумов визит", []),
        ("!Тукумов", []),
        ("-Тукумов", []),
        ("«эркин тукумов»", []),
        ("визит", []),
        ("", []),
    ],
)
def test_a_query_that_is_a_name(archive, q, expected):
    assert named(archive, q) == expected


def test_an_ambiguous_surname_lists_the_candidates(archive):
    assert {text for _, text, _ in named(archive, "Иванов")} == {
        "Сергей Михайлович Иванов",
        "Сергей Анатольевич Иванов",
    }


@pytest.mark.parametrize("typed", ["с", "со", "ви", "мост че", "с т", "эксперты со", "стал"])
def test_a_word_is_counted_as_its_query_finds(archive, changed, typed):
    for asked in (archive, changed):
        words = [row for row in asked.suggest(typed)["suggestions"] if row["kind"] == "word"]
        assert words
        for row in words:
            request = Request.from_params([("q", row["text"]), ("facets", "none")])
            assert asked.search(request)["total"] == row["count"]

"""Facets of an answer: what is counted, what may be selected, and what a selection finds."""

import pytest

from search import Request


def ids(answer):
    return [result["id"] for result in answer["results"]]


def counts(answer, facet):
    values = answer["facets"][facet]["values"]
    return {value["name"]: value["count"] for value in values}


def test_spellings_that_differ_in_case_and_yo_are_one_value(ask):
    values = ask()["facets"]["person"]["values"]
    (solovyova,) = (value for value in values if "оловь" in value["name"])
    assert solovyova["count"] == 2
    assert {solovyova["name"], *solovyova["variants"]} == {
        "Екатерина Соловьёва",
        "екатерина соловьева",
    }


def test_counts_are_articles(ask):
    answer = ask()
    assert counts(answer, "person") == {
        "Андрей Ремизов": 2,
        "Екатерина Соловьёва": 2,
        "Эркин Тукумов": 2,
        "Касым-Жомарт Токаев": 1,
        "Сергей Анатольевич Иванов": 1,
        "Сергей Михайлович Иванов": 1,
        "Фарид Шафиев": 1,
    }
    assert answer["facets"]["person"]["missing"] == 1
    assert counts(answer, "source") == {"Деловая газета": 3, "Каспийский вестник": 5}


def test_one_facet_may_show_more_values_than_the_others(ask):
    facets = ask(facet_size="1", org_size="2")["facets"]
    assert {name: len(facets[name]["values"]) for name in ("person", "org", "source")} == {
        "person": 1, "org": 2, "source": 1
    }  # fmt: skip


def test_facet_size_bounds_the_values_and_not_the_total(ask):
    facet = ask(facet_size="2")["facets"]["person"]
    assert (len(facet["values"]), facet["total"]) == (2, 7)


def test_a_facet_passes_over_its_own_selection_so_that_more_can_be_added(ask):
    answer = ask(person="Эркин Тукумов")
    assert set(ids(answer)) == {"council", "sport"}
    assert counts(answer, "person") == counts(ask(), "person")
    assert counts(answer, "source") == {"Деловая газета": 1, "Каспийский вестник": 1}
    selected = [v["name"] for v in answer["facets"]["person"]["values"] if v["selected"]]
    assert selected == ["Эркин Тукумов"]


def test_several_values_are_any_of_them(ask):
    answer = ask(person=["Эркин Тукумов", "Екатерина Соловьёва"])
    assert set(ids(answer)) == {"council", "sport", "year", "given"}


def test_in_all_mode_every_value_is_asked_for_and_counts_follow(ask):
    answer = ask(person=["Эркин Тукумов", "Андрей Ремизов"], person_mode="all")
    assert ids(answer) == ["sport"]
    assert counts(answer, "person") == {"Андрей Ремизов": 1, "Эркин Тукумов": 1}


def test_values_are_excluded(ask):
    answer = ask(person="Эркин Тукумов", person_not="Андрей Ремизов")
    assert ids(answer) == ["council"]
    assert [v["name"] for v in answer["facets"]["person"]["values"] if v["excluded"]] == [
        "Андрей Ремизов"
    ]


def test_articles_without_a_value(ask):
    assert ids(ask(person_missing="1")) == ["undated"]
    assert set(ids(ask(person_missing="1", person="Фарид Шафиев"))) == {"undated", "council"}


def test_a_selected_value_is_listed_even_at_zero(ask):
    answer = ask(q="сталь", person="Фарид Шафиев", facet_size="1")
    assert answer["total"] == 0
    assert counts(answer, "person") == {"Андрей Ремизов": 1, "Фарид Шафиев": 0}


def test_an_unknown_name_finds_nothing_and_says_so(ask):
    answer = ask(person="Никто Неизвестный")
    assert answer["total"] == 0
    (warning,) = answer["query"]["warnings"]
    assert (warning["code"], warning["value"]) == ("unknown-name", "Никто Неизвестный")
    (unknown,) = (v for v in answer["facets"]["person"]["values"] if v["selected"])
    assert (unknown["name"], unknown["count"]) == ("Никто Неизвестный", 0)


def test_an_ambiguous_name_is_any_of_its_candidates_and_says_so(ask):
    for answer in (ask(person="Иванов"), ask(q="person:Иванов")):
        assert ids(answer) == ["names/1"]
        (warning,) = answer["query"]["warnings"]
        assert warning["code"] == "ambiguous-name"
        assert set(warning["candidates"]) == {
            "Сергей Михайлович Иванов",
            "Сергей Анатольевич Иванов",
        }


def test_dates_are_filtered_whole(ask):
    assert set(ids(ask(**{"from": "2022-08", "to": "2022-09"}))) == {"visit", "council", "steel"}
    assert set(ids(ask(**{"from": "2022", "to": "2022"}))) == {"visit", "council", "steel", "year"}
    assert set(ids(ask(**{"to": "2021"}))) == {"sport", "names/1"}
    assert "undated" not in ids(ask(**{"from": "1900"}))


def test_the_histogram_passes_over_the_range_of_dates(ask):
    whole = ask(interval="year")["facets"]["date"]
    assert whole["values"] == [
        {"start": "2020", "count": 1, "all": 1},
        {"start": "2021", "count": 1, "all": 1},
        {"start": "2022", "count": 4, "all": 4},
        {"start": "2023", "count": 1, "all": 1},
    ]
    assert whole["missing"] == 1
    assert ask(interval="year", **{"from": "2022", "to": "2022"})["facets"]["date"] == whole


def test_the_histogram_stands_before_the_whole_archive(ask):
    found = ask(q="совет", interval="year", **{"from": "2021"})["facets"]["date"]["values"]
    assert found == [
        {"start": "2022", "count": 2, "all": 4},
        {"start": "2023", "count": 1, "all": 1},
    ]
    days = ask(q="совет", interval="day")["facets"]["date"]["values"]
    assert [bar["start"] for bar in days if bar["all"]] == [
        "2022-08-19",
        "2022-08-24",
        "2023-01-10",
    ]


def test_the_dates_asked_for_are_counted_closer(ask):
    months = ask(**{"from": "2022-08", "to": "2022-08"})["facets"]["date"]
    assert months["interval"] == "month"
    assert months["closer"]["interval"] == "day"
    assert [bar["start"] for bar in months["closer"]["values"] if bar["count"]] == [
        "2022-08-19",
        "2022-08-24",
    ]
    for no_finer in (ask(), ask(**{"from": "2020"}), ask(interval="month", **{"from": "2022-08"})):
        assert no_finer["facets"]["date"]["closer"] is None


def test_only_the_facets_asked_for_are_counted(ask):
    assert set(ask(facets="person,date")["facets"]) == {"person", "date"}
    assert ask(facets="none")["facets"] == {}


def test_searching_inside_a_facet(archive):
    values = archive.facet("person", "ТУК", Request())["values"]
    assert [(v["name"], v["count"]) for v in values] == [("Эркин Тукумов", 2)]
    values = archive.facet("person", "", Request(q="сталь"))["values"]
    assert [v["name"] for v in values] == ["Андрей Ремизов"]
    assert archive.facet("person", "соловье", Request())["values"][0]["count"] == 2
    assert archive.facet("org", "нетта", Request())["values"] == []


@pytest.mark.parametrize(
    "prefix, names",
    [
        ("тук", ["Эркин Тукумов"]),
        ("эркин тук", ["Эркин Тукумов"]),
        ("тук эр", ["Эркин Тукумов"]),
        ("Тукумовым", ["Эркин Тукумов"]),
        ("соловьева", ["Екатерина Соловьёва"]),
        ("эркин соловьёва", []),
        ("укум", []),
        ("«»", ["Андрей Ремизов", "Екатерина Соловьёва"]),
    ],
)
def test_a_facet_is_searched_by_the_beginnings_of_words_in_any_order(archive, prefix, names):
    values = archive.facet("person", prefix, Request(facet_size=2))["values"]
    assert [value["name"] for value in values] == names

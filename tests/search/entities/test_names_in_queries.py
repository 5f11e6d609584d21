"""Persons and organizations in a query: any spelling, case, order, initials."""

import pytest

from index.indexing import index_sources
from search import Archive, Request

HELD = {
    "full": (["Андрей Петрович Ремизов"], ["МЧС"]),
    "short": (["Андрей Ремизов"], ["Законодательное собрание"]),
    "other": (["Андрей Ремизов", "Виталий Зуев"], ["Минтранс"]),
    "woman": (["Ремизова"], ["Институт геологии"]),
    "patronymic": (["Рустам Гейдар оглы Тагиев"], ["МИД Казахстана"]),
    "double": (["Никита Салтыков-Горский"], ["Стадион «Заря»"]),
    "namesakes": (["Сергей Михайлович Котов", "Сергей Анатольевич Котов"], ["Краевая больница № 1"]),
    "wife": (["Александра Львова"], ["Край-ТВ"]),
    "husband": (["Александр Львов"], ["Крае-ТВ"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory, write_rows) -> Archive:
    home = tmp_path_factory.mktemp("named")
    rows = [
        {"id": id, "text": ", ".join(persons + orgs), "persons": persons, "organizations": orgs}
        for id, (persons, orgs) in HELD.items()
    ]
    source = write_rows(home / "rows.jsonl", [row | {"mentions": []} for row in rows])
    index_sources(home / "index", [source])
    return Archive(home / "index")


def ask(archive, q, **others):
    return archive.search(Request.from_params({"q": q, "facets": "none", **others}.items()))


def found(archive, q):
    return {hit["id"] for hit in ask(archive, q)["results"]}


REMIZOV = {"full", "short", "other"}


@pytest.mark.parametrize(
    "q, ids",
    [
        *((f"person:{name}", REMIZOV) for name in (
            "Ремизов", "РЕМИЗОВ", "ремизовым", "Pемизов", "«Ремизов»", "'Ремизов'", '"ремизову андрею"',
            '"Ремизов Андрей Петрович"', '"А. П. Ремизов"', "А.П.Ремизов", '"Ремизову А.П."', "А.Ремизов",
            '"Андрей П. Ремизов"', '"П. А. Ремизов"', '"Ремизов, Андрей"', '"А П Ремизов"',
        )),
        ('person:"Б. Ремизов"', set()),
        ("person:Тагиеву", {"patronymic"}),
        ('person:"Рустам Гейдар-оглы Тагиев"', {"patronymic"}),
        ('person:"Тагиев Р. Г."', {"patronymic"}),
        ('person:"салтыкову горскому"', {"double"}),
        ("person:Горский", {"double"}),
        ("person:Котова", {"namesakes"}),
        ('person:"Александра Львова"', {"wife"}),
        ('person:"Александру Львову"', {"wife", "husband"}),
        ("person:(Зуев OR Тагиев)", {"other", "patronymic"}),
        ("person:(Андрей Ремизов) -person:Зуев", {"full", "short"}),
        ("person:(Ремизов -Зуев)", {"full", "short"}),
        ("person:-Ремизов person:Зуев", set()),
        *((f"org:{name}", {"full"}) for name in ("МЧС", "мчс", "М.Ч.С.", "«МЧС России»")),
        *((f"org:{name}", {"short"}) for name in (
            "«законодательного собрания»", '"собрание законодательное"', "ЗС", "«З. С.»", "З.С.",
        )),
        *((f"org:{name}", {"other"}) for name in (
            "минтранс", "Минтранса", '"министерство транспорта"', '"Министерству транспорта России"',
        )),
        ('org:"институтом геологии"', {"woman"}),
        ('org:"МИД Грузии"', set()),
        ('org:"министерство иностранных дел Казахстана"', {"patronymic"}),
        ("org:Зарёй", {"double"}),
        ("org:(МЧС OR Минтранс)", {"full", "other"}),
        ('org:"краевую больницу"', {"namesakes"}),
    ],
)  # fmt: skip
def test_any_way_to_write_a_name_finds_it(archive, q, ids):
    assert found(archive, q) == ids


def candidates(archive, q):
    return [
        set(warning["candidates"])
        for warning in ask(archive, q)["query"]["warnings"]
        if warning["code"] == "ambiguous-name"
    ]


def test_a_form_of_a_commoner_name_may_be_that_too(archive):
    assert found(archive, "person:Ремизова") == REMIZOV | {"woman"}
    assert candidates(archive, "person:Ремизова") == [{"Ремизова", "Андрей Петрович Ремизов"}]
    assert candidates(archive, "person:Ремизов") == []


def test_candidates_are_listed(archive):
    both = {"Сергей Михайлович Котов", "Сергей Анатольевич Котов"}
    assert candidates(archive, "person:Котов") == [both]
    assert candidates(archive, 'person:"С. Котову"') == [both]
    assert candidates(archive, 'person:"С. М. Котов"') == []


@pytest.mark.parametrize(
    "q, meant",
    [
        ("person:Ремезов", "person:Ремизов"),
        ("person:htvbpjd", "person:ремизов"),
        ("person: Ремизов", "person:Ремизов"),
        ("Организация:  минтранс", "Организация:минтранс"),
        ("person:Remizov", "person:Ремизов"),
        ('person:"Андрей Ремезов"', 'person:"Андрей Ремизов"'),
        ("org:заканодательное", "org:законодательное"),
        ("person:Щщщщщ", None),
    ],
)
def test_a_mistyped_name_is_corrected(archive, q, meant):
    suggestion = ask(archive, q)["query"]["suggestion"]
    assert (suggestion and suggestion["q"]) == meant


def test_of_many_unknown_names_the_first_are_told_and_long_ones_cut(archive):
    warnings = ask(archive, " OR ".join(f"person:Имя{n}" for n in range(40)))["query"]["warnings"]
    assert [w["value"] for w in warnings if w["code"] == "unknown-name"] == [
        f"Имя{n}" for n in range(5)
    ]
    (warning,) = ask(archive, f'person:"{"Щука " * 2000}"')["query"]["warnings"]
    assert len(warning["value"]) <= 100 and len(warning["message"]) < 200


def test_the_selection_of_a_facet_is_read_alike(archive):
    for name in ("Ремизову А.П.", "Ремизов"):
        assert ask(archive, "", person=name)["total"] == 3
    assert ask(archive, "", org="министерство транспорта")["total"] == 1
    assert archive.organization("М.Ч.С.")["name"] == "МЧС"


def test_of_too_many_candidates_the_commonest_are_used_and_that_is_told(archive, monkeypatch):
    assert found(archive, "person:А.") == REMIZOV | {"wife", "husband", "namesakes"}
    for module in ("entities.facet_entities", "query.notes"):
        monkeypatch.setattr(f"search.{module}.MOST_MEANT", 2)
    answer = ask(archive, "person:А.")
    codes = {w["code"]: w for w in answer["query"]["warnings"]}
    assert answer["total"] == 4
    assert codes["many-names"]["value"] == "А." and "2 or more" in codes["many-names"]["message"]


@pytest.mark.parametrize("q", ["салтыков горский", "Салтыкову-Горскому", "горский", "Ремизовым"])
def test_a_query_that_is_a_name_offers_the_person(archive, q):
    (named, *_) = ask(archive, q)["query"]["entities"]
    wanted = "Андрей Петрович Ремизов" if q == "Ремизовым" else "Никита Салтыков-Горский"
    assert (named["text"], named["kind"]) == (wanted, "person")

"""Questions to the small archive (tests/conftest.py) and their answers."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import quote

import pytest

from index.folder import open_index
from index.indexing import delete_articles, index_sources
from search import Archive, ArticleNotFound, IndexUnusable, ParameterError, Request, opened


@pytest.fixture
def ask(archive):
    """The answer to a request written as parameters."""

    def ask(**parameters):
        pairs = [
            (name.replace("_", "."), value)
            for name, values in parameters.items()
            for value in (values if isinstance(values, list) else [values])
        ]
        return archive.search(Request.from_params(pairs))

    return ask


def ids(answer):
    return [result["id"] for result in answer["results"]]


def counts(answer, facet):
    values = answer["facets"][facet]["values"]
    return {value["name"]: value["count"] for value in values}


@pytest.mark.parametrize(
    "query, found",
    [
        ("визит", {"visit", "sport", "undated"}),
        ("визитами", {"visit", "sport", "undated"}),
        ("визит президента", {"visit"}),
        ("визит поездка", {"undated"}),
        ("поездка OR сталь", {"undated", "given", "steel"}),
        ("визит -спорт", {"visit", "undated"}),
        ('"совет экспертов"', {"visit"}),
        ("совет экспертов", {"visit", "council", "given"}),
        ("сталь", {"steel"}),
        ("стать", {"steel"}),
        ("Соловьёв", {"year"}),
        ("соловей", set()),
        ("title:совет", {"council", "given"}),
        ("title:визит", {"visit"}),
        ("(мост OR сталь) -старая", {"year", "steel"}),
        ("метал*", {"steel"}),
        ('person:"Эркин Тукумов"', {"council", "sport"}),
        ("person:Тукумову", {"council", "sport"}),
        ('person:"тукумов эркин"', {"council", "sport"}),
        ("org:ЦАМО -person:Шафиев", {"year", "given"}),
        ('source:"Деловая газета"', {"steel", "sport", "year"}),
        ("section:Спорт", {"sport"}),
        ("date:2022", {"visit", "council", "steel", "year"}),
        ("date:2022-08", {"visit", "council"}),
        ("date:2022-09", {"steel"}),
        ("date:[2022-08-20 TO 2022-09]", {"visit", "steel"}),
        ("date:>2022", {"given"}),
        ("date:<2021", {"names/1"}),
        ("мост NOT date:2022", {"undated"}),
        ("НЕ date:[* TO *]", {"undated"}),
        ("", {"visit", "council", "steel", "sport", "year", "undated", "given", "names/1"}),
    ],
)
def test_queries_find(ask, query, found):
    answer = ask(q=query)
    assert set(ids(answer)) == found
    assert answer["total"] == len(found)


def test_an_answer_is_whole(ask):
    asked = f"q={quote('тукумова')}&facet.size=1"
    answer = ask(q="тукумова", facet_size="1")
    assert answer.pop("elapsed_ms") > 0
    (tukumov,) = answer["query"].pop("entities")
    assert tukumov == {
        "kind": "person",
        "text": "Эркин Тукумов",
        "id": next(p["id"] for p in answer["results"][0]["persons"] if "Тукумов" in p["name"]),
        "count": 2,
    }
    assert answer == {
        "query": {
            "q": "тукумова",
            "lemmas": [
                {
                    "word": "тукумова",
                    "lemmas": ["тукумов"],
                    "forms": {"тукумов": 1},
                    "leave_out": {},
                    "restore": {},
                }
            ],
            "warnings": [],
            "suggestion": None,
        },
        "total": 1,
        "generation": 1,
        "results": [
            {
                "id": "council",
                "title": "Первое заседание совета",
                "url": None,
                "source": "Каспийский вестник",
                "date": "2022-08-19",
                "date_precision": "day",
                "date_provenance": "given",
                "score": answer["results"][0]["score"],
                "title_marks": [],
                "snippets": [
                    {"text": "Директор ИСИ Эркин Тукумов открыл заседание.", "marks": [(19, 26)]},
                    {"text": "Э.Тукумов отметил рост перевозок.", "marks": [(2, 9)]},
                ],
                "persons": [
                    {"id": entity(ask, "person", "Эркин Тукумов"), "name": "Эркин Тукумов"},
                    {"id": entity(ask, "person", "Фарид Шафиев"), "name": "Фарид Шафиев"},
                ],
                "organizations": [
                    {"id": entity(ask, "org", "ИСИ"), "name": "ИСИ"},
                    {"id": entity(ask, "org", "ЦАМО"), "name": "ЦАМО"},
                ],
                "reprints": 0,
                "first_publication": "council",
            }
        ],
        "facets": {
            "person": {"total": 2, "missing": 0, "values": [value(ask, "person", "Фарид Шафиев")]},
            "org": {"total": 2, "missing": 0, "values": [value(ask, "org", "ИСИ")]},
            "source": {
                "total": 1,
                "missing": 0,
                "values": [
                    {
                        "id": "Каспийский вестник",
                        "name": "Каспийский вестник",
                        "variants": [],
                        "count": 1,
                        "selected": False,
                        "excluded": False,
                    }
                ],
            },
            "section": {"total": 1, "missing": 0, "values": [value(ask, "section", "Политика")]},
            "date": {
                "interval": "day",
                "coarse": 0,
                "missing": 0,
                "values": [{"start": "2022-08-19", "count": 1, "all": 1}],
                "closer": None,
            },
        },
        "links": {
            "self": f"/api/v1/search?{asked}",
            **{
                format: f"/api/v1/export?format={format}&{asked}"
                for format in ("csv", "jsonl", "ris", "bibtex", "rss")
            },
        },
    }


def entity(ask, facet, name):
    return value(ask, facet, name)["id"]


def value(ask, facet, name):
    values = ask(facet_size="100")["facets"][facet]["values"]
    (found,) = (value for value in values if value["name"] == name)
    return found | {"count": 1}


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


def test_sorting(ask):
    oldest = ids(ask(sort="date"))
    assert oldest[:2] == ["names/1", "sport"] and oldest[-1] == "undated"
    newest = ids(ask())
    assert newest[:2] == ["given", "steel"] and newest[-1] == "undated"
    assert ids(ask(q="совет заседание"))[0] == "council"


def test_pages_follow_each_other_without_repeating_or_dropping(ask):
    for query in ("", "визит OR мост OR совет"):
        whole = ids(ask(q=query, limit="100"))
        pages, offset, following = [], 0, True
        while following:
            answer = ask(q=query, limit="3", offset=str(offset))
            pages += ids(answer)
            offset += 3
            following = answer["links"].get("next")
        assert pages == whole
    assert "previous" not in ask(limit="3")["links"]
    assert ask(limit="3", offset="3")["links"]["previous"].endswith("limit=3")


def test_no_results_are_shown_on_request(ask):
    answer = ask(limit="0")
    assert (answer["results"], answer["total"]) == ([], 8)


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


def test_an_article(archive):
    article = archive.article("steel", "сталь")
    assert [article["text"][a:b] for a, b in article["text_marks"]] == ["стали", "стали"]
    assert [article["title"][a:b] for a, b in article["title_marks"]] == ["Сталь"]
    assert (article["date"], article["date_precision"]) == ("2022-09", "month")
    assert article["persons"][0]["name"] == "Андрей Ремизов"
    assert archive.article("names/1")["title"] == "Два Иванова"


def test_an_unknown_article(archive):
    with pytest.raises(ArticleNotFound, match="no article has the id 'nothing'"):
        archive.article("nothing")
    with pytest.raises(ArticleNotFound):
        archive.article("\udcff")


def test_a_query_that_cannot_be_read(ask):
    with pytest.raises(ParameterError, match="at 5"):
        ask(q="date:вчера")


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
    both = Barrier(2, timeout=10)

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


@pytest.mark.parametrize("q", ["«совета директор»", '"первое директор"~9', "первое / директор"])
def test_the_end_of_a_title_is_not_beside_the_beginning_of_the_text(ask, q):
    assert ask(q="первое совета директор")["total"] == 1
    assert ask(q=q)["total"] == 0


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

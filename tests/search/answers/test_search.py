"""Questions to the small archive (tests/conftest.py) and their answers."""

from urllib.parse import quote

import pytest

from search import ArticleNotFound, ParameterError


def ids(answer):
    return [result["id"] for result in answer["results"]]


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
        "ambiguous": False,
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
        "articles": 1,
        "next": None,
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
                "auto": "day",
                "intervals": [],
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


@pytest.mark.parametrize("q", ["«совета директор»", '"первое директор"~9', "первое / директор"])
def test_the_end_of_a_title_is_not_beside_the_beginning_of_the_text(ask, q):
    assert ask(q="первое совета директор")["total"] == 1
    assert ask(q=q)["total"] == 0


@pytest.mark.parametrize(
    "query, found",
    [
        ("президентов*", ["visit"]),
        ('"переговоры президентов*"', ["visit"]),
        ("переговоры / президентов*", ["visit"]),
        ("президентами*", []),
        ("совет -президентов*", ["council", "given"]),
    ],
)
def test_a_prefix_that_is_a_form_finds_the_forms_that_begin_so(ask, query, found):
    assert sorted(result["id"] for result in ask(q=query)["results"]) == found

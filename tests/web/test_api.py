"""The JSON of each route, compared whole."""

from urllib.parse import quote

import pytest

from search import Archive, Request


def value(name: str, count: int, id: str | None = None, selected: bool = False) -> dict:
    row = {
        "id": id or name,
        "name": name,
        "variants": [],
        "count": count,
        "selected": selected,
        "excluded": False,
    }
    return row | {"ambiguous": False} if id else row


def ids(archive: Archive, field: str) -> dict[str, str]:
    facet = archive.search(Request(facet_size=100))["facets"][field]
    return {row["name"]: row["id"] for row in facet["values"]}


def test_search(client, archive):
    asked = f"q={quote('визит')}&person={quote('Эркин Тукумов')}"
    persons = ids(archive, "person")
    answer = client.get("/api/v1/search?q=визит&person=Эркин Тукумов")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found = answer.json
    assert found.pop("elapsed_ms") >= 0
    assert found["results"][0].pop("score") > 0
    tukumov = value("Эркин Тукумов", 1, persons["Эркин Тукумов"], selected=True)
    assert found == {
        "query": {
            "q": "визит",
            "lemmas": [
                {
                    "word": "визит",
                    "lemmas": ["визит"],
                    "forms": {"визит": 2, "визитов": 1, "визитом": 1},
                    "leave_out": {
                        "!визит": "визит\\!визит",
                        "!визитов": "визит\\!визитов",
                        "!визитом": "визит\\!визитом",
                    },
                    "restore": {},
                }
            ],
            "warnings": [],
            "suggestion": None,
            "entities": [],
        },
        "total": 1,
        "articles": 1,
        "next": None,
        "generation": archive.health()["generation"],
        "results": [
            {
                "id": "sport",
                "title": "Сборная вернулась домой",
                "url": None,
                "source": "Деловая газета",
                "date": "2021-05-02",
                "date_precision": "day",
                "date_provenance": "given",
                "title_marks": [],
                "snippets": [
                    {
                        "text": "Борцы вернулись с турнира; визит на базу сорвался.",
                        "marks": [[27, 32]],
                    }
                ],
                "persons": [
                    {"id": persons["Андрей Ремизов"], "name": "Андрей Ремизов"},
                    {"id": persons["Эркин Тукумов"], "name": "Эркин Тукумов"},
                ],
                "organizations": [],
                "reprints": 0,
                "first_publication": "sport",
            }
        ],
        "facets": {
            "person": {
                "total": 3,
                "missing": 1,
                "values": [
                    value("Андрей Ремизов", 1, persons["Андрей Ремизов"]),
                    value("Касым-Жомарт Токаев", 1, persons["Касым-Жомарт Токаев"]),
                    tukumov,
                ],
            },
            "org": {"total": 0, "missing": 1, "values": []},
            "source": {"total": 1, "missing": 0, "values": [value("Деловая газета", 1)]},
            "section": {"total": 1, "missing": 0, "values": [value("Спорт", 1)]},
            "date": {
                "interval": "day",
                "coarse": 0,
                "missing": 0,
                "values": [{"start": "2021-05-02", "count": 1, "all": 1}],
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


def test_links_lead_through_all_pages(client):
    url, seen = "/api/v1/search?limit=3", []
    while url:
        page = client.get(url).json
        assert page["links"]["self"] == url
        seen += [hit["id"] for hit in page["results"]]
        url = page["links"].get("next")
    assert len(seen) == len(set(seen)) == page["total"] == 8


def test_article(client, archive):
    persons = ids(archive, "person")
    assert client.get("/api/v1/articles/names/1?q=Иванову").json == {
        "id": "names/1",
        "title": "Два Иванова",
        "citation": "Два Иванова // Каспийский вестник. — 2020. — 29 февр.",
        "text": "Сергей Иванов и его тёзка не знакомы.",
        "url": None,
        "source": "Каспийский вестник",
        "date": "2020-02-29",
        "date_precision": "day",
        "date_provenance": "given",
        "section": None,
        "authors": [],
        "persons": [
            {"id": persons[name], "name": name}
            for name in ("Сергей Михайлович Иванов", "Сергей Анатольевич Иванов")
        ],
        "organizations": [],
        "mentions": [],
        "title_marks": [[4, 11]],
        "text_marks": [[7, 13]],
        "reprints": 0,
        "first_publication": "names/1",
        "addresses": [],
        "versions": [],
        "publications": [
            {
                "id": "names/1",
                "title": "Два Иванова",
                "url": None,
                "source": "Каспийский вестник",
                "date": "2020-02-29",
                "date_precision": "day",
                "date_provenance": "given",
            }
        ],
    }


def test_facet_by_prefix_within_a_request(client, archive):
    persons = ids(archive, "person")
    assert client.get("/api/v1/facets/person?prefix=т&section=Политика").json == {
        "field": "person",
        "prefix": "т",
        "values": [
            value("Касым-Жомарт Токаев", 1, persons["Касым-Жомарт Токаев"]),
            value("Эркин Тукумов", 1, persons["Эркин Тукумов"]),
        ],
    }


def test_health(client, archive):
    found, known = client.get("/api/v1/health").json, archive.health()
    assert (found["status"], found["articles"], found["degraded"]) == ("ok", 8, [])
    assert (found["generation"], found["committed"]) == (known["generation"], known["committed"])


def test_text_is_written_as_utf_8(client):
    assert "Визит Токаева".encode() in client.get("/api/v1/search?q=Токаев").data


@pytest.mark.parametrize("path", ["/api/v1/search?q=мост", "/", "/articles/visit", "/nothing"])
def test_every_answer_is_guarded(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_an_index_without_a_commit_is_empty(tmp_path):
    from web.app import create_app

    client = create_app(tmp_path / "missing").test_client()
    assert client.get("/api/v1/search").json["total"] == 0
    assert "podshivka index" in client.get("/").text


def test_suggest(client):
    answer = client.get("/api/v1/suggest?q=през&limit=1").json
    row = {"kind": "word", "text": "президент", "id": None, "count": 2}
    assert answer == {"q": "през", "suggestions": [row]}
    assert client.get("/api/v1/suggest").json == {"q": "", "suggestions": []}
    assert client.get("/api/v1/suggest?q=date:[").json["suggestions"] == []
    assert client.get("/api/v1/suggest?q=а&limit=x").status_code == 400
    assert client.get("/api/v1/suggest?prefix=а").status_code == 400

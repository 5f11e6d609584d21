"""The article's page: who is in it, the hits beside it, how it differs, and taking it away."""

import re
from urllib.parse import quote

import pytest

from index.indexing import index_sources
from web.app import create_app


@pytest.fixture(scope="module")
def demo(demo_folder):
    return create_app(demo_folder).test_client()


@pytest.fixture(scope="module")
def reprinted(tmp_path_factory, write_rows):
    home = tmp_path_factory.mktemp("differing")
    text = "Паром через Каменку отдадут музею речного флота, капитан Белых водит там экскурсии."
    rows = [
        {"id": "a", "title": "Паром", "text": f"{text} Вход свободный.", "source": "Заречье"},
        {"id": "a", "title": "Паром", "text": text, "source": "Заречье", "date": "2021-05-03"},
        {
            "id": "b",
            "title": "Экскурсии",
            "text": f"{text} Ремонт начнётся.",
            "source": "Речинформ",
        },
    ]
    source = write_rows(home / "rows.jsonl", [row | {"mentions": []} for row in rows])
    index_sources(home / "index", [source])
    return create_app(home / "index").test_client()


def test_the_hits_beside_it_are_those_of_the_search_it_was_opened_from(client):
    hits = [hit["id"] for hit in client.get("/api/v1/search?q=визит").json["results"]]
    page = client.get(f"/articles/{hits[1]}?q=визит").text
    assert "2 из 3" in page
    query = quote("визит")
    assert f'rel="prev" href="/articles/{hits[0]}?q={query}"' in page
    assert f'rel="next" href="/articles/{hits[2]}?q={query}"' in page
    assert 'rel="prev"' not in client.get(f"/articles/{hits[0]}?q=визит").text
    assert 'rel="next"' not in client.get("/articles/steel?q=визит").text


def test_who_is_in_it_leads_to_their_pages_and_to_the_first_mention(demo):
    html = demo.get("/articles/economy-001").text
    assert '<a href="/persons/rustam-geydar-ogly-tagiev-acd078daf5">Рустам Гейдар оглы' in html
    id = demo.get("/api/v1/persons/rustam-geydar-ogly-tagiev-acd078daf5").json["id"]
    assert f'href="#person-{id}"' in html and html.count(f'id="person-{id}"') == 1
    assert "×2</a>" in html and "министр транспорта края" in html


def test_a_name_that_only_the_source_gives_has_no_place_in_the_text(client):
    html = client.get("/articles/council").text
    assert "Эркин Тукумов</a>" in html and 'class="times"' not in html


def test_versions_show_what_the_next_one_changed(reprinted):
    html = reprinted.get("/articles/a").text
    assert "Прежние версии" in html and "<del> Вход свободный.</del>" in html


def test_a_reprint_shows_how_it_differs(reprinted):
    page = reprinted.get("/articles/a").text
    assert 'href="/articles/a?against=b"' in page
    html = reprinted.get("/articles/a?against=b").text
    assert "<del>Экскурсии</del><ins>Паром</ins>" in html
    assert "<del> Ремонт начнётся.</del>" in html and 'href="/articles/a"' in html
    assert "слово в слово" in reprinted.get("/articles/a?against=a").text
    assert reprinted.get("/articles/a?against=nothing").status_code == 404


@pytest.mark.parametrize(
    "format, media_type, begins",
    [
        ("ris", "application/x-research-info-systems", "TY  - "),
        ("bibtex", "application/x-bibtex", "@"),
        ("csv", "text/csv", "\ufeffid,"),
        ("jsonl", "application/x-ndjson", "{"),
    ],
)
def test_one_article_is_taken_away_in_a_format(client, format, media_type, begins):
    answer = client.get(f"/api/v1/articles/visit?format={format}")
    assert answer.mimetype == media_type and answer.text.startswith(begins)
    assert "Визит Токаева в Баку" in answer.text
    assert client.get("/api/v1/articles/visit?format=pdf").status_code == 400


def test_the_page_offers_the_formats(client):
    html = client.get("/articles/visit?q=визит").text
    for format in ("ris", "bibtex"):
        assert f'href="/api/v1/articles/visit?format={format}"' in html


def test_the_switch_for_names_is_there_only_where_names_are(demo, client):
    assert 'id="names"' in demo.get("/articles/economy-001").text
    assert 'id="names"' not in client.get("/articles/steel").text


def test_a_role_is_named_once_whatever_its_capitals(tmp_path, write_rows):
    text = "ПРЕЗИДЕНТ Олег Белых выступил, а потом президент Олег Белых уехал."
    mentions = [
        {"kind": "person", "entity": "Олег Белых", "start": start, "stop": start + 10}
        | {"text": "Олег Белых", "role": role}
        for role, start in (("ПРЕЗИДЕНТ", text.index("Олег")), ("президент", text.rindex("Олег")))
    ]
    rows = [{"id": "a", "text": text, "persons": ["Олег Белых"], "mentions": mentions}]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    html = create_app(tmp_path / "index").test_client().get("/articles/a").text
    assert re.findall(r'<span class="role">([^<]*)</span>', html) == ["ПРЕЗИДЕНТ"]


def test_the_page_is_english_where_asked(demo):
    html = demo.get("/articles/economy-001?q=мост&lang=en").text
    assert "Mark names" in html and re.search(r"\d+ of 25", html) and "/persons/" in html
    assert set(re.findall(r'href="(/persons/[^"]*)"', html)) == {
        address for address in re.findall(r'href="(/persons/[^"]*)"', html) if "lang=en" in address
    }


def test_articles_like_it_are_listed_under_it_with_what_they_share(demo):
    html = demo.get("/articles/culture-002").text
    listed = html[html.index('class="similar"') :]
    (first, *_) = demo.get("/api/v1/articles/culture-002/similar").json["results"]
    assert re.findall(r'<a href="/articles/([\w-]+)">', listed)[0] == first["id"]
    assert "общее:</span> Маргарита Евгеньевна Волконская" in listed
    assert 'class="similar"' not in demo.get("/articles/culture-002?against=culture-008").text


def test_roles_are_named_in_the_nominative_beside_the_text(demo):
    html = demo.get("/articles/politics-007").text
    roles = re.findall(r'<span class="role">([^<]*)</span>', html)
    assert {"губернатор", "вице-губернатор", "председатель Заксобрания"} <= set(roles)
    assert html.count("вице-губернатору") == 1

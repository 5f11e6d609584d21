"""The pages of persons and organizations."""

import html
import re
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from index.indexing import index_sources
from index.linking.reasons import Reason
from search.answers import entity as entity_answer
from web.app import create_app
from web.explanations import explain_reason
from web.messages import LANGUAGES, messages

TAGIEV = "rustam-geydar-ogly-tagiev-acd078daf5"
DSM = "direktsiya-stroitelstva-mostov-9d01546e93"


@pytest.fixture(scope="module")
def demo(demo_folder):
    return create_app(demo_folder).test_client()


def opened(client, path: str) -> str:
    answer = client.get(quote(path, safe="/?&="), follow_redirects=True)
    assert answer.status_code == 200
    return html.unescape(answer.text)


@pytest.mark.parametrize(
    "given", ["Рустам Тагиев", "acd078daf59c3cf0", "acd078daf5", "tagieff-acd078daf5"]
)
def test_a_name_an_id_and_an_old_address_lead_to_the_page_of_their_entity(demo, given):
    answer = demo.get(f"/persons/{given}?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/persons/{TAGIEV}?lang=en")
    assert demo.get(f"/persons/{TAGIEV}").status_code == 200
    assert demo.get(f"/api/v1/persons/{given}").json["id"] == "acd078daf59c3cf0"


def test_names_roles_and_dates_are_those_of_the_api(demo):
    for path, field in (("persons/Рустам Тагиев", "person"), ("organizations/ДСМ", "org")):
        entity = demo.get(f"/api/v1/{path}").json
        page = opened(demo, f"/{path}")
        assert f">{entity['name']}</h1>" in page and f"в {entity['articles']} статьях" in page
        for variant in entity["variants"]:
            assert f'<span lang="ru">{variant["name"]}</span>' in page
        assert all(role["text"] in page for role in entity["roles"])
        for one in entity["persons"] + entity["organizations"]:
            assert one["name"] in page


def test_roles_of_a_sample_are_said_to_be_of_one(demo, monkeypatch):
    monkeypatch.setattr(entity_answer, "MOST_READ", 4)
    page = opened(demo, "/persons/Рустам Тагиев")
    assert "По 4 из 11 статей: половина — новейшие" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "In 4 of 11 articles" in opened(demo, "/persons/Рустам Тагиев?lang=en")
    monkeypatch.undo()
    assert "половина — новейшие" not in opened(demo, "/persons/Рустам Тагиев")


def test_who_is_beside_adds_both_as_filters(demo):
    entity = demo.get("/api/v1/persons/Рустам Тагиев").json
    page = opened(demo, "/persons/Рустам Тагиев")
    for name, field in (("persons", "person"), ("organizations", "org")):
        one = entity[name][0]
        digits = one["id"][:10]
        (address,) = re.findall(rf'class="both" lang="ru" href="([^"]*{digits}[^"]*)"', page)
        asked = parse_qsl(urlsplit(address).query)
        assert ("person", TAGIEV) in asked
        assert [value[-10:] for name, value in asked if name == field][-1] == digits
        found = demo.get(f"/api/v1/search?{urlsplit(address).query}").json
        assert found["total"] == one["count"]


def test_articles_of_the_page_are_its_latest_and_carry_it(demo):
    hits = demo.get(f"/api/v1/search?person={TAGIEV}").json["results"]
    page = opened(demo, "/persons/Рустам Тагиев")
    listed = re.findall(r'<li><a href="/articles/([^"?]+)\?person=([^"]+)"', page)
    assert listed == [(hit["id"], TAGIEV) for hit in hits]


def test_the_latest_articles_are_each_of_another_story_and_lead_to_all(demo):
    asked = "/api/v1/search?person=Екатерина Соловьёва&group=reprints"
    found = demo.get(asked).json
    page = opened(demo, "/persons/Екатерина Соловьёва")
    listed = re.findall(r'<li><a href="/articles/([^"?]+)', page)
    assert listed == [hit["id"] for hit in found["results"]]
    ((address, number),) = re.findall(r'<a href="([^"]*)">Все новости: (\d+)</a>', page)
    assert int(number) == found["total"] < found["articles"]
    assert f"<h1>Найдено {number} новостей</h1>" in opened(demo, address)


def test_an_ambiguous_name_shows_whom_it_may_mean(tmp_path, write_rows):
    names = ["Сергей Михайлович Иванов", "Сергей Анатольевич Иванов", "Иванов"]
    rows = [{"text": f"{n}", "persons": [name], "mentions": []} for n, name in enumerate(names)]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "a.jsonl", rows)])
    client = create_app(tmp_path / "index").test_client()
    page = opened(client, "/persons/Иванов")
    assert "неоднозначно" in page and "Это может быть" in page
    assert "Сергей Михайлович Иванов" in page and "Сергей Анатольевич Иванов" in page
    several = client.get("/persons/Сергей Иванов")
    assert several.status_code == 404
    assert "Такого имени в подшивке нет" in several.text
    assert 'href="/persons/sergey-mikhaylovich-ivanov-' in several.text


def test_a_name_like_an_address_is_no_way_out(tmp_path, write_rows):
    names = ["//evil.example/ Иванов", "//evil.example/ Иванов Пётр"]
    rows = [
        {"text": f"{n}", "organizations": [name], "mentions": []} for n, name in enumerate(names)
    ]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "a.jsonl", rows)])
    client = create_app(tmp_path / "index").test_client()
    answer = client.get("/organizations/Иванов")
    assert 'href="//' not in answer.text
    candidates = re.findall(r'<a href="(/organizations/[^"]*)" lang="ru">//evil', answer.text)
    assert len(candidates) == 2
    for address in candidates:
        assert client.get(address, follow_redirects=True).status_code == 200


def test_bars_are_shares_where_asked(demo):
    page = opened(demo, "/persons/Тагиев")
    (switch,) = re.findall(r'<a href="(/persons/[^"]*bars=share[^"]*)"', page)
    shares = opened(demo, switch)
    assert ">100\xa0%<" in shares and "lang=" not in switch


def test_an_unknown_name_is_a_friendly_page(client):
    answer = client.get("/organizations/Никто")
    assert answer.status_code == 404 and answer.mimetype == "text/html"
    assert "Такого имени в подшивке нет" in answer.text
    assert f'<a href="/?q={quote("Никто")}">Искать «Никто» в текстах</a>' in answer.text
    broken = client.get("/organizations/date:завтра")
    assert broken.status_code == 404 and "в текстах</a>" not in broken.text


def test_the_page_is_english_where_asked(demo):
    page = opened(demo, "/persons/Рустам Тагиев?lang=en")
    assert "Spellings" in page and "in 11 articles" in page
    own = [a for a in re.findall(r'href="(/[^"]*)"', page) if not a.startswith(("/static", "/api"))]
    other = [address for address in own if "lang=en" not in address]
    assert [address for address in other if not address.startswith("/theme")] == [
        f"/persons/{TAGIEV}"
    ]


@pytest.mark.parametrize("reason", [r for r in Reason if r not in (Reason.NAME, Reason.AMBIGUOUS)])
def test_every_reason_is_explained(reason):
    facts = {"of": "А", "articles": 1, "when": None, "by": None}
    for language in LANGUAGES:
        told = explain_reason({"code": reason.name.lower()} | facts, messages(language))
        assert told and "{" not in told


def test_what_the_search_page_selects_leads_to_its_pages_and_to_a_comparison(demo):
    page = opened(demo, "/?q=мост&person=Тагиев&org=ДСМ&person.not=Никто")
    told = page.split('<p class="pages">')[1].split("</p>")[0]
    assert re.findall(r'href="([^"]*)"', told) == [
        f"/persons/{TAGIEV}",
        f"/organizations/{DSM}",
        f"/compare?person={TAGIEV}&org={DSM}&q={quote('мост')}",
    ]
    assert f'<a class="exclude" href="/persons/{TAGIEV}"' in page
    assert '<p class="pages">' not in opened(demo, "/?q=мост&person=Никто&source=Край-ТВ")

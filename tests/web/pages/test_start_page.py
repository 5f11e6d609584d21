"""The start page and the help page."""

import html
import re
from urllib.parse import unquote, urlsplit

import pytest

from index.indexing import index_sources
from web.app import create_app
from web.pages.help import EXAMPLES


@pytest.fixture(scope="module")
def demo(demo_folder):
    return create_app(demo_folder).test_client()


def test_the_start_page_tells_what_is_in_the_archive(client):
    page = client.get("/").text
    assert "<h1>8 статей в подшивке</h1>" in page
    assert re.search(r"29 февраля 2020.г\. — 10 января 2023", page)
    for told in ("1 без даты", "2 источника", "7 персон", "3 организации", "обновлено"):
        assert told in page


def test_all_articles_are_one_click_away(client):
    page = client.get("/").text
    assert '<a href="/?sort=-date">Все новости</a>' in page
    assert client.get("/?sort=-date").text.count('class="hit"') == 8


def test_cells_of_the_calendar_lead_to_their_articles(demo):
    page = html.unescape(demo.get("/").text)
    cells = re.findall(r'<td class="shade-\d"><a href="([^"]*)">(\d+)</a>', page)
    assert len(cells) > 100
    for address, count in cells[::15]:
        assert demo.get(f"/api/v1/search?{urlsplit(address).query}").json["total"] == int(count)
    assert page.count('<td class="gap">0</td>') > 100


def test_years_without_articles_are_one_row(tmp_path, write_rows):
    rows = [
        {"text": date, "date": date, "mentions": []} for date in ("1990-05-01", "1994-02", "1994")
    ]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    page = create_app(tmp_path / "index").test_client().get("/").text
    assert "1991–1993" in page and "статей нет" in page and "без месяца" in page


def test_a_last_month_in_which_nobody_is_named_is_not_headed(tmp_path, write_rows):
    rows = [
        {"text": "А", "date": "2021-05-01", "mentions": [], "persons": ["Анна Котова"]},
        {"text": "Б", "date": "2021-06-01", "mentions": []},
    ]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows[:1])])
    client = create_app(tmp_path / "index").test_client()
    assert "Чаще всех называли: май" in client.get("/").text
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    client = create_app(tmp_path / "index").test_client()
    assert "Чаще всех называли" not in client.get("/").text


def test_who_is_named_leads_to_their_articles_of_the_month(demo):
    page = html.unescape(demo.get("/").text)
    named = re.findall(r'class="count" href="([^"]*)" aria-label="[^"]*">(\d+)</a>', page)
    assert named
    for address, count in named:
        assert demo.get(f"/api/v1/search?{urlsplit(address).query}").json["total"] == int(count)


def test_examples_of_the_start_page_find_something(demo, client):
    for site in (demo, client):
        page = html.unescape(site.get("/").text)
        examples = re.findall(r'<dt><a href="/\?(q=[^"]*)"', page)
        assert len(examples) >= 5
        for query in examples:
            assert site.get(f"/api/v1/search?{query}").json["total"] > 0, unquote(query)


def test_the_start_page_is_english_where_asked(client):
    page = client.get("/?lang=en").text
    assert "8 articles" in page and "What is there and what is missing" in page


@pytest.mark.parametrize("query", [query for rows in EXAMPLES.values() for query, _ in rows])
def test_every_example_of_the_help_finds_something_in_the_demo(demo, query):
    page = html.unescape(demo.get("/help").text)
    (address,) = re.findall(rf'<a href="([^"]*)" lang="ru">{re.escape(query)}</a>', page)
    answer = demo.get(f"/api/v1/search?{urlsplit(address).query}").json
    assert answer["query"]["q"] == query
    assert answer["total"] > 0 and answer["query"]["warnings"] == [], answer["query"]
    assert demo.get(address).status_code == 200


def test_the_help_shows_the_whole_language(demo):
    """Each line of README's table of the query language has its like on the page."""
    signs = ('"', "«", "!", "~", " / ", "\\", "OR", "|", "ИЛИ", " -", "НЕ", "(", "*", "?")
    fields = ("title:", "text:", "person:", "org:", "source:", "section:", "date:", "персона:")
    queries = "\n".join(query for rows in EXAMPLES.values() for query, _ in rows)
    assert [sign for sign in (*signs, *fields) if sign not in queries] == []
    for language in ("ru", "en"):
        assert demo.get(f"/help?lang={language}", follow_redirects=True).status_code == 200

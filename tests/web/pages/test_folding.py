"""Reprints on the pages: folded unless asked otherwise, and as many behind a link as it says."""

import html
import re
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from index.indexing import index_sources
from web.app import create_app

WAY = re.compile(r'<(?:a|link)\b[^>]*?href="(/[^"]*)"')
FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
TEXT = """Паром через Каменку отдадут музею речного флота, капитан Олег Белых водит экскурсии.
Ремонт начнётся в июне, а пока пассажиров возит автобус."""
OTHER = "Мост через Каменку закроют на ремонт, капитан Олег Белых построит понтон."
ROWS = [
    ("first", TEXT, "2021-05-03", "Заречье", ["Олег Белых"]),
    ("again", TEXT, "2021-05-04", "Речинформ", ["Олег Белых", "Анна Котова"]),
    ("later", TEXT, "2021-07", "Речинформ", ["Олег Белых"]),
    ("undated", TEXT, None, "Край", []),
    ("bridge", OTHER, "2021-07-01", "Край", ["Олег Белых", "Анна Котова"]),
    ("bridge again", OTHER, "2021-07-05", "Заречье", ["Олег Белых"]),
    ("school", "Школу в Каменке покрасили в синий цвет.", "2021-07-06", "Край", ["Анна Котова"]),
    ("old", "Баня на Каменке сгорела.", None, "Край", ["Олег Белых"]),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory, write_rows):
    """A client over four stories in eight articles."""
    home = tmp_path_factory.mktemp("folding")
    rows = [
        {"id": id, "title": id, "text": text, "date": date, "source": source, "persons": persons}
        for id, text, date, source, persons in ROWS
    ]
    rows = [row | {"organizations": ["Флот"], "mentions": []} for row in rows]
    index_sources(home / "index", [write_rows(home / "rows.jsonl", rows)])
    return create_app(home / "index").test_client()


def opened(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.headers.get("Location"))
    return html.unescape(answer.text)


def found(client, address: str) -> int:
    """What the heading of the search page says behind an address."""
    heading = re.search("<h1>(.*?)</h1>", opened(client, address)).group(1)
    return int("0" + "".join(re.findall(r"\d", heading)))


def counted(page: str, pattern: str) -> list[tuple[str, int]]:
    """Addresses and the numbers that stand with them."""
    links = [(address, int(count)) for address, count in re.findall(pattern, page, re.S)]
    assert links, pattern
    return links


def params(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def test_each_story_is_one_hit_until_all_publications_are_asked_for(client):
    folded = opened(client, "/?sort=-date")
    assert (
        "<h1>4 новости в подшивке</h1>" in folded and "показать 8 статей с перепечатками" in folded
    )
    assert folded.count('class="hit"') == 4
    assert '<a href="/articles/first#publications">ещё 3 перепечатки</a>' in folded
    (unfold,) = re.findall(r'<a id="fold" href="([^"]*)">показать', folded)
    assert unfold == "/?group=articles"
    whole = opened(client, unfold)
    assert "<h1>8 статей в подшивке</h1>" in whole and whole.count('class="hit"') == 8
    assert "новост" not in whole.split("</main>")[0].split('class="results"')[0]
    (fold,) = re.findall(r'<a id="fold" href="([^"]*)">сложить перепечатки</a>', whole)
    assert fold == "/?sort=-date"
    assert "<title>Все новости — " in folded and "<title>Все статьи — " in whole


def test_what_is_folded_is_said_in_english_and_in_titles(client):
    page = opened(client, f"/?q={quote('капитан')}&lang=en")
    assert "2 stories found" in page and "show 6 articles with reprints" in page
    for name in ("<title>", 'property="og:title" content="'):
        assert f"{name}капитан — 2 stories — Podshivka" in page
    unfolded = opened(client, f"/?q={quote('капитан')}&group=articles&lang=en")
    assert "<title>капитан — 6 articles — Podshivka" in unfolded and "fold reprints" in unfolded


def test_nothing_is_said_of_reprints_where_there_are_none(client):
    page = opened(client, f"/?q={quote('школа')}")
    assert "Найдена 1 новость" in page and 'id="fold"' not in page


@pytest.mark.parametrize("state", ["", "&group=articles", "&group=articles&lang=en"])
@pytest.mark.parametrize(
    "page", ["/?q=капитан&from=2021", "/facets/person?q=капитан&from=2021", "/articles/again?q=капитан&from=2021"]
)  # fmt: skip
def test_links_and_forms_keep_the_state(client, page, state):
    text = opened(client, page + state)
    kept = [("group", "articles")] if "group" in state else []
    leading = [
        asked
        for address in WAY.findall(text)
        if not address.startswith(("/theme", "/api"))
        and ("q", "капитан") in (asked := params(address))
        and not (address.startswith("/compare"))
    ]
    switch = 1 if page.startswith("/?") else 0
    other = [asked for asked in leading if [p for p in asked if p[0] == "group"] != kept]
    assert len(leading) > 1 and len(other) == switch
    hidden = {pair for pair in FIELD.findall(text) if pair[0] == "group"}
    assert hidden == (set(kept) if not page.startswith("/articles") else set())


@pytest.mark.parametrize(
    "page, told",
    [
        ("/?q=капитан", "Забрать найденное без перепечаток:"),
        ("/?q=капитан&group=articles", "Забрать найденное:"),
        ("/?q=школу", "Забрать найденное:"),
    ],
)
def test_files_without_reprints_are_called_so(client, page, told):
    assert re.search('<p class="exports">(.*)', opened(client, page)).group(1) == told


@pytest.mark.parametrize("group", ["", "&group=articles"])
@pytest.mark.parametrize("q", ["", "q=капитан&"])
def test_exports_hold_just_what_the_page_shows(client, q, group):
    page = f"/?{q}sort=-date{group}" if q else f"/?{group[1:] or 'sort=-date'}"
    text = opened(client, page)
    files = {a.split("format=")[1].split("&")[0]: a for a in WAY.findall(text) if "export" in a}
    hits = re.findall(r'<h2><a href="/articles/([^"?]*)', text)
    lines = client.get(files["jsonl"]).text.splitlines()
    assert [re.search('"id": ?"(.*?)"', line).group(1) for line in lines] == [
        id.replace("%20", " ") for id in hits
    ]
    assert client.get(files["rss"]).text.count("<item>") == len(hits) == found(client, page)
    (link,) = re.findall("<link>http://localhost(/[?].*?)</link>", client.get(files["rss"]).text)
    assert found(client, html.unescape(link)) == len(hits)


@pytest.mark.parametrize("group", ["", "&group=articles"])
@pytest.mark.parametrize("interval", ["", "&interval=month", "&interval=day"])
def test_numbers_of_the_search_page_are_found_behind_it(client, group, interval):
    start = f"/?q={quote('капитан OR школа OR баня')}{interval}{group}"
    page = opened(client, start)
    bars = counted(page, r'<a href="([^"]*)" data-start="[^"]*"[^>]*><title>[^:]*: (\d+)')
    undated = counted(page, r'<a href="([^"]*)">ещё (\d+) без даты')
    boxes = re.findall(
        r'name="(person|org|source)" value="([^"]*)">.*?<span class="count">(\d+)<', page
    )
    assert len({field for field, _, _ in boxes}) == 3
    filtered = [(f"/?{field}={value}&{start[2:]}", int(n)) for field, value, n in boxes]
    for address, count in bars + undated + filtered:
        asked = client.get(address, follow_redirects=True).request
        assert found(client, asked.full_path) == count, address
    shares = [tuple(map(int, pair)) for pair in re.findall(r"(\d+)\D+? из (\d+),", page)]
    assert all(some <= of_all for some, of_all in shares)


@pytest.mark.parametrize("interval", ["", "?interval=day"])
def test_numbers_of_a_person_are_found_behind_them(client, interval):
    (address,) = {a for a in WAY.findall(opened(client, "/")) if a.startswith("/persons/oleg")}
    page = opened(client, address + interval)
    links = [
        *counted(page, r'<a href="([^"]*)">в (\d+) стат'),
        *counted(page, r'<a href="([^"]*)" data-start="[^"]*"[^>]*><title>[^:]*: (\d+) стат'),
        *counted(page, r'<a href="([^"]*)">ещё (\d+) без даты'),
        *counted(page, r'class="both" lang="ru" href="([^"]*)".*?<span class="count">(\d+)<'),
    ]
    assert [(link, found(client, link)) for link, _ in links] == links
    assert links[0][1] == 6
    (latest,) = re.findall('class="brief">(.*?)</ul>', page, re.S)
    assert latest.count("<li>") == 3 and ">Последние новости</h2>" in page


def test_numbers_of_the_start_page_are_found_behind_them(client):
    page = opened(client, "/")
    assert "8 статей в подшивке" in page
    links = [
        *counted(page, r'<a href="([^"]*)">(\d+) без даты'),
        *counted(page, r'class="count" href="([^"]*)" aria-label="[^"]*">(\d+)<'),
        *counted(page, r'<td class="(?:shade-\d|year)"><a href="([^"]*)">(\d+)<'),
        *counted(page, r'<dt><a href="(/[^"]*)" lang="ru">.*?\((\d+) новост'),
    ]
    assert [(link, found(client, link)) for link, _ in links] == links
    assert page.count('class="brief"') == 1 and ">again</a>" not in page


def test_numbers_of_a_comparison_are_found_behind_them(client):
    compared = f"/compare?person={quote('Олег Белых')}&q={quote('каменка')}"
    page = html.unescape(client.get(compared, follow_redirects=True).text)
    links = [
        *counted(page, r'class="counts"><a href="([^"]*)">(\d+) стат'),
        *counted(page, r'<a href="([^"]*)">ещё (\d+) без даты'),
        *counted(page, r'<td class="number(?: own)?"><a href="([^"]*)">(\d+)<'),
        *counted(page, r'<a class="of-\d" href="([^"]*)"[^>]*aria-label="[^"]*?: (\d+) стат'),
    ]
    assert [(link, found(client, link)) for link, _ in links] == links


def test_a_reprint_leads_on_among_stories(client):
    page = opened(client, "/articles/again?sort=date")
    assert "1 из 4" in page and "К результатам" in page
    assert "из 8" in opened(client, "/articles/again?sort=date&group=articles")
    assert "Ко всем новостям" in opened(client, "/articles/again")


def test_a_wrong_group_is_an_error_with_the_choices(client):
    answer = client.get("/?q=мост&group=stories")
    assert answer.status_code == 400 and "articles, reprints" in answer.text
    assert f'href="/?q={quote("мост")}">' in answer.text

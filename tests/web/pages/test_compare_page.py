"""The comparison's page: what is drawn, told and linked."""

import html
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest

from web.app import create_app

ASKED = [("person", "Рустам Тагиев"), ("org", "ДСМ"), ("q", "мост")]


@pytest.fixture(scope="module")
def demo(demo_folder):
    return create_app(demo_folder).test_client()


def opened(client, *pairs) -> str:
    answer = client.get(f"/compare?{urlencode(pairs)}")
    assert answer.status_code == 200, answer.headers.get("Location")
    return html.unescape(answer.text)


def test_each_item_has_a_row_of_bars_that_lead_to_its_articles(demo):
    answer = demo.get(f"/api/v1/compare?{urlencode(ASKED)}").json
    rows = opened(demo, *ASKED).split('<svg class="row"')[1:]
    assert len(rows) == 3
    for number, row in enumerate(rows):
        bars = re.findall(r'<a href="([^"]*)" tabindex="-1"><title>([^<]*)</title>', row)
        assert len(bars) == sum(value["counts"][number] > 0 for value in answer["values"])
        address, told = bars[0]
        first = next(value for value in answer["values"] if value["counts"][number])
        found = demo.get(f"/api/v1/search?{urlsplit(address).query}").json
        assert found["total"] == first["counts"][number]
        assert f"из {first['total']} в подшивке" in told


def test_the_matrix_leads_to_the_articles_of_both(demo):
    answer = demo.get(f"/api/v1/compare?{urlencode(ASKED)}").json
    page = opened(demo, *ASKED, ("q", "паром"))
    matrix = page.split('<table class="matrix">')[1].split("</table>")[0]
    cells = re.findall(r'<a href="([^"]*)">(\d+)</a>', matrix)
    assert len(cells) > 9
    for address, count in cells:
        assert demo.get(f"/api/v1/search?{urlsplit(address).query}").json["total"] == int(count)
    assert str(answer["together"][0][2]) in dict(cells).values()


def test_the_numbers_are_a_table_and_a_file(demo):
    page = opened(demo, *ASKED, ("interval", "year"))
    answer = demo.get(f"/api/v1/compare?{urlencode([*ASKED, ('interval', 'year')])}").json
    table = page.split('<table class="numbers">')[1]
    for value in answer["values"]:
        assert f"{value['start']} год" in table
    (address,) = re.findall(r'<a href="([^"]*)" rel="nofollow">CSV</a>', page)
    assert demo.get(address).text.count("\n") == len(answer["values"]) + 1


def test_shares_are_switched_by_a_link_and_back(demo):
    page = opened(demo, *ASKED)
    (address,) = re.findall(r'<a href="([^"]*)">долю, %</a>', page)
    assert ("bars", "share") in parse_qsl(urlsplit(address).query)
    shares = html.unescape(demo.get(address).text)
    assert "100\xa0%" in shares and 'aria-current="true">долю, %' in shares
    assert re.findall(r'<a href="([^"]*)">число статей</a>', shares)[0].count("bars") == 0


def test_what_the_form_sends_becomes_a_short_address(demo):
    sent = [
        ("person", "Тагиев"),
        ("as", "q"),
        ("add", " мост "),
        ("from", ""),
        ("interval", "auto"),
    ]
    answer = demo.get(f"/compare?{urlencode(sent)}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/compare?person={quote('Тагиев')}&q={quote('мост')}"
    english = demo.get(f"/compare?{urlencode([('add', 'ДСМ'), ('as', 'org'), ('lang', 'en')])}")
    assert english.headers["Location"] == f"/compare?org={quote('ДСМ')}&lang=en"


def test_an_item_is_taken_away_by_a_link(demo):
    page = opened(demo, *ASKED)
    (address,) = re.findall(r'href="([^"]*)" aria-label="Убрать: мост"', page)
    assert parse_qsl(urlsplit(address).query) == ASKED[:2]


def test_no_more_than_five(demo):
    five = [("q", word) for word in ("мост", "школа", "суд", "театр", "паром")]
    page = opened(demo, *five)
    assert "не больше 5" in page and 'name="add"' not in page
    more = demo.get(f"/compare?{urlencode([*five, ('q', 'река')])}")
    assert more.status_code == 400 and "Сравнить можно не больше 5." in more.text


def test_what_is_unknown_is_told_beside_it(demo):
    page = opened(demo, ("person", "Никто"), ("q", "(мост"))
    assert "Имени «Никто» в подшивке нет" in page and "Скобка в запросе без пары" in page


def test_without_items_the_page_offers_some(demo, client):
    page = opened(demo)
    (address,) = re.findall(r'Например: <a href="([^"]*)"', page)
    assert demo.get(address).status_code == 200 and address.count("person=") == 2


def test_days_of_one_month_are_labelled_as_such(demo):
    page = opened(demo, ("q", "мост"), ("from", "2021-02"), ("to", "2021-02"))
    assert "Статьи по дням" in page and re.search(r"\d+ февраля 2021", page)


def test_the_way_from_shares_of_a_search_leads_to_shares(demo):
    page = html.unescape(demo.get("/?person=Тагиев&bars=share").text)
    (address,) = re.findall(r'<a href="(/compare[^"]*)">сравнить</a>', page)
    assert 'aria-current="true">долю, %' in html.unescape(demo.get(address).text)

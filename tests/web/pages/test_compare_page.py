"""The comparison's page: what is drawn, told and linked."""

import html
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest

from index.indexing import index_sources
from search.facets.histogram import MOST_SEEN
from web.app import create_app

TAGIEV = "rustam-geydar-ogly-tagiev-acd078daf5"
DSM = "direktsiya-stroitelstva-mostov-9d01546e93"
ASKED = [("person", TAGIEV), ("org", DSM), ("q", "мост")]


@pytest.fixture(scope="module")
def demo(demo_folder):
    return create_app(demo_folder).test_client()


def opened(client, *pairs) -> str:
    answer = client.get(f"/compare?{urlencode(pairs)}")
    assert answer.status_code == 200, answer.headers.get("Location")
    return html.unescape(answer.text)


def test_each_item_has_a_line_whose_points_lead_to_its_articles(demo):
    answer = demo.get(f"/api/v1/compare?{urlencode(ASKED)}").json
    page = opened(demo, *ASKED)
    assert len(re.findall(r'<path class="line of-\d" d="M', page.split('class="plot"')[1])) == 3
    for number in range(3):
        points = re.findall(
            rf'<a class="of-{number}" href="([^"]*)"[^>]* aria-label="([^"]*)"', page
        )
        assert len(points) == sum(value["counts"][number] > 0 for value in answer["values"])
        address, told = points[0]
        first = next(value for value in answer["values"] if value["counts"][number])
        found = demo.get(f"/api/v1/search?{urlsplit(address).query}").json
        assert found["total"] == first["counts"][number]
        assert f"из {first['total']} в подшивке" in told


def test_every_month_says_the_numbers_of_all_items(demo):
    answer = demo.get(f"/api/v1/compare?{urlencode(ASKED)}").json
    titles = re.findall(r"<title>([^<]*)</title><rect class=\"place\"", opened(demo, *ASKED))
    assert len(titles) == len(answer["values"])
    for title, value in zip(titles, answer["values"]):
        archive, *lines = title.splitlines()
        assert re.search(rf": {value['total']} стат\S+ в подшивке$", archive)
        said = [re.fullmatch(r"(.*): (\d+)(?: \(.*%\))?", line) for line in lines]
        assert [int(one[2]) for one in said] == value["counts"]
        assert [one[1] for one in said][-1] == "«мост»"


def test_a_month_asked_for_in_part_leads_to_that_part(demo):
    pairs = [("q", "мост"), ("from", "2021-02-10"), ("to", "2021-06-15"), ("interval", "month")]
    answer = demo.get(f"/api/v1/compare?{urlencode(pairs)}").json
    points = re.findall(r'<a class="of-0" href="([^"]*)"', opened(demo, *pairs))
    first = dict(parse_qsl(urlsplit(points[0]).query))
    assert (first["from"], first["to"]) == ("2021-02-10", "2021-02")
    totals = [demo.get(f"/api/v1/search?{urlsplit(url).query}").json["total"] for url in points]
    assert totals == [value["counts"][0] for value in answer["values"] if value["counts"][0]]


def test_articles_without_a_date_are_counted_beside_and_found(demo):
    page = opened(demo, ("q", "мост"))
    ((address, missing),) = re.findall(r'<a href="([^"]*)">ещё (\d+) без даты</a>', page)
    found = demo.get(f"/api/v1/search?{urlsplit(address).query}").json
    assert found["total"] == int(missing) > 0


def test_the_interval_is_switched_by_links_and_stays_what_fits(demo):
    page = opened(demo, *ASKED)
    assert 'aria-current="true">по месяцам' in page
    (years,) = re.findall(r'<a href="([^"]*)">по годам</a>', page)
    assert ("interval", "year") in parse_qsl(urlsplit(years).query)
    page = html.unescape(demo.get(years).text)
    assert 'aria-current="true">по годам' in page
    (fitting,) = re.findall(r'<a href="([^"]*)">по месяцам</a>', page)
    assert parse_qsl(urlsplit(fitting).query) == ASKED


@pytest.mark.parametrize("other", ["2022-01-01", "1988-01-01"])
def test_intervals_that_cannot_be_told_apart_are_not_offered_and_widened(
    tmp_path, other, write_rows
):
    rows = [
        {"id": date, "text": "Мост.", "date": date, "mentions": []}
        for date in ("2020-01-01", "2020-01-02", other)
    ]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    client = create_app(tmp_path / "index").test_client()
    page = opened(client, ("q", "мост"))
    assert ">по дням<" not in page and "слишком мелко" not in page
    page = opened(client, ("q", "мост"), ("interval", "day"))
    assert "Считать по дням здесь слишком мелко, поэтому показано по месяцам." in page
    assert 'aria-current="true">по месяцам' in page and ">по дням<" not in page
    assert 0 < page.count('class="column"') <= MOST_SEEN
    page = opened(client, ("q", "мост"), ("interval", "day"), ("from", "2020"), ("to", "2020"))
    assert 'data-interval="day"' in page and "слишком мелко" not in page


def test_a_comparison_of_no_dated_article_says_so_and_leads_to_all_dates(demo):
    page = opened(demo, ("q", "мост"), ("from", "1950"), ("to", "1951"))
    assert "За эти даты статей нет" in page and 'class="plot"' not in page
    (address,) = re.findall(r'<a href="([^"]*)">все даты</a>', page)
    assert parse_qsl(urlsplit(address).query) == [("q", "мост")]


def test_the_matrix_leads_to_the_articles_of_both(demo):
    answer = demo.get(f"/api/v1/compare?{urlencode(ASKED)}").json
    page = opened(demo, *ASKED, ("q", "паром"))
    matrix = page.split('<table class="matrix">')[1].split("</table>")[0]
    cells = re.findall(r'<a href="([^"]*)">(\d+)</a>', matrix)
    assert len(cells) > 9 and "«паром»" in matrix
    for address, count in cells:
        assert demo.get(f"/api/v1/search?{urlsplit(address).query}").json["total"] == int(count)
    assert str(answer["together"][0][2]) in dict(cells).values()


def test_the_numbers_are_a_table_and_a_file(demo):
    page = opened(demo, *ASKED, ("interval", "year"))
    answer = demo.get(f"/api/v1/compare?{urlencode([*ASKED, ('interval', 'year')])}").json
    table = page.split('<details class="numbers">')[1].split("</details>")[0]
    rows = re.findall(r'<tr data-start="(\d+)">(.*)</tr>', table)
    assert [start for start, _ in rows] == [value["start"] for value in answer["values"]]
    for (_, row), value in zip(rows, answer["values"]):
        numbers = [int(n) for n in re.findall(r">(\d+)(?:</a>)?</td>", row)]
        assert numbers == [*value["counts"], value["total"]]
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
    assert answer.headers["Location"] == f"/compare?person={TAGIEV}&q={quote('мост')}"
    english = demo.get(f"/compare?{urlencode([('add', 'ДСМ'), ('as', 'org'), ('lang', 'en')])}")
    assert english.headers["Location"] == f"/compare?org={DSM}&lang=en"


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
    page = html.unescape(demo.get(f"/?person={TAGIEV}&bars=share").text)
    (address,) = re.findall(r'<a href="(/compare[^"]*)">сравнить</a>', page)
    assert 'aria-current="true">долю, %' in html.unescape(demo.get(address).text)

"""The period of the search page: typed the wrong way round, or not as a date."""

import re
from urllib.parse import quote

import pytest


def opened(client, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def field(page: str, name: str) -> str:
    return re.search(f'<input form="search" name="{name}"[^>]*>', page).group(0)


def total(page: str) -> str:
    return re.search("<h1>(.*?)</h1>", page).group(1)


@pytest.mark.parametrize(
    "given", ["from=2022-09&to=2022-08", "q=&from=01.09.2022&to=август+2022&person="]
)
def test_a_period_written_backwards_is_turned_with_a_notice(client, given):
    page = opened(client, f"/?{given}")
    right = opened(client, f"/?from=2022-08&to={'2022-09-01' if '01' in given else '2022-09'}")
    notice = "Начало и конец периода стояли наоборот, их поменяли местами."
    assert notice in page and notice not in right
    for name in ("from", "to"):
        assert field(page, name) == field(right, name)
    assert total(page) == total(right)


@pytest.mark.parametrize("end, other", [("from", "to"), ("to", "from")])
def test_what_is_no_date_is_told_beside_its_field_and_passed_over(client, end, other):
    page = opened(client, f"/?q=визит&{end}=вчера&{other}=2022-08")
    typed = field(page, end)
    assert 'value="вчера"' in typed and 'aria-invalid="true"' in typed
    described = re.search('aria-describedby="([^"]*)"', typed).group(1)
    told = re.search(f'<p[^>]* id="{described}"[^>]*>(.*?)</p>', page).group(1)
    assert told == (
        "«вчера» — не дата. Пишите 2022-08-19, 2022-08 или 2022. Эту границу периода не учли."
    )
    assert "aria-invalid" not in field(page, other)
    assert total(page) == total(opened(client, f"/?q=визит&{other}=2022-08"))


def test_both_ends_may_be_no_dates(client):
    page = opened(client, "/?from=2022-02-31&to=%22%3E&lang=en")
    assert "“2022-02-31” is no date." in page and "“&#34;&gt;” is no date." in page
    assert total(page) == total(opened(client, "/?sort=-date&lang=en"))


def test_a_comparison_mends_its_period_too(client):
    page = opened(client, "/compare?q=визит&from=2022-09&to=2022-08")
    assert "их поменяли местами" in page
    assert 'name="from" value="2022-08"' in page and 'name="to" value="2022-09"' in page
    page = opened(client, "/compare?q=визит&from=вчера&add=")
    assert "«вчера» — не дата." in page and 'name="from" value="вчера"' in page


def test_links_lead_on_without_what_could_not_be_read(client):
    page = opened(client, "/?q=визит&from=вчера")
    links = [link for link in re.findall('href="(/[?][^"]*)"', page) if "lang=" not in link]
    assert links
    assert not [link for link in links if quote("вчера") in link]

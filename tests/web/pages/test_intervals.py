"""Intervals that are too fine for the dates of a page."""

import html
import re

import pytest

from index.indexing import index_sources
from search import Archive
from web.app import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory, write_rows):
    """A client over ten years, with an article in each month."""
    home = tmp_path_factory.mktemp("years")
    rows = [
        {"text": f"{n}", "date": f"{2011 + n // 12}-{n % 12 + 1:02}-05", "persons": ["Олег Белых"]}
        for n in range(120)
    ]
    index_sources(
        home / "index", [write_rows(home / "rows.jsonl", [r | {"mentions": []} for r in rows])]
    )
    return create_app(home / "index").test_client()


def opened(client, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200 and answer.request.full_path.rstrip("?") == address
    return html.unescape(answer.text)


def drawn(page: str) -> list[str]:
    return re.findall(r'<figure class="timeline" data-interval="(\w+)"', page)


def own_page(client) -> str:
    return re.search(r'href="(/persons/[^"]*)"', client.get("/").text).group(1)


@pytest.mark.parametrize("which", ["search", "person"])
def test_days_of_ten_years_are_drawn_as_months_and_that_is_said(client, which):
    start = "/" if which == "search" else own_page(client)
    fitting = opened(client, start + ("?sort=-date" if which == "search" else ""))
    page = opened(client, f"{start}?interval=day")
    assert "слишком мелко, поэтому показано по месяцам" in page
    assert "слишком мелко" not in fitting and drawn(page) == drawn(fitting) == ["month"]
    assert "Counting by day is too fine" in opened(client, f"{start}?interval=day&lang=en")
    days = client.get("/api/v1/search?interval=day").json["facets"]["date"]["values"]
    assert len(days) > 3000


@pytest.mark.parametrize("page", ["/?sort=-date", "/compare?q=старая&q=новая"])
def test_years_of_four_centuries_are_counted_once(tmp_path, write_rows, monkeypatch, page):
    dates = {"1605": "старая", "2025": "новая"}
    rows = [{"text": text, "date": date, "mentions": []} for date, text in dates.items()]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    client, counted = create_app(tmp_path / "index").test_client(), []
    for name in ("search", "compare"):
        answer = getattr(Archive, name)
        monkeypatch.setattr(Archive, name, lambda *a, b=answer: counted.append(a) or b(*a))
    assert "1605" in opened(client, page) and len(counted) == 1


def test_days_are_drawn_of_the_dates_that_are_looked_at_closer(client):
    page = opened(client, "/?from=2013-04&to=2013-05&interval=day")
    assert drawn(page) == ["month", "day"] and "слишком мелко" not in page
    assert '<input type="hidden" name="interval" value="day">' in page


def test_months_are_drawn_where_they_are_asked_for(client):
    page = opened(client, "/?interval=year")
    assert drawn(page) == ["year"] and "слишком мелко" not in page

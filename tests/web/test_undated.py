"""An article whose date has no year, as the page and the API show it."""

import pytest

from index.indexing import index_sources
from web.app import create_app


@pytest.fixture
def client(tmp_path, write_rows):
    text = "19 августа в Астане состоялось заседание."
    council = {"id": "council", "title": "Совет", "text": text, "mentions": []}
    bridge = {"id": "bridge", "title": "Мост", "text": "Мост.", "date": "2021", "mentions": []}
    month = {"id": "month", "title": "Река", "text": "Река.", "date": "2022-08", "mentions": []}
    rows = [council, bridge, month]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    return create_app(tmp_path / "index").test_client()


def test_a_date_without_a_year_is_shown_as_it_is_written(client):
    (result,) = client.get("/api/v1/search?q=совет").get_json()["results"]
    assert (result["date"], result["date_precision"]) == (None, "none")
    assert result["date_written"] == "19 августа"
    for path in ("/", "/?sort=-date", "/articles/council"):
        assert "19 августа, год неизвестен" in client.get(path).get_data(as_text=True)


def found(client, query):
    return sorted(hit["id"] for hit in client.get(f"/api/v1/search?{query}").get_json()["results"])


def test_articles_without_a_date_are_found(client):
    assert found(client, "date.missing=1") == ["council"]
    assert found(client, "date.missing=1&from=2022") == ["council", "month"]
    assert found(client, "date.missing=1&q=мост") == []
    assert found(client, "date.missing=0") == ["bridge", "council", "month"]
    assert client.get("/api/v1/search?date.missing=2").status_code == 400


def test_the_page_leads_to_articles_without_a_date_and_back(client):
    assert 'href="/?date.missing=1&amp;group=articles">1 без даты' in client.get("/").get_data(
        as_text=True
    )
    everything = client.get("/?sort=-date").get_data(as_text=True)
    assert 'href="/?date.missing=1">ещё 1 без даты' in everything
    page = client.get("/?date.missing=1").get_data(as_text=True)
    assert "без даты" in page and "Совет" in page and "Река" not in page
    assert 'href="/?from=2022-08&amp;to=2022-08"' in page


def test_a_month_lies_in_its_year_and_is_never_shown_as_its_first_day(client):
    assert found(client, "from=2022&to=2022") == ["month"]
    assert found(client, "from=2022-08-01&to=2022-08-15") == []
    assert found(client, "from=2022-08-01&to=2022-08-31") == ["month"]
    page = client.get("/?q=река").get_data(as_text=True)
    assert "август 2022" in page and "1 августа" not in page
    values = client.get("/api/v1/search?interval=month").get_json()["facets"]["date"]["values"]
    assert [value["start"] for value in values if value["count"]] == ["2022-08"]

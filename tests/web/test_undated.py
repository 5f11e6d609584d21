"""An article whose date has no year, as the page and the API show it."""

import pytest

from index.indexing import index_sources
from web.app import create_app


@pytest.fixture
def client(tmp_path, write_rows):
    text = "19 августа в Астане состоялось заседание."
    rows = [{"id": "council", "title": "Совет", "text": text, "mentions": []}]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    return create_app(tmp_path / "index").test_client()


def test_a_date_without_a_year_is_shown_as_it_is_written(client):
    (result,) = client.get("/api/v1/search").get_json()["results"]
    assert (result["date"], result["date_precision"]) == (None, "none")
    assert result["date_written"] == "19 августа"
    for path in ("/", "/articles/council"):
        assert "19 августа, год неизвестен" in client.get(path).get_data(as_text=True)

import csv
import io

import feedparser
import orjson
import pytest


def test_the_links_of_an_answer_hold_all_its_results(client):
    answer = client.get("/api/v1/search?limit=1&q=совет OR визит").get_json()
    for format in ("csv", "jsonl", "ris", "bibtex"):
        exported = client.get(answer["links"][format])
        assert exported.status_code == 200
        assert exported.headers["Content-Disposition"].startswith("attachment; filename=podshivka.")
    rows = client.get(answer["links"]["jsonl"]).data.splitlines()
    assert len(rows) == answer["total"] > 1
    assert orjson.loads(rows[0]).items() >= answer["results"][0].items()
    table = client.get(answer["links"]["csv"]).text
    assert len(list(csv.reader(io.StringIO(table)))) == answer["total"] + 1


def test_a_limit_that_is_given_counts(client):
    rows = client.get("/api/v1/export?format=jsonl&limit=1&offset=1").data.splitlines()
    second = client.get("/api/v1/search?limit=1&offset=1").get_json()["results"][0]
    assert [orjson.loads(row)["id"] for row in rows] == [second["id"]]


@pytest.mark.parametrize("asked", ["", "?format=pdf", "?format=csv&limit=many", "?format=csv&x=1"])
def test_a_wrong_request_is_a_problem(client, asked):
    answer = client.get(f"/api/v1/export{asked}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_a_feed_is_read_back(client):
    answer = client.get("/api/v1/search?q=визит OR совет").get_json()
    feed = feedparser.parse(client.get(answer["links"]["rss"]).data)
    assert not feed.bozo and feed.version == "rss20"
    assert {entry.id for entry in feed.entries} == {result["id"] for result in answer["results"]}
    visit = next(entry for entry in feed.entries if entry.id == "visit")
    assert visit.link == "https://kaspiy.example/visit"
    assert visit.published.startswith("Wed, 24 Aug 2022")
    assert "Касым-Жомарт Токаев" in [tag.term for tag in visit.tags]
    days = [entry.published_parsed for entry in feed.entries if "published" in entry]
    assert days == sorted(days, reverse=True)


def test_the_page_offers_them(client):
    page = client.get("/?q=визит").text
    assert 'rel="alternate" type="application/rss+xml"' in page
    assert "/api/v1/export?format=csv&amp;q=" in page
    assert "дата обращения" in client.get("/articles/visit").text

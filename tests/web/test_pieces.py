"""Results in pieces over HTTP: each answer leads on to the next."""

import csv
import io
import re

import orjson
import pytest

from web.app import create_app
from web.settings import Settings

SITE = "http://localhost"


def pieces(client, path):
    """The answers from one header Link to the next, and their addresses."""
    while path:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        assert answer.data
        yield path, answer
        found = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("Link", ""))
        assert found or "Link" not in answer.headers
        path = found and found[1].removeprefix(SITE)


def test_pages_lead_on(client):
    found = [answer.json for _, answer in pieces(client, "/api/v1/search?limit=3&q=мост OR визит")]
    assert [len(page["results"]) for page in found] == [3, 1]
    assert found[0]["links"]["next"] == found[1]["links"]["self"]
    assert found[0]["next"] in found[0]["links"]["next"]
    assert (found[1]["next"], "next" in found[1]["links"]) == (None, False)
    assert found[0]["total"] == found[1]["total"] == 4


@pytest.mark.parametrize("query", ["", "&q=мост OR визит", "&sort=date&offset=1&group=reprints"])
@pytest.mark.parametrize("format", ["jsonl", "ris", "bibtex"])
def test_pieces_of_an_export_put_together_are_the_file(client, format, query):
    path = f"/api/v1/export?format={format}{query}"
    found = list(pieces(client, f"{path}&limit=2"))
    assert len(found) >= 2
    assert all("limit=2" in path and f"format={format}" in path for path, _ in found)
    assert b"".join(answer.data for _, answer in found) == client.get(path).data


def test_each_piece_of_a_table_has_its_header(client):
    path = "/api/v1/export?format=csv"
    tables = [
        list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        for _, answer in pieces(client, f"{path}&limit=3")
    ]
    (header, *rows) = csv.reader(io.StringIO(client.get(path).text.removeprefix("\ufeff")))
    assert [table[0] for table in tables] == [header] * 3
    assert [row for table in tables for row in table[1:]] == rows


def test_a_file_that_broke_off_goes_on_after_its_last_whole_line(client):
    whole = client.get("/api/v1/export?format=jsonl&q=мост OR визит").data
    broken = whole[: whole.rindex(b"\n", 0, -1) - 100]
    kept = broken[: broken.rindex(b"\n") + 1]
    cursor = orjson.loads(kept.splitlines()[-1])["cursor"]
    rest = client.get(f"/api/v1/export?format=jsonl&q=мост OR визит&after={cursor}").data
    assert kept + rest == whole


def test_a_piece_may_be_larger_than_a_page(client):
    assert len(client.get("/api/v1/export?format=jsonl&limit=1000").data.splitlines()) == 8
    assert client.get("/api/v1/export?format=jsonl&limit=0").data == b""
    answer = client.get("/api/v1/export?format=jsonl&limit=all")
    assert (answer.status_code, answer.json["parameter"]) == (400, "limit")


@pytest.mark.parametrize("route", ["search?", "export?format=csv&"])
@pytest.mark.parametrize(
    "asked, rule, remedy",
    [
        ("after=nothing", "cursor", "не курсор и не идентификатор статьи"),
        ("q=визит&after=visit", "order", "Начните сначала или выберите порядок по дате"),
        ("q=мост&after={cursor}", "search", "Укажите те же запрос, отбор и порядок"),
    ],
)
def test_what_cannot_be_gone_on_from_is_a_problem(client, route, asked, rule, remedy):
    cursor = client.get("/api/v1/search?limit=1").json["next"]
    answer = client.get(
        f"/api/v1/{route}{asked.format(cursor=cursor)}", headers={"Accept-Language": "ru"}
    )
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert (answer.json["parameter"], answer.json["rule"]) == ("after", rule)
    assert remedy in answer.json["detail"]


def test_the_page_counts_its_pages_and_takes_no_cursor(client):
    answer = client.get("/?q=мост&after=nothing")
    assert (answer.status_code, "after" in answer.headers["Location"]) == (302, False)
    assert client.get("/articles/visit?q=визит&after=nothing").status_code == 200


def test_the_feed_begins_with_the_newest(client):
    feed = client.get("/api/v1/export?format=rss")
    assert client.get("/api/v1/export?format=rss&limit=1&after=council").data == feed.data


def test_a_page_of_another_site_sees_the_header(folder):
    client = create_app(folder, Settings(origins=("*",))).test_client()
    answer = client.get("/api/v1/search", headers={"Origin": "https://desk.example"})
    assert "Link" in answer.headers["Access-Control-Expose-Headers"]


def test_a_name_in_other_letters_is_written_in_ascii(folder):
    client = create_app(folder, Settings(hosts=("xn--80ak6aa92e.com",))).test_client()
    answer = client.get("/api/v1/search?limit=1", base_url="http://xn--80ak6aa92e.com/")
    assert answer.headers["Link"].startswith(
        "<http://xn--80ak6aa92e.com/api/v1/search?limit=1&after="
    )

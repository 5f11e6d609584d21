"""What is sent again and what is not: tags, 304, compression, other origins."""

import gzip
import shutil

import pytest

from index.indexing import index_sources
from search import Archive
from web.app import create_app
from web.settings import Settings

TAGGED = (
    "/api/v1/search?q=визит",
    "/api/v1/articles/visit",
    "/api/v1/persons/Эркин Тукумов",
    "/api/v1/facets/person?prefix=тук",
    "/api/v1/suggest?q=виз",
    "/api/v1/export?format=csv",
    "/api/v1/openapi.json",
    "/?q=визит",
    "/articles/visit",
)


@pytest.mark.parametrize("path", TAGGED)
def test_an_answer_that_is_known_is_not_sent_again(client, path):
    first = client.get(path)
    assert first.headers["ETag"].startswith('W/"')
    assert "no-cache" in first.headers["Cache-Control"]
    assert "Accept-Encoding" in first.headers["Vary"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get("/api/v1/search", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_the_tag_is_the_same_however_the_answer_is_sent(client, encoding):
    plain = client.get("/api/v1/search")
    packed = client.get("/api/v1/search", headers={"Accept-Encoding": encoding})
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (
        None,
        encoding,
    )
    assert plain.headers["ETag"] == packed.headers["ETag"]
    assert len(packed.data) < len(plain.data) / 2


def test_what_is_short_is_not_compressed_and_what_is_streamed_is(client):
    headers = {"Accept-Encoding": "gzip"}
    short = client.get("/api/v1/health", headers=headers)
    assert "Content-Encoding" not in short.headers
    streamed = client.get("/api/v1/export?format=jsonl", headers=headers)
    plain = client.get("/api/v1/export?format=jsonl")
    assert gzip.decompress(streamed.data) == plain.data


def test_a_commit_and_a_correction_change_every_tag(folder, tmp_path, write_rows):
    copy = shutil.copytree(folder, tmp_path / "index")
    client = create_app(copy).test_client()
    tags = [client.get("/api/v1/search").headers["ETag"]]
    rows = [{"id": "new", "text": "Новая статья.", "mentions": []}]
    index_sources(copy, [write_rows(tmp_path / "new.jsonl", rows)])
    tags.append(client.get("/api/v1/search").headers["ETag"])
    Archive(copy).correct("person", "hide", ["Эркин Тукумов"])
    tags.append(client.get("/api/v1/search").headers["ETag"])
    assert len(set(tags)) == 3
    client.set_cookie("theme", "dark")
    assert client.get("/", headers={"If-None-Match": tags[-1]}).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/health", "/api/v1/search?limit=many", "/nothing"])
def test_what_may_change_without_a_commit_is_not_kept(client, path):
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_other_origins_are_off_unless_asked_for(client):
    answer = client.get("/api/v1/search", headers={"Origin": "https://desk.example"})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    "origins, allowed",
    [(("https://desk.example",), "https://desk.example"), (("*",), "*")],
)
def test_an_origin_that_is_asked_for_may_read_the_api(folder, origins, allowed):
    client = create_app(folder, Settings(origins=origins, public=False)).test_client()
    asking = {"Origin": "https://desk.example", "Access-Control-Request-Method": "GET"}
    preflight = client.options("/api/v1/search", headers=asking)
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == allowed
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    refused = client.get("/api/v1/search", headers=asking)
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, allowed)
    assert "Access-Control-Allow-Origin" not in client.get("/sign-in", headers=asking).headers


def test_an_origin_that_was_not_asked_for_may_not(folder):
    client = create_app(folder, Settings(origins=("https://desk.example",))).test_client()
    for origin in ("https://evil.example", "https://desk.example.evil.example", "null"):
        answer = client.get("/api/v1/search", headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Origin" in answer.headers["Vary"]

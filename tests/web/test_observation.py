"""What a server tells of itself: log lines, health, metrics."""

import json
import logging
import shutil

import pytest

from index.indexing import index_sources
from index.ledger import FILE
from index.terminal import printable
from search import Archive
from web.access.tokens import new_token
from web.app import create_app
from web.logs import JsonLines
from web.settings import Settings


@pytest.fixture
def lines(caplog):
    """A function that gives the log's lines so far, as they are written."""
    caplog.set_level(logging.INFO)
    return lambda: [JsonLines().format(record) for record in caplog.records]


def test_a_request_is_a_line(folder, lines):
    client = create_app(folder, Settings(log=True)).test_client()
    for url in ("/api/v1/search?q=визит", "/?q=визит", "/articles/visit", "/api/v1/search?limit=x",
                "/nothing", "/api/v1/export?format=csv"):  # fmt: skip
        client.get(url).close()
    found = [json.loads(line) for line in lines()]
    shown = [(row["route"], row["status"], row["hits"], row["generation"]) for row in found]
    assert shown == [
        ("/api/v1/search", 200, 3, 1),
        ("/", 200, 3, 1),
        ("/articles/<article_id:id>", 200, None, 1),
        ("/api/v1/search", 400, None, None),
        (None, 404, None, None),
        ("/api/v1/export", 200, None, 1),
    ]
    assert all(row["ms"] > 0 and row["time"] and row["by"] is None for row in found)
    assert found[0]["asked"] == "/api/v1/search?q=визит"


def test_queries_and_tokens_can_be_left_out(folder, lines):
    token, secret = new_token("Дежурный", edit=False)
    settings = Settings(log=True, log_queries=False, session=token, public=False)
    client = create_app(folder, settings).test_client()
    own = {"Sec-Fetch-Site": "same-origin"}
    client.post("/sign-in", data={"token": secret}, headers=own).close()
    client.get("/?q=тайна").close()
    client.get("/articles/тайна").close()
    client.get("/api/v1/persons/тайна", headers={"Authorization": f"Bearer {secret}"}).close()
    written = "\n".join(lines())
    assert len(lines()) == 4
    assert "тайна" not in written and secret not in written
    assert json.loads(lines()[-1])["by"] == "Дежурный"


HOSTILE = "\n\r\t\x1b[31m\x07\x9b\u202e\u2028\u200b\U000e0001"


def test_no_character_of_a_request_acts_on_a_terminal_or_ends_a_line(folder, lines):
    app = create_app(folder, Settings(log=True))
    app.config["ARCHIVE"].article = lambda *asked: 1 / 0
    client = app.test_client()
    client.get("/api/v1/search", query_string={"q": f"мост{HOSTILE}"}).close()
    client.get("/articles/" + "мост%0A%1B[31m%C2%9B%E2%80%AE").close()
    client.get("/%0Aforged%1b").close()
    logging.getLogger("other").warning("said by %s", HOSTILE)
    for line in lines():
        assert printable(line) == line and "\n" not in line
        assert isinstance(json.loads(line), dict)
    assert json.loads(lines()[-1])["message"] == f"said by {HOSTILE}"
    assert any("ZeroDivisionError" in line for line in lines())


@pytest.mark.parametrize("text", ["мост", HOSTILE, "\U0001f600", "\u00a0"])
def test_what_is_made_printable_is_the_same_json(text):
    assert json.loads(printable(json.dumps(text, ensure_ascii=False))) == text


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "index")


def codes(archive: Archive) -> list[str]:
    return [row["code"] for row in archive.health()["degraded"]]


def test_health_says_how_old_the_index_is_and_what_degrades_it(copy, tmp_path, write_rows):
    archive = Archive(copy)
    found = archive.health()
    assert (found["status"], found["degraded"], found["articles"]) == ("ok", [], 8)
    assert found["age_s"] >= 0 and found["committed"].endswith("+00:00")
    (copy / FILE).write_text('{"op": "join"}\nвздор\n', "utf-8")
    assert codes(archive) == ["ledger"]
    (copy / FILE).unlink()
    for file in (*copy.glob("*.links"), *copy.glob("*.groups")):
        file.write_bytes(b"damaged")
    assert codes(Archive(copy)) == ["files"]
    for number in range(17):
        rows = [{"id": f"n{number}", "text": "Заметка.", "mentions": []}]
        index_sources(copy, [write_rows(tmp_path / "new.jsonl", rows)])
    assert set(codes(Archive(copy))) <= {"merge"}
    copy.rename(tmp_path / "away")
    assert "folder" in codes(archive)
    assert archive.health()["status"] == "degraded"


def test_a_commit_that_cannot_be_read_leaves_the_one_before(copy, tmp_path, write_rows, caplog):
    client = create_app(copy).test_client()
    assert client.get("/api/v1/search").json["total"] == 8
    before = set(copy.glob("*.seg"))
    rows = [{"id": "new", "text": "Заметка.", "mentions": []}]
    index_sources(copy, [write_rows(tmp_path / "new.jsonl", rows)])
    (added,) = set(copy.glob("*.seg")) - before
    content = added.read_bytes()
    added.write_bytes(content[:100])
    for _ in range(3):
        assert client.get("/api/v1/search").json["total"] == 8
    found = client.get("/api/v1/health").json
    assert (found["status"], [row["code"] for row in found["degraded"]]) == ("degraded", ["commit"])
    assert caplog.text.count("damaged") == 1


def test_metrics_are_there_when_asked_for(folder):
    assert create_app(folder).test_client().get("/metrics").status_code == 404
    client = create_app(folder, Settings(metrics=True)).test_client()
    client.get("/api/v1/search?q=визит")
    client.get("/api/v1/search?limit=x")
    client.get("/nothing")
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    for line in (
        'podshivka_requests_total{route="/api/v1/search",status="200"} 1.0',
        'podshivka_requests_total{route="/api/v1/search",status="400"} 1.0',
        'podshivka_requests_total{route="none",status="404"} 1.0',
        'podshivka_request_seconds_count{route="/api/v1/search"} 2.0',
        "podshivka_articles 8.0",
        "podshivka_generation 1.0",
        "podshivka_waiting_requests 0.0",
        "podshivka_degraded 0.0",
    ):
        assert line in answer.text
    private = create_app(folder, Settings(metrics=True, public=False)).test_client()
    assert private.get("/metrics").status_code in (303, 401)

"""Watching folders, files and feeds."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from click.testing import CliRunner

from index import watching
from index.__main__ import commands
from index.feeds import Feed, FeedError, is_address
from index.folder import open_index
from index.known import digests
from index.watching import Arrivals, watch

ROW = {"id": "a", "text": "Слова статьи.", "mentions": []}


def run(*arguments):
    return CliRunner().invoke(commands, list(map(str, arguments)))


@pytest.fixture
def server():
    """A server whose ``content`` is answered with an ETag; ``asked`` holds the statuses."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            tag = f'"{len(server.content)}"'
            status = 304 if self.headers["If-None-Match"] == tag else server.status
            server.asked.append(status)
            self.send_response(status)
            self.send_header("ETag", tag)
            self.end_headers()
            if status == 200:
                self.wfile.write(server.content)

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.content, server.status, server.asked = json.dumps(ROW).encode(), 200, []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}/feed.jsonl"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_file_arrives_when_it_stops_growing(tmp_path):
    arrivals = Arrivals([str(tmp_path)], tmp_path / "index")
    file = tmp_path / "a.txt"
    file.write_text("Мост", "utf-8")
    assert arrivals.look() == []
    file.write_text("Мост открыт", "utf-8")
    assert arrivals.look() == []
    assert arrivals.look() == [file]
    assert arrivals.look() == []


def test_a_changed_file_arrives_again_and_a_lost_one_does_not(tmp_path):
    arrivals = Arrivals([str(tmp_path)], tmp_path / "index")
    file, other = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_text("Мост открыт", "utf-8")
    other.write_text("Река", "utf-8")
    arrivals.look()
    assert arrivals.look() == [file, other]
    file.write_text("Мост", "utf-8")
    other.unlink()
    assert arrivals.look() == []
    assert arrivals.look() == [file]


def test_watch_indexes_what_is_there_and_a_shorter_file_is_a_new_version(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "SETTLING_S", 0.05)
    (tmp_path / "news").mkdir()
    file = tmp_path / "news" / "a.jsonl"
    file.write_text(json.dumps(ROW) + "\n", "utf-8")
    command = ["watch", tmp_path / "news", "--index", tmp_path / "index", "--once"]
    assert run(*command).stdout.startswith("1 read: 1 new")
    file.write_text(json.dumps(ROW | {"text": "Слова."}) + "\n", "utf-8")
    assert run(*command).stdout.startswith("1 read: 0 new, 1 changed")
    report = json.loads(run(*command, "--json").stdout)
    assert (report["read"], report["unchanged"]) == (1, 1)


def test_watch_names_a_folder_that_is_not_there(tmp_path):
    done = run("watch", tmp_path / "nowhere", "--index", tmp_path / "index", "--once")
    assert (done.exit_code, done.stderr) == (
        1,
        f"Error: {tmp_path / 'nowhere'}: no such file or folder\n",
    )


def test_a_feed_is_indexed_and_asked_for_news_only(tmp_path, server, monkeypatch):
    monkeypatch.setattr(watching, "SETTLING_S", 0.0)
    looks = watch([server.url], tmp_path / "index", 0.01)
    (feed,) = next(looks)
    assert feed.read_bytes() == server.content
    server.content += b"\n" + json.dumps(ROW | {"id": "b"}).encode()
    assert next(looks) == [feed]
    looks.close()
    assert server.asked[0] == 200 and server.asked[-1] == 200
    assert set(server.asked[1:-1]) <= {304}
    done = run("watch", server.url, "--index", tmp_path / "index", "--once")
    assert done.stdout.startswith("2 read: 2 new"), done.output
    assert sorted(dict(digests(open_index(tmp_path / "index")))) == ["a", "b"]


def test_a_feed_that_has_not_changed_is_not_fetched(tmp_path, server):
    feed = Feed(server.url, tmp_path)
    assert [feed.fetch(), feed.fetch()] == [True, False]
    assert server.asked == [200, 304]


def test_a_feed_that_cannot_be_fetched_is_an_error_that_names_it(tmp_path, server):
    server.status = 404
    done = run("watch", server.url, "--index", tmp_path / "index", "--once")
    assert (done.exit_code, done.stderr) == (1, f"{server.url}: 404 Not Found\n")
    assert not (tmp_path / "index").exists()
    with pytest.raises(FeedError, match="no connection; is the address right"):
        Feed("http://127.0.0.1:9/rss", tmp_path).fetch()


@pytest.mark.parametrize("page", ["<html><body>Войдите</body></html>", "Зайдите позже."])
def test_a_page_in_a_feeds_place_is_no_article(tmp_path, server, page):
    server.content = page.encode()
    feed = Feed(server.url.replace(".jsonl", ""), tmp_path)
    for _ in range(2):
        with pytest.raises(FeedError, match="is it the address of a feed"):
            feed.fetch()
    server.content = json.dumps(ROW).encode()
    assert feed.fetch()


ENTRY = "<channel><item><title>Мост открыт</title></item></channel>"


@pytest.mark.parametrize(
    "format, content",
    [
        ("feed", f"<!-- редакция --><rss version='2.0'>{ENTRY}</rss>"),
        ("feed", f"<?xml version='1.0'?><!--{'х' * 2000}--><rss version='2.0'>{ENTRY}</rss>"),
        ("html", "<html><body><h1>Мост</h1><p>Мост открыт для всех.</p></body></html>"),
        ("text", "Мост открыт."),
    ],
)
def test_an_address_is_read_as_the_run_says(tmp_path, server, format, content):
    server.content = content.encode()
    url = server.url.replace(".jsonl", "")
    done = run("watch", url, "--format", format, "--index", tmp_path / "index", "--once")
    assert done.stdout.startswith("1 read: 1 new"), done.output


@pytest.mark.parametrize("content, reason", [("", "no text"), ("<a/>", "unknown format")])
def test_what_is_no_page_is_left_to_the_readers(tmp_path, server, content, reason):
    server.content = content.encode()
    url = server.url.replace(".jsonl", "")
    done = run("watch", url, "--index", tmp_path / "index", "--once")
    assert done.exit_code == 0 and reason in done.output


def test_a_feed_larger_than_the_limit_is_refused(tmp_path, server, monkeypatch):
    monkeypatch.setattr("index.feeds.LARGEST", 10)
    with pytest.raises(FeedError, match="is it a feed"):
        Feed(server.url, tmp_path).fetch()


def test_feeds_that_differ_in_their_query_have_files_of_their_own(tmp_path):
    urls = [f"https://a.example/rss.xml{query}" for query in ("", "?section=1", "?section=2")]
    names = {Feed(url, tmp_path).path.name for url in (*urls, urls[0])}
    assert len(names) == 3 and all(name.endswith("rss.xml") for name in names)
    assert len(Feed(f"https://a.example/{'а' * 500}", tmp_path).path.name.encode()) < 255


def test_a_broken_address_is_no_address():
    assert not is_address("http://[::1")

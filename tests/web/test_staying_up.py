"""The real server under load: commits, swapped folders, slow and vanishing clients, its end."""

import gzip
import http.client
import itertools
import json
import os
import re
import shutil
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from index.indexing import delete_articles, index_sources, optimize_index
from search import Archive, Export
from web import server as server_module
from web.app import create_app
from web.server import listen
from web.settings import Settings


@contextmanager
def serving(folder, settings: Settings = Settings()):
    """A server over a folder that answers inside, on a thread of its own."""
    server = listen(folder, "127.0.0.1", 0, settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join(60)
        assert not thread.is_alive()


def get(server, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", quote(path, safe="/?&=%"))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def rows(archive: str, commit: int) -> list[dict]:
    """Articles that say of which archive and commit they are, each under its own and a shared
    person."""
    return [
        {
            "id": f"{archive}-{commit}-{n}",
            "text": f"Заметка про мост {archive}.",
            "source": archive,
            "date": f"20{10 + commit % 10}-01-0{n + 1}",
            "persons": [f"Иван {archive}ов", "Анна Щукина"],
            "mentions": [],
        }
        for n in range(3)
    ]


class Asker:
    """Asks a server on several threads until it is told to stop, and keeps what was wrong."""

    PATHS = (
        "/api/v1/search?q=мост&limit=100",
        "/api/v1/search?facets=source,person,date&group=reprints",
        "/api/v1/export?format=jsonl",
        "/api/v1/facets/person?prefix=ан",
        "/?q=мост",
    )

    def __init__(self, server):
        self.wrong: list[str] = []
        self.totals: set[tuple[str, int, int]] = set()
        self.asked = 0
        self._stop = threading.Event()
        self._server = server
        self._threads = [threading.Thread(target=self._ask, args=(n,)) for n in range(4)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _ask(self, first: int) -> None:
        number = first
        while not self._stop.is_set():
            path = self.PATHS[number % len(self.PATHS)]
            number += 1
            try:
                self._check(path, *get(self._server, path))
            except Exception as error:
                self.wrong.append(f"{path}: {error!r}")
            self.asked += 1

    def _check(self, path: str, status: int, content: bytes) -> None:
        assert status == 200, (status, content[:300])
        if path.startswith("/api/v1/export"):
            sources = {json.loads(line)["source"] for line in content.splitlines()}
            assert len(sources) == 1, sources
        elif path.startswith("/api/v1/search"):
            answer = json.loads(content)
            (source,) = {row["source"] for row in answer["results"]}
            counts = {row["name"]: row["count"] for row in answer["facets"]["source"]["values"]}
            assert counts == {source: answer["total"]}
            people = {row["name"] for row in answer["facets"]["person"]["values"]}
            assert people <= {f"Иван {source}ов", "Анна Щукина", "Анна Рыбакова"}, people
            if "q=" in path:
                self.totals.add((source, answer["generation"], answer["total"]))


def test_commits_corrections_and_swapped_folders_under_load(tmp_path, write_rows):
    def add(folder, archive: str, commit: int) -> None:
        index_sources(folder, [write_rows(tmp_path / "rows.jsonl", rows(archive, commit))])

    folder, other, away = tmp_path / "index", tmp_path / "other", tmp_path / "away"
    add(folder, "Север", 0)
    add(other, "Юг", 0)
    now, other_name = "Анна Щукина", "Анна Рыбакова"
    with serving(folder, Settings(threads=8)) as server, Asker(server) as asker:
        for turn in range(1, 9):
            add(folder, "Север", turn)
            delete_articles(folder, [f"Север-{turn - 1}-0"])
            now, other_name = other_name, now
            Archive(folder).correct("person", "rename", [other_name], to=now)
            if turn % 3 == 0:
                optimize_index(folder)
            os.rename(folder, away)
            time.sleep(0.01)
            os.rename(other, folder)
            add(folder, "Юг", turn)
            os.rename(folder, other)
            os.rename(away, folder)
    assert asker.wrong == []
    assert asker.asked > 20
    by_generation = {(source, generation) for source, generation, _ in asker.totals}
    assert len(by_generation) == len(asker.totals)


def test_five_hundred_connections_at_once_are_all_answered(folder):
    with serving(folder) as server:
        address = ("127.0.0.1", server.port)
        connections = [socket.create_connection(address, timeout=60) for _ in range(500)]
        for connection in connections:
            connection.sendall(b"GET /api/v1/search?limit=1 HTTP/1.0\r\nHost: localhost\r\n\r\n")
        for connection in connections:
            with connection.makefile("rb") as answer:
                assert answer.readline() == b"HTTP/1.0 200 OK\r\n"
            connection.close()


def test_clients_that_are_slow_or_vanish_take_no_thread(folder, monkeypatch):
    monkeypatch.setattr(server_module, "REQUEST_SECONDS", 1)
    with serving(folder, Settings(threads=2)) as server:
        address = ("127.0.0.1", server.port)
        slow = [socket.create_connection(address, timeout=60) for _ in range(20)]
        for number, connection in enumerate(slow):
            body = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nto"
            connection.sendall(b"GET / HTTP/1.1\r\nHost: loc" if number % 2 else body)
        for path in ("export?format=jsonl", "search"):
            for _ in range(20):
                with socket.create_connection(address) as vanishing:
                    vanishing.sendall(
                        f"GET /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
                    )
        assert get(server, "/api/v1/search")[0] == 200
        deadline = time.monotonic() + 30
        while get(server, "/api/v1/export?format=csv")[0] != 200:
            assert time.monotonic() < deadline
        for connection in slow:
            assert connection.recv(1000) == b""
            connection.close()


def slowed(server_app, started: threading.Event, go_on: threading.Event):
    archive = server_app.config["ARCHIVE"]
    answer = archive.search

    def search(request):
        started.set()
        assert go_on.wait(60)
        return answer(request)

    archive.search = search


def test_what_has_begun_is_ended_and_nothing_new_is_taken(folder, monkeypatch):
    apps = []
    monkeypatch.setattr(
        server_module, "create_app", lambda *given: apps.append(create_app(*given)) or apps[-1]
    )
    started, go_on = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as threads, serving(folder) as server:
        slowed(apps[0], started, go_on)
        asked = threads.submit(get, server, "/api/v1/search")
        assert started.wait(60)
        server.close()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", server.port)).close()
            except ConnectionRefusedError:
                break
        else:
            raise AssertionError("the server still takes connections")
        assert not asked.done()
        go_on.set()
        status, content = asked.result(60)
        assert (status, json.loads(content)["total"]) == (200, 8)


def test_a_query_that_is_too_slow_is_a_problem_that_names_the_limit(folder, monkeypatch):
    client = create_app(folder, Settings(timeout=0.5)).test_client()
    seconds = iter(range(10**6))
    monkeypatch.setattr("search.deadline.time.monotonic", lambda: next(seconds))
    for path in ("/api/v1/search?q=мост", "/api/v1/export?format=csv", "/api/v1/facets/person"):
        answer = client.get(path, headers={"Accept-Language": "ru"})
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert "0.5 с" in answer.json["detail"] and "--timeout" in answer.json["detail"]
        assert answer.json["seconds"] == "0.5"
    page = client.get("/?q=мост")
    assert page.status_code == 503 and "0.5 с" in page.text
    assert "<h1>Сервер не успел ответить</h1>" in page.text and 'name="q" value="мост"' in page.text
    (again,) = re.findall('<a href="([^"]*)">Попробовать ещё раз</a>', page.text)
    assert again == f"/?q={quote('мост')}"


def test_an_export_that_has_begun_may_take_longer(folder, monkeypatch):
    monkeypatch.setattr("web.export._PIECES_IN_A_WRITE", 1)
    client = create_app(folder, Settings(timeout=5)).test_client()
    answer = client.get("/api/v1/export?format=jsonl", headers={"Accept-Encoding": "gzip"})
    late = time.monotonic() + 3600
    monkeypatch.setattr("search.deadline.time.monotonic", lambda: late)
    assert answer.status_code == 200
    assert len(gzip.decompress(answer.data).splitlines()) == 8


def test_so_many_exports_at_once_and_their_places_are_free_again(folder):
    app = create_app(folder, Settings(threads=4))
    open_ones = [app.test_client().get("/api/v1/export?format=csv") for _ in range(2)]
    refused = app.test_client().get("/api/v1/export?format=csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "2 exports at once" in refused.json["detail"]
    for answer in open_ones:
        answer.close()
    assert app.test_client().get("/api/v1/export?format=csv").status_code == 200
    assert app.test_client().head("/api/v1/export?format=csv").status_code == 200
    assert app.test_client().get("/api/v1/export?format=pdf").status_code == 400
    assert app.test_client().get("/api/v1/export?format=csv&q=date:x").status_code == 400


def test_when_too_many_wait_some_are_told_to_come_again(folder):
    app = create_app(folder)
    app.config["WAITING"] = lambda: 901
    answer = app.test_client().get("/api/v1/search")
    assert (answer.status_code, "900 requests" in answer.json["detail"]) == (503, True)
    page = app.test_client().get("/")
    assert (page.status_code, "<h1>Сервер занят</h1>" in page.text) == (503, True)


def test_a_page_that_asks_twice_is_of_one_generation(folder, tmp_path, write_rows):
    copy = shutil.copytree(folder, tmp_path / "index")
    archive = Archive(copy)
    with archive.one_generation():
        before = archive.health()
        index_sources(copy, [write_rows(tmp_path / "new.jsonl", rows("Запад", 1))])
        assert archive.health()["generation"] == before["generation"]
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(archive.health).result()["articles"] == before["articles"] + 3
    assert archive.health()["articles"] == before["articles"] + 3


@pytest.mark.parametrize("size", [33 * 1024, 70 * 1024])
def test_requests_that_are_too_long_are_refused(folder, size):
    with serving(folder) as server, socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(b"GET /?q=" + b"a" * size + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b" 431 " in client.makefile("rb").readline()


def test_letters_in_an_address_need_no_percent_codes(folder):
    address = "/api/v1/search?q=визит"
    with serving(folder) as server, socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"GET {address} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        answer = b"".join(iter(lambda: client.recv(65536), b""))
        _, same = get(server, address)
    assert answer.startswith(b"HTTP/1.0 200 OK")
    found, expected = json.loads(answer.split(b"\r\n\r\n", 1)[1]), json.loads(same)
    assert found["results"] == expected["results"] != []


def endless(server_app, closed: threading.Event):
    archive = server_app.config["ARCHIVE"]
    results = archive.export

    def export(request, limit):
        (row,) = results(request, 1)
        rows = itertools.repeat(row)

        def lines():
            try:
                yield from rows
            finally:
                closed.set()

        return Export(lines(), None)

    archive.export = export


@pytest.mark.parametrize("reading", [True, False])
def test_an_export_that_takes_too_long_is_cut_off_and_its_client_can_tell(
    folder, monkeypatch, reading
):
    apps = []
    monkeypatch.setattr(
        server_module, "create_app", lambda *given: apps.append(create_app(*given)) or apps[-1]
    )
    monkeypatch.setattr(server_module, "SENDING_SECONDS", 1)
    closed = threading.Event()
    with serving(folder) as server:
        endless(apps[0], closed)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", "/api/v1/export?format=jsonl&limit=9")
        answer = connection.getresponse()
        assert answer.status == 200
        if not reading:
            assert closed.wait(60)
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            while answer.read(1 << 20):
                pass
        assert closed.wait(60)
        connection.close()
        assert get(server, "/api/v1/search")[0] == 200

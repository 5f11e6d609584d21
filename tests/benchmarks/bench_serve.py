"""The server under load while an indexer runs, beside a plain Flask and Whoosh server.

Timed: whole HTTP requests on loopback by wrk (Debian: apt install wrk), 60 s each, 32 connections,
one wrk thread, seven queries in turn: ``/api/v1/search`` with its snippets, facets and histogram;
of ``plain_server.py``, ten lines on the same WSGI server with as many threads, top 10, highlights
and the persons' facet. Beside each, a process adds 50 annotated articles and commits, waits a
second, and so on. Memory is that of the server's process before and after, without mapped files
(Linux). Corpus: that of bench_answer, 10,000 articles, seed 1.
Checked first: both find articles for every query. At the end: no request failed.

    python tests/benchmarks/bench_serve.py [SECONDS] [ARTICLES]
"""

import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench_answer import QUERIES, build
from corpus import remixed
from whoosh.index import open_dir

CONNECTIONS = 32
BATCH, PAUSE_S = 50, 1.0
HERE = Path(__file__).parent
TURNS = """
local paths = {%s}
local turn = 0
request = function()
  turn = turn %% #paths + 1
  return wrk.format("GET", paths[turn])
end
"""
SERVERS = {
    "podshivka": ("/api/v1/search?q=", ["-m", "web", "serve", "--index"]),
    "flask + whoosh": ("/search?q=", [str(HERE / "plain_server.py")]),
}


def main(seconds: int, n: int) -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is missing; Debian: apt install wrk")
    with tempfile.TemporaryDirectory() as home:
        ours = build(Path(home), n)
        plain = Path(home, "whoosh")
        subprocess.run(
            [sys.executable, str(HERE / "plain_server.py"), str(plain), "--index",
             str(Path(home, "articles.jsonl"))], check=True,
        )  # fmt: skip
        print(f"{n} articles, {seconds} s, {CONNECTIONS} connections, an indexer beside")
        rates = {}
        for (name, (path, command)), folder in zip(SERVERS.items(), (ours, plain)):
            with serving([*command, str(folder)]) as (server, port):
                rates[name] = load(name, path, server, port, folder, seconds, n)
        print(f"ratio of requests per second: {rates['podshivka'] / rates['flask + whoosh']:.0f}")
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")


@contextmanager
def serving(command: list[str]):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, *command, "--port", str(port)], stderr=subprocess.DEVNULL
    )
    try:
        yield server, port
    finally:
        server.terminate()
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()


def load(
    name: str,
    path: str,
    server: subprocess.Popen,
    port: int,
    folder: Path,
    seconds: int,
    n: int,
) -> float:
    paths = [path + quote(query or "край") for query in QUERIES.values()]
    for one in paths:
        assert ask(port, one)["total"] > 0, one
    script = folder.parent / "turns.lua"
    script.write_text(TURNS % ", ".join(f'"{one}"' for one in paths))
    begin = memory(server.pid)
    indexer = subprocess.Popen([sys.executable, __file__, "--indexer", name, str(folder)])
    try:
        done = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency",
             "-s", str(script), f"http://127.0.0.1:{port}"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    finally:
        indexer.terminate()
        indexer.wait()
    failed = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", done)))
    failed += sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", done)))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1])
    half, last = (re.search(rf"{share}%\s+(\S+)", done)[1] for share in (50, 99))
    added = open_dir(str(folder)).doc_count() - n
    print(
        f"{name:>15}: {rate:7.1f} requests/s, 50 % {half}, 99 % {last}, {failed} failed, "
        f"memory {begin:.0f} → {memory(server.pid):.0f} MB, {added} articles added meanwhile"
    )
    assert not failed or name != "podshivka", done
    return rate


def ask(port: int, path: str) -> dict:
    path = quote(path, safe="/?=&%")
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def memory(pid: int) -> float:
    """The memory of a process without mapped files, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024


def run_indexer(name: str, folder: Path) -> None:
    """Add batches to an index until the process is ended."""
    rows = remixed(20_000, seed=2)
    for first in range(0, len(rows), BATCH):
        batch = [
            row | {"id": f"new{row['id']}", "text": f"Добавлено. {row['text']}", "mentions": [],
                   "persons": [f"Имя{row['id']} Фамилия"]}
            for row in rows[first : first + BATCH]
        ]  # fmt: skip
        if name == "podshivka":
            from index.indexing import index_sources

            source = folder.parent / "batch.jsonl"
            source.write_text("".join(json.dumps(row) + "\n" for row in batch), "utf-8")
            index_sources(folder, [source])
        else:
            from plain_server import add

            add(folder, batch)
        time.sleep(PAUSE_S)


if __name__ == "__main__":
    if "--indexer" in sys.argv:
        run_indexer(sys.argv[2], Path(sys.argv[3]))
    else:
        numbers = [int(argument) for argument in sys.argv[1:]]
        main(numbers[0] if numbers else 60, numbers[1] if len(numbers) > 1 else 10_000)

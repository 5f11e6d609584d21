"""Time of a faceted answer over 10,000 articles, beside plain Whoosh's.

Timed: the whole request in the library, answer to JSON-ready objects: top 10 with snippets, total,
facets of persons, organizations, sources and months; and plain Whoosh's search of the same query
tree for the top 10 alone. One process, warm, the archive opened before.
Corpus: tests/benchmarks/corpus.py, seed 1, persons and organizations drawn by Zipf's law.
Checked first: both find the same number of articles.

    python tests/benchmarks/bench_answer.py [ARTICLES]
"""

import json
import os
import platform
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from corpus import remixed
from whoosh.index import open_dir

from index.indexing import index_sources
from search import Archive, Request
from search.query.compiler import compile_query
from search.query.parser import parse

TURNS = 7
PERSONS, ORGANIZATIONS = 5_000, 1_500
QUERIES = {
    "everything": "",
    "rare word": "археолог",
    "common word": "край",
    "two words": "губернатор мост",
    "either of two": "губернатор OR мост",
    "phrase": '"министр транспорта"',
    "prefix": "транс*",
}


def main(n: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = build(Path(home), n)
        archive, whoosh = Archive(folder), open_dir(str(folder)).searcher()
        print(f"{n} articles; medians of {TURNS}, ms: whole answer, Whoosh's top 10 alone")
        for kind, query in QUERIES.items():
            tree = compile_query(parse(query).tree, {})
            hits = whoosh.search(tree, limit=10)
            assert archive.search(Request(q=query))["total"] == len(hits), kind
            ours = timed(lambda: archive.search(Request(q=query)))
            theirs = timed(lambda: len(whoosh.search(tree, limit=10)))
            print(f"{kind:>14}: {ours:8.1f} {theirs:8.1f}   {len(hits)} found")
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")


def build(home: Path, n: int) -> Path:
    chance = random.Random(1)
    rows = remixed(n)
    for row in rows:
        row["persons"] = [f"Имя{zipf(chance, PERSONS)} Фамилия" for _ in range(4)]
        row["organizations"] = [f"Институт №{zipf(chance, ORGANIZATIONS)}" for _ in range(3)]
        row["mentions"] = []
    source = home / "articles.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    report = index_sources(home / "index", [source])
    assert report.new == n
    print(f"indexed, annotated rows: {n / report.seconds:.0f} articles/s")
    return home / "index"


def zipf(chance: random.Random, n: int) -> int:
    return min(int(n ** chance.random()), n - 1)


def timed(work) -> float:
    times = []
    for _ in range(TURNS):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return median(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

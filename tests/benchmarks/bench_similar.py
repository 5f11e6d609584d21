"""How long similar articles take, and how often the other report of one event comes first.

Events: the pairs of same_events.jsonl, each about one event in other words, annotated and indexed
with the demo's articles; the other of a pair is wanted first. Timed: ten similar articles with
what they share, for articles of the demo and of ``large_corpus`` (seed 1) beside these; each is
asked for once, so that no answer is remembered.

    PYTHONPATH=. python tests/benchmarks/bench_similar.py [--articles 3000] [--index FOLDER]

An index of the large corpus in FOLDER is used, or made there.
"""

import argparse
import time
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import orjson
from corpus import demo_articles
from large_corpus import large_folder

from index.indexing import index_sources
from search import Archive

HERE = Path(__file__).parent
ASKED = 60
"""Articles of the demo, and as many of the large corpus."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--index", type=Path)
    asked = parser.parse_args()
    with TemporaryDirectory() as home:
        find_events(Path(home) / "events")
        folder = large_folder(asked.index or Path(home) / "index", asked.articles)
        time_similar(Archive(folder))


def find_events(home: Path) -> None:
    home.mkdir()
    lines = (HERE / "same_events.jsonl").read_text("utf-8").splitlines()
    pairs = [
        [{"id": f"event{n}-{place}", "text": text} for place, text in enumerate(orjson.loads(line))]
        for n, line in enumerate(lines)
    ]
    source = home / "articles.jsonl"
    rows = [*chain.from_iterable(pairs), *demo_articles()]
    source.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    index_sources(home / "index", [source])
    archive = Archive(home / "index")
    ranks = []
    for one, other in (*pairs, *(pair[::-1] for pair in pairs)):
        found = [result["id"] for result in archive.similar(one["id"], 20)["results"]]
        ranks.append(found.index(other["id"]) + 1 if other["id"] in found else 0)
    reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
    first, five = ranks.count(1), sum(0 < rank <= 5 for rank in ranks)
    print(f"the other report is first for {first} of {len(ranks)}, in the first five for {five}; "
          f"MRR {reciprocal:.2f}")  # fmt: skip


def time_similar(archive: Archive) -> None:
    step = archive.health()["articles"] // ASKED
    ids = [row["id"] for row in demo_articles()[:ASKED]]
    ids += [f"n{step * number}" for number in range(ASKED - 1)]
    archive.similar(ids[-1])
    spent, used, found = [], [], []
    for id in ids[:-1]:
        started, cpu = time.perf_counter(), time.process_time()
        found.append(len(archive.similar(id)["results"]))
        spent.append(1000 * (time.perf_counter() - started))
        used.append(1000 * (time.process_time() - cpu))
    print(
        f"{archive.health()['articles']} articles, {median(found):.0f} similar ones at the median"
    )
    for what, times in (("waited", spent), ("CPU time", used)):
        print(f"{what:>9}: median {median(times):5.1f} ms, slowest {max(times):5.1f} ms")


if __name__ == "__main__":
    main()

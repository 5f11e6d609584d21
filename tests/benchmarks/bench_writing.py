"""Speed of indexing annotated rows against tantivy's, one process against its one writer thread.

Timed: rows that are in memory to an index that is committed and whose merges are done, by the
clock and by the processors' time of all threads: ours from a row to an article, its analysis,
linking, reprints, stored articles and commits; tantivy as tests/benchmarks/query_rivals.py builds
it. Every turn is a new process that has met no word yet and builds in a new folder, its modules
and pymorphy2's dictionary (some 0.2 s) loaded beforehand; the engines take turns. Words are read
once in a run, so that more articles go in faster: the index of bench_query has 200,000.
Corpus: tests/benchmarks/large_corpus.py, seed 1, 20,000 articles unless told otherwise.
Checked in each turn: every article went in.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/bench_writing.py [ARTICLES]
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import orjson
import tantivy
from growth import apart
from large_corpus import large_corpus
from query_rivals import Tantivy

from index.folder import open_index
from index.indexing import _write
from index.known import Known
from index.morphology import analyzer
from index.report import Report
from index.rows import article_from_row

TURNS = 3


def main(n: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        source = Path(home, "rows.jsonl")
        with source.open("wb") as file:
            for row in large_corpus(n):
                file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        print(f"{n:,} articles; {TURNS} turns; medians (lowest to highest)")
        turns = [(apart(ours, source), apart(theirs, source)) for _ in range(TURNS)]
    for name, spent in zip(("podshivka", "tantivy"), zip(*turns)):
        print(f"{name:>9}: {shown([n / s['clock'] for s in spent], ',.0f')} articles/s by the clock, "
              f"{shown([n / s['processors'] for s in spent], ',.0f')} by the processors' time")  # fmt: skip
    for kind in ("clock", "processors"):
        ratios = [rival[kind] / own[kind] for own, rival in turns]
        print(f"our speed / tantivy's by the {kind}: {shown(ratios, '.2f')}")
    print(
        f"{platform.machine()}, Python {platform.python_version()}, tantivy {version('tantivy')}, "
        f"{os.cpu_count()} cores"
    )


def ours(source: Path) -> dict[str, float]:
    analyzer()

    def build(folder: Path, rows: list[dict[str, Any]]) -> None:
        _write(folder, (article_from_row(row)[0] for row in rows), Known(None), Report())

    return timed(build, source, lambda folder: open_index(folder).doc_count())


def theirs(source: Path) -> dict[str, float]:
    engine = Tantivy.__new__(Tantivy)

    def build(folder: Path, rows: list[dict[str, Any]]) -> None:
        engine.folder = folder
        engine.build(rows)

    return timed(build, source, lambda folder: tantivy.Index.open(str(folder)).searcher().num_docs)


def timed(
    build: Callable[[Path, list[dict[str, Any]]], None], source: Path, count: Callable[[Path], int]
) -> dict[str, float]:
    """Seconds that building an index of a source's rows takes."""
    rows = [orjson.loads(line) for line in source.read_bytes().splitlines()]
    with tempfile.TemporaryDirectory() as home:
        started, worked = time.perf_counter(), time.process_time()
        build(Path(home), rows)
        spent = time.perf_counter() - started, time.process_time() - worked
        assert count(Path(home)) == len(rows)
    return dict(zip(("clock", "processors"), spent))


def shown(values: Iterable[float], form: str) -> str:
    low, *_, high = sorted(values)
    return f"{median(values):{form}} ({low:{form}} to {high:{form}})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

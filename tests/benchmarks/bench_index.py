"""Time of indexing, annotation included, against natasha's own pipeline.

Timed: reading 1,000 articles from JSONL, annotating them and committing them to a new index,
against natasha's segmentation, NER, morphology and normalisation of names (no syntax) over the
same texts, loaded models on both sides, turn by turn in one run, one thread.
Corpus: tests/benchmarks/corpus.py, 1,000 articles, seed 1.
Checked first: every article went in, with persons and organizations.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/bench_index.py [ARTICLES]
"""

import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import natasha_pipeline
from corpus import full_text, remixed

from index.annotation import annotations
from index.indexing import index_sources
from search import Archive, Request

TURNS = 5


def main(n: int) -> None:
    rows = remixed(n)
    with tempfile.TemporaryDirectory() as home:
        source = Path(home, "articles.jsonl")
        source.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8"
        )
        list(annotations([rows[0]["text"]]))
        natasha = natasha_pipeline.load()
        texts = [full_text(row) for row in rows]
        natasha(texts[:1])
        ours, theirs = [], []
        for turn in range(TURNS):
            ours.append(timed(lambda: index(Path(home, f"index{turn}"), source, n)))
            theirs.append(timed(lambda: natasha(texts)))
    words = sum(len(row["text"].split()) for row in rows)
    print(f"{n} articles of {words / n:.0f} words; {TURNS} turns; medians (lowest to highest)")
    for name, times in (("podshivka, text to commit", ours), ("natasha, text to names", theirs)):
        print(
            f"{name:>26}: {median(times):6.2f} s ({min(times):.2f} to {max(times):.2f}), "
            f"{n / median(times):6.0f} articles/s"
        )
    ratios = sorted(theirs[turn] / ours[turn] for turn in range(TURNS))
    print(f"natasha's time / ours: {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")


def timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def index(folder: Path, source: Path, n: int) -> None:
    report = index_sources(folder, [source])
    assert (report.new, report.rejected) == (n, 0), report.lines()
    facets = Archive(folder).search(Request(limit=0))["facets"]
    assert facets["person"]["total"] > 50 and facets["org"]["total"] > 30


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)

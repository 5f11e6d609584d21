"""Throughput of annotation, text to article entities with roles, against natasha's pipeline.

Timed: ``index.annotation.annotations`` over distinct articles, one thread, against natasha's
segmentation, NER, morphology and normalised names (no syntax), turn by turn in one run; then
``annotate`` with one process and with two, over ten times the articles, models loading included.
Corpus: the demo articles, or a JSONL file with ``title`` and ``text``.
Checked first: our tagger's spans are natasha's on every article.

    python tests/benchmarks/bench_entities.py [ARTICLES.jsonl]
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import json
import platform
import sys
import time
from pathlib import Path
from statistics import median

import natasha_pipeline
from corpus import demo_articles, full_text, remixed
from natasha import NewsEmbedding, NewsNERTagger

from index.annotation import annotate, annotations
from index.article import Article
from index.tagger import tag

TURNS = 5


def main(paths: list[str]) -> None:
    rows = [json.loads(line) for p in paths for line in Path(p).read_text("utf-8").splitlines()]
    texts = [full_text(row) for row in rows or demo_articles()]
    check_tags(texts)
    natasha = natasha_pipeline.load()
    ours, theirs = [], []
    for _ in range(TURNS):
        ours.append(timed(lambda: list(annotations(texts))))
        theirs.append(timed(lambda: natasha(texts)))
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} articles, {words} words; {TURNS} turns; medians (lowest to highest)")
    for name, times in (("podshivka", ours), ("natasha", theirs)):
        print(
            f"{name:>10}: {median(times):6.2f} s ({min(times):.2f} to {max(times):.2f}), "
            f"{words / median(times):8.0f} words/s"
        )
    ratios = sorted(theirs[turn] / ours[turn] for turn in range(TURNS))
    print(f"natasha's time / ours: {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    compare_jobs()
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")


def check_tags(texts: list[str]) -> None:
    tagger = NewsNERTagger(NewsEmbedding())
    for text, spans, markup in zip(texts, tag(texts), tagger.map(texts)):
        expected = [(span.start, span.stop, span.type) for span in markup.spans]
        assert [(span.start, span.stop, span.type) for span in spans] == expected, text[:100]


def compare_jobs(n: int = 20_000) -> None:
    articles = [Article(id=row["id"], title=row["title"], text=row["text"]) for row in remixed(n)]
    one = timed(lambda: list(annotate(articles, jobs=1)))
    two = timed(lambda: list(annotate(articles, jobs=2)))
    print(f"{n} articles: one process {one:.1f} s, two {two:.1f} s: {one / two:.2f} times")


def timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1:])

"""Throughput of annotation, text to article entities with roles, against natasha's pipeline.

Timed: the first pass of a fresh process over articles that it has never seen, each annotated
once, on one thread: ``index.annotation.annotations`` against natasha's segmentation, NER,
morphology and normalised names (no syntax). Both sides have loaded their models and read one
sentence of their own before. Processes take turns; times are of the processor and of the clock.
Then ``annotate`` with one process and with two, models loading included, over texts that are
distinct as a whole but remix the demo's sentences, so that their words repeat.
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
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from corpus import demo_articles, full_text, remixed

TURNS = 5
WARM_UP = "Вчера в Твери директор завода Пётр Кузнецов принял делегацию компании «Заря»."


def main(paths: list[str]) -> None:
    rows = [json.loads(line) for p in paths for line in Path(p).read_text("utf-8").splitlines()]
    texts = list(dict.fromkeys(full_text(row) for row in rows or demo_articles()))
    in_fresh_process(check_tags, texts)
    ours, theirs = [], []
    for _ in range(TURNS):
        ours.append(in_fresh_process(podshivka, texts))
        theirs.append(in_fresh_process(natasha, texts))
    words = sum(len(text.split()) for text in texts)
    print(
        f"{len(texts)} distinct articles, {words} words; {TURNS} fresh processes each; "
        "medians (lowest to highest)"
    )
    for number, kind in enumerate(("processor", "clock")):
        report(kind, words, [times[number] for times in ours], [times[number] for times in theirs])
    compare_jobs()
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")


def report(kind: str, words: int, ours: list[float], theirs: list[float]) -> None:
    for name, times in (("podshivka", ours), ("natasha", theirs)):
        print(
            f"{name:>10}, {kind:>9}: {median(times):6.2f} s ({min(times):.2f} to "
            f"{max(times):.2f}), {words / median(times):8.0f} words/s"
        )
    ratios = [their / our for our, their in zip(ours, theirs)]
    each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"natasha's time / ours, {kind}: {median(ratios):.2f} (by turns: {each})")


def in_fresh_process(work: Callable, texts: list[str]):
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, texts).result()


def podshivka(texts: list[str]) -> tuple[float, float]:
    from index.annotation import annotations

    return first_pass(lambda some: list(annotations(some)), texts)


def natasha(texts: list[str]) -> tuple[float, float]:
    import natasha_pipeline

    return first_pass(natasha_pipeline.load(), texts)


def first_pass(annotate_texts: Callable, texts: list[str]) -> tuple[float, float]:
    """Seconds of the processor and of the clock over the texts, models loaded before."""
    annotate_texts([WARM_UP])
    processor, clock = time.process_time(), time.perf_counter()
    annotate_texts(texts)
    return time.process_time() - processor, time.perf_counter() - clock


def check_tags(texts: list[str]) -> None:
    from natasha import NewsEmbedding, NewsNERTagger

    from index.tagger import tag

    tagger = NewsNERTagger(NewsEmbedding())
    for text, spans, markup in zip(texts, tag(texts), tagger.map(texts)):
        expected = [(span.start, span.stop, span.type) for span in markup.spans]
        assert [(span.start, span.stop, span.type) for span in spans] == expected, text[:100]


def compare_jobs(n: int = 20_000) -> None:
    from index.annotation import annotate
    from index.article import Article
    from index.workers import Workers

    articles = [Article(id=row["id"], title=row["title"], text=row["text"]) for row in remixed(n)]
    times = []
    for jobs in (1, 2):
        started = time.perf_counter()
        with Workers(jobs) as workers:
            for _ in annotate(articles, workers):
                pass
        times.append(time.perf_counter() - started)
    one, two = times
    print(
        f"{n} articles remixed from the demo's sentences: one process {one:.1f} s, "
        f"two {two:.1f} s: {one / two:.2f} times"
    )


if __name__ == "__main__":
    main(sys.argv[1:])

"""Time of a faceted answer: ours beside tantivy's, SQLite FTS5's and plain Whoosh's.

Timed, each from a query as a person writes it: the ids of the top 10, the total, the 10 commonest
persons and organizations with their counts, and the articles of each month. One thread, one
segment each, warm, no cache of answers; the engines take turns at every query.
Corpus: tests/benchmarks/large_corpus.py, seed 1. tantivy and FTS5 search Snowball stems, ours and
plain Whoosh lemmas; query words are those that both ways find in the same articles, which is
checked before timing (within AGREEMENT). Plain Whoosh, its own codec, holds the first WHOOSH_SHARE
articles, and is compared with ours over the same ones.

    python tests/benchmarks/bench_query.py [ARTICLES] [FOLDER]

FOLDER keeps the indexes for another run. Needs the packages tantivy and pystemmer.
"""

import os
import platform
import random
import sys
import tempfile
from math import exp, log
from pathlib import Path
from statistics import median

from query_rivals import Fts5, Ours, PlainWhoosh, Tantivy
from query_set import choose_queries
from timing import timed

TURNS, FEW_TURNS = 9, 2
WHOOSH_SHARE = 5_000
AGREEMENT = 0.02
MIXED = 2_000


def main(n: int, home: Path) -> None:
    ours, tantivy, fts5 = (kind(home, n) for kind in (Ours, Tantivy, Fts5))
    for engine in (ours, tantivy, fts5):
        print(f"{engine.name}: {engine.built}, {engine.bytes / n:.0f} bytes an article")
    queries = choose_queries(ours, tantivy, AGREEMENT)
    print(f"\n{n} articles: ms a request, medians of {TURNS} turns; how many times ours is faster")
    show(compare(queries, [ours, tantivy]), [tantivy])
    tops = [
        timed([lambda q=ask, e=engine: e.top(q) for engine in (ours, tantivy)], TURNS)
        for _, ask in queries
    ]
    print(f"top 10 alone, tantivy's time through ours: {mean(b / a for a, b in tops):.2f}")
    chance = random.Random(1)
    mixed = [chance.choice(queries)[1] for _ in range(MIXED)]
    times = sorted(timed([lambda q=ask: ours.ask(q)], 1)[0] for ask in mixed)
    print(f"{MIXED} mixed requests: median {median(times):.2f} ms, 99th percentile "
          f"{times[int(0.99 * MIXED)]:.2f} ms")  # fmt: skip
    show(compare(queries, [ours, fts5], FEW_TURNS), [fts5])
    small = [kind(home, WHOOSH_SHARE) for kind in (Ours, PlainWhoosh)]
    print(f"\n{WHOOSH_SHARE} articles")
    show(compare(queries, small, FEW_TURNS), [small[1]])
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")


def compare(queries, engines, turns=TURNS):
    """The medians of each engine for each query, by kind."""
    return [
        (kind, query, engines[0].ask(query).total,
         timed([lambda q=query, e=engine: e.ask(q) for engine in engines], turns))
        for kind, query in queries
    ]  # fmt: skip


def show(compared, rivals) -> None:
    for kind, query, total, times in compared:
        ratios = "".join(f"{time:10.2f} {time / times[0]:6.1f}x" for time in times[1:])
        print(f"{kind:>15} {str(query)[:34]:34} {total:8} {times[0]:8.2f} {ratios}")
    for n, rival in enumerate(rivals, 1):
        kinds = dict.fromkeys(kind for kind, *_ in compared)
        means = {k: mean(t[n] / t[0] for kind, _, _, t in compared if kind == k) for k in kinds}
        print(f"against {rival.name}: " + ", ".join(f"{k} {m:.1f}" for k, m in means.items()))
        print(f"against {rival.name}, over the kinds: {mean(means.values()):.2f}")


def mean(ratios) -> float:
    """The geometric mean."""
    logs = [log(ratio) for ratio in ratios]
    return exp(sum(logs) / len(logs))


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    if len(sys.argv) > 2:
        main(size, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(size, Path(folder))

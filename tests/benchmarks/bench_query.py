"""Time of a faceted answer: ours beside tantivy's, SQLite FTS5's and plain Whoosh's.

Timed, each from a query as a person writes it: the ids of the top 10, the total, the 10 commonest
persons and organizations with their counts, and the articles of each month. One thread, one
segment each, warm, no cache of answers; the engines take turns at every query.
Corpus: tests/benchmarks/large_corpus.py, seed 1. tantivy and FTS5 search Snowball stems, ours and
plain Whoosh lemmas; query words are those that both ways find in the same articles, which is
checked before timing (within AGREEMENT). Plain Whoosh, its own codec, holds the first WHOOSH_SHARE
articles, and is compared with ours over the same ones.

    python tests/benchmarks/bench_query.py [--articles N] [--folder FOLDER]

FOLDER keeps the indexes for another run. With more articles than USUAL, ours and tantivy alone
are measured at both sizes, and how each figure grew is printed.
Needs the packages tantivy and pystemmer.
"""

import os
import platform
import random
from math import exp, log
from pathlib import Path
from statistics import median

import options
from growth import answering, apart, building
from query_rivals import Fts5, Ours, PlainWhoosh, Tantivy
from query_set import choose_queries
from timing import timed

USUAL = 200_000
TURNS, FEW_TURNS = 9, 2
WHOOSH_SHARE = 50_000
AGREEMENT = 0.02
MIXED = 2_000


def main(n: int, home: Path) -> None:
    if n > USUAL:
        before, after = measured(USUAL, home)[0], measured(n, home)[0]
        print(f"\nfrom {USUAL} to {n} articles")
        for figure in (f for f in before if f in after):
            a, b = before[figure], after[figure]
            print(f"{figure:>35} {a:10.2f} {b:10.2f} {b / a:6.2f}x")
    else:
        _, ours, queries = measured(n, home)
        show(compare(queries, [ours, Fts5(home, n)], FEW_TURNS), "SQLite FTS5")
        share = min(n, WHOOSH_SHARE)
        print(f"\n{share} articles")
        small = [kind(home, share) for kind in (Ours, PlainWhoosh)]
        show(compare(queries, small, FEW_TURNS), "plain Whoosh")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")


def measured(n: int, home: Path):
    """The figures of a size beside tantivy's, our engine, and the queries by kind."""
    print(f"\n{n} articles", flush=True)
    figures = apart(building, home, n)
    ours, tantivy = Ours(home, n), Tantivy(home, n)
    queries = choose_queries(ours, tantivy, AGREEMENT)
    figures |= apart(answering, ours.folder, [str(ask) for _, ask in queries])
    for engine in (ours, tantivy):
        figures[f"{engine.name}, bytes an article"] = engine.bytes / n
    figures["disk against tantivy"] = ours.bytes / tantivy.bytes
    print(f"ms a request, medians of {TURNS} turns; how many times ours is faster")
    figures |= show(compare(queries, [ours, tantivy]), tantivy.name)
    tops = [
        timed([lambda q=ask, e=engine: e.top(q) for engine in (ours, tantivy)], TURNS)
        for _, ask in queries
    ]
    figures["top 10 alone against tantivy"] = mean(b / a for a, b in tops)
    chance = random.Random(1)
    mixed = [chance.choice(queries)[1] for _ in range(MIXED)]
    times = sorted(timed([lambda q=ask: ours.ask(q)], 1)[0] for ask in mixed)
    figures[f"median of {MIXED} mixed, ms"] = median(times)
    figures["99th percentile of these, ms"] = times[int(0.99 * MIXED)]
    for figure, value in figures.items():
        print(f"{figure:>35} {value:10.2f}", flush=True)
    return figures, ours, queries


def compare(queries, engines, turns=TURNS):
    """The medians of each engine for each query, by kind."""
    return [
        (kind, query, engines[0].ask(query).total,
         timed([lambda q=query, e=engine: e.ask(q) for engine in engines], turns))
        for kind, query in queries
    ]  # fmt: skip


def show(compared, rival: str) -> dict[str, float]:
    """Print a comparison with a rival; our ms by kind, and how many times faster these are."""
    for kind, query, total, (ours, other) in compared:
        line = f"{kind:>15} {str(query)[:34]:34} {total:8} {ours:8.2f} {other:10.2f}"
        print(f"{line} {other / ours:6.1f}x")
    times = {kind: [t for k, _, _, t in compared if k == kind] for kind, *_ in compared}
    ratios = {kind: mean(b / a for a, b in some) for kind, some in times.items()}
    print(f"against {rival}: " + ", ".join(f"{kind} {r:.1f}" for kind, r in ratios.items()))
    print(f"against {rival}, over the kinds: {mean(ratios.values()):.2f}", flush=True)
    ours = {f"{kind}, ms": mean(a for a, _ in some) for kind, some in times.items()}
    return ours | {f"times faster than {rival}": mean(ratios.values())}


def mean(ratios) -> float:
    """The geometric mean."""
    logs = [log(ratio) for ratio in ratios]
    return exp(sum(logs) / len(logs))


if __name__ == "__main__":
    options.run(main, USUAL)

"""Ten annotated articles added to a large index.

Timed: a run of ``index_sources``, from the JSONL of ARTICLES rows to the index that holds them:
what is known of their ids and texts, the segment, the link tables, the groups of reprints, the
commit. TURNS runs, all in one process that does nothing else, each with articles of its own; some
bring about a merge of what those before have added, and wait for it. Printed: the first run (start
and imports aside), the median and the slowest, by the clock and by the processor's time; how many
bytes a run leaves that were not there before; the peak of the process, of memory that is not mapped
files' (sampled, Linux); shares of the time of one more run, by the profiler.
Corpus: tests/benchmarks/large_corpus.py; the index has seed 1, the articles added another one, so
that most of the names in them are new. They have addresses and no ids.
Checked before anything is printed: all went in, and a search finds them.

    python tests/benchmarks/bench_append.py [--articles N] [--folder FOLDER]

FOLDER keeps the index for another run, as bench_query's does; articles are added to a copy.
"""

import cProfile
import os
import platform
import pstats
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import options
import orjson
from growth import apart, building, peak_mb
from large_corpus import large_corpus

from index.indexing import index_sources
from search import Archive, Request

USUAL = 200_000
ARTICLES, TURNS = 10, 15
PARTS = {
    "exact duplicates": ("index/reprints/duplicates.py", "of"),
    "link tables": ("index/linking/upkeep.py", "_relinked"),
    "writing link tables": ("index/linking/storage.py", "save"),
    "groups of reprints": ("index/reprints/storage.py", "save"),
}


def main(n: int, home: Path) -> None:
    apart(building, home, n)
    with tempfile.TemporaryDirectory(dir=home) as aside:
        folder = shutil.copytree(home / f"ours-{n}", Path(aside) / "index")
        sources = [written(Path(aside) / f"{n}.jsonl", rows) for n, rows in enumerate(turns())]
        figures = apart(appending, folder, sources)
        check(folder, n, len(sources))
    print(f"{ARTICLES} articles added to {n}")
    for figure, value in figures.items():
        print(f"{figure:>35} {value:10.2f}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")


def turns() -> list[list[dict]]:
    """The articles of each run, the one for the profiler too: each run's are from a source."""
    rows = list(large_corpus(ARTICLES * (TURNS + 1), seed=2))
    for number, row in enumerate(rows):
        row["url"] = f"https://new.example/{row.pop('id')}"
        row["source"] = f"turn {number // ARTICLES}"
    return [rows[first : first + ARTICLES] for first in range(0, len(rows), ARTICLES)]


def written(path: Path, rows: Sequence[dict]) -> Path:
    path.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return path


def appending(folder: Path, sources: Sequence[Path]) -> dict[str, float]:
    """What the runs took."""
    clock, processor, fresh = [], [], []
    with peak_mb() as peak:
        for source in sources[:-1]:
            before = set(folder.iterdir())
            started, worked = time.perf_counter(), time.process_time()
            assert index_sources(folder, [source]).new == ARTICLES
            clock.append(time.perf_counter() - started)
            processor.append(time.process_time() - worked)
            fresh.append(sum(path.stat().st_size for path in set(folder.iterdir()) - before))
    figures = {}
    for name, seconds in (("clock", clock), ("processor", processor)):
        figures[f"first, s by the {name}"] = seconds[0]
        figures[f"median, s by the {name}"] = median(seconds)
        figures[f"slowest, s by the {name}"] = max(seconds)
    figures |= {"written anew, MB": median(fresh) / 1e6, "peak of memory, MB": peak[0]}
    return figures | shares(folder, sources[-1])


def shares(folder: Path, source: Path) -> dict[str, float]:
    """The share of each of PARTS in a run, in percent."""
    with cProfile.Profile() as profile:
        index_sources(folder, [source])
    stats = pstats.Stats(profile)
    return {
        f"{part}, %": 100 * sum(
            row[3] for (file, _, name), row in stats.stats.items()
            if name == function and file.endswith(path)
        ) / stats.total_tt
        for part, (path, function) in PARTS.items()
    }  # fmt: skip


def check(folder: Path, n: int, n_turns: int) -> None:
    """That the index holds all articles, and a search finds those of each run."""
    archive = Archive(folder)
    assert archive.search(Request.from_params([]))["total"] == n + ARTICLES * n_turns
    for number in range(n_turns):
        found = archive.search(Request.from_params([("source", f"turn {number}")]))
        assert found["total"] == ARTICLES, (number, found["total"])


if __name__ == "__main__":
    options.run(main, USUAL)

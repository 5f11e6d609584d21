"""One whole run: articles from one JSONL to a committed index, annotation included.

Timed: ``podshivka index`` in a process of its own, start to end, with one job and with two.
Measured too: the peak of the memory of all its processes (PSS, Linux), the size of the index, and
the processors' time of them all, which tells on a busy machine what two jobs could save: their
speed is at the most twice the time of one job by that of two.
Corpus: tests/benchmarks/corpus.py, 10,000 articles of some 220 words, seed 1,
written to a file first. JOBS runs that number of jobs only.
Checked first: every article went in.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/bench_run.py [ARTICLES] [JOBS]
"""

import ctypes
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from corpus import remixed

EVERY_S = 0.2
PR_SET_CHILD_SUBREAPER = 36


def main(n: int, jobs: list[int]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as home:
        source = Path(home, "articles.jsonl")
        with source.open("w", encoding="utf-8") as file:
            for row in remixed(n):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        print(f"{n} articles, {source.stat().st_size / 1e6:.0f} MB of JSONL")
        seconds, worked = {}, {}
        for number in jobs:
            folder = Path(home, f"index{number}")
            before = processors_s()
            seconds[number], peak = run(source, folder, number, n)
            worked[number] = processors_s() - before
            size = sum(path.stat().st_size for path in folder.iterdir())
            print(
                f"--jobs {number}: {seconds[number]:.1f} s, {n / seconds[number]:.0f} articles/s, "
                f"processors' time {worked[number]:.1f} s, peak memory of all processes {peak / 1e6:.0f} MB, index {size / 1e6:.0f} MB"
            )
        if len(jobs) == 2:
            print(f"one job / two: {seconds[jobs[0]] / seconds[jobs[1]]:.2f}")
            most = 2 * worked[jobs[0]] / worked[jobs[1]]
            print(f"at the most, by the processors' time: {most:.2f}")
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")


def run(source: Path, folder: Path, jobs: int, n: int) -> tuple[float, float]:
    """Index the articles; seconds and the peak of the memory of all processes in bytes."""
    command = [sys.executable, "-m", "web", "index", str(source), "--index", str(folder)]
    started = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--jobs", str(jobs), "--json"], stdout=subprocess.PIPE, start_new_session=True
    )
    peak = [0.0]
    watcher = threading.Thread(target=watch, args=(process, peak))
    watcher.start()
    report = json.loads(process.communicate()[0])
    seconds = time.perf_counter() - started
    watcher.join()
    assert (report["new"], report["rejected"]) == (n, 0), report
    return seconds, peak[0]


def processors_s() -> float:
    """Seconds that all processes that this one brought about have kept processors busy, once they
    have ended: those that outlive the process that started them are this one's children (Linux)."""
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def watch(process: subprocess.Popen, peak: list[float]) -> None:
    """Keep the highest sum of the proportional memory (PSS) of a session's processes (Linux)."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(memory, session(process.pid))))
        time.sleep(EVERY_S)


def session(leader: int) -> list[Path]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            found.append(folder)
    return found


def memory(folder: Path) -> float:
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(1024 * float(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(numbers[0] if numbers else 10_000, numbers[1:2] or [1, 2])

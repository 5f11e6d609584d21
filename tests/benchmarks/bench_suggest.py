"""How often the suggestion for a mistyped query is the right one, and how long that and
completion take.

Corpus: the demo's articles and ``large_corpus`` (seed 1), whose 90,000 surnames are words to go
astray among. Typos: ``typos.tsv``, ours, by kind. A suggestion is right that has the lemmas of
what was meant; a typo that finds articles itself gets none and is wrong. What was meant has to
be in the index, else the run stops. Completion is timed for the first key after opening and after
a commit (of one article, to a copy), for every letter and pair of letters asked for the first time,
and for prefixes asked again. While commits are followed, as the server does, one letter is asked
for every 5 ms.

    PYTHONPATH=. python tests/benchmarks/bench_suggest.py [--articles 3000] [--index FOLDER]

An index in FOLDER is used, or made there.
"""

import argparse
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from large_corpus import large_folder
from timing import timed

from index.analyzer import query_lemmas
from index.indexing import index_sources
from search import Archive, Request

TYPED = (
    "к", "п", "с", "а", "по", "рем", "през", "губернатором", "екат", "ремизовым", "соловьёвой",
    "ин", "институт", "htvbp", "щщщщ", "екат рем", "банк тр", "новый гу", "к п", "пр ст", "и в",
    "на к", "с п н",
)  # fmt: skip


LETTERS = "абвгдежзийклмнопрстуфхцчшщэюя"


def typos() -> list[tuple[str, str, str]]:
    """Kind, what was typed and what was meant. A space inside what was typed follows no ``=``."""
    found = []
    for line in Path(__file__).with_name("typos.tsv").read_text("utf-8").splitlines():
        kind, pairs = line.split("\t")
        typed = ""
        for piece in pairs.split(" "):
            wrong, equals, right = piece.partition("=")
            typed = f"{typed} {wrong}".strip()
            if equals:
                found.append((kind, typed, right.replace("+", " ")))
                typed = ""
    return found


def lemmas(query: str) -> list[str]:
    return [query_lemmas(word)[0] for word in query.split()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--index", type=Path)
    asked = parser.parse_args()
    with TemporaryDirectory() as home:
        folder = large_folder(asked.index or Path(home) / "index", asked.articles)
        with TemporaryDirectory(dir=folder.parent) as beside:
            copy = Path(beside) / "index"
            shutil.copytree(folder, copy, copy_function=os.link)
            time_commits(copy)
        archive = Archive(folder)
        print(f"{archive.health()['articles']} articles")
        time_first_keys(archive)
        time_completion(archive)
        measure(archive)


def measure(archive: Archive) -> None:
    asked = {"facets": "none", "limit": "0"}

    def answer(q: str) -> dict:
        return archive.search(Request.from_params({**asked, "q": q}.items()))

    cases = typos()
    unknown = [right for _, _, right in cases if not answer(right)["total"]]
    assert not unknown, f"not in the corpus: {unknown}"
    kinds, times, wrong = defaultdict(list), [], []
    for kind, typed, right in cases:
        started = time.perf_counter()
        suggestion = answer(typed)["query"]["suggestion"]
        times.append(1000 * (time.perf_counter() - started))
        got = suggestion["q"] if suggestion else None
        kinds[kind].append(got is not None and lemmas(got) == lemmas(right))
        if not kinds[kind][-1]:
            wrong.append(f"{kind}: {typed} → {got or '—'}, not {right}")
    print("\n".join(wrong))
    for kind, hits in {**kinds, "all": [hit for hits in kinds.values() for hit in hits]}.items():
        print(f"{kind:>10} {sum(hits):4} of {len(hits):3}  {sum(hits) / len(hits):6.1%}")
    print(f"corrected: median {median(times):.1f} ms, slowest {max(times):.1f} ms, of {len(times)}")


def one_ms(work: Callable[[], object]) -> float:
    return timed([work], 1)[0]


def time_commits(folder: Path) -> None:
    """What the first key takes after opening and after a commit."""
    Archive(folder / "none").suggest("бокрёныш")
    archive = Archive(folder)
    print(f"first key after opening: {one_ms(partial(archive.suggest, 'к')):.0f} ms")
    commit(folder, "1")
    print(f"first key after a commit: {one_ms(partial(archive.suggest, 'п')):.0f} ms")
    with archive.followed():
        archive.suggest("к")
        before = archive.health()["generation"]
        commit(folder, "2")
        committed, asked = time.perf_counter(), []
        while not asked or archive.health()["generation"] == before:
            asked.append(one_ms(partial(archive.suggest, "с")))
            time.sleep(0.005)
        taken = time.perf_counter() - committed
        last = one_ms(partial(archive.suggest, "с"))
    print(
        f"followed: slowest key of {len(asked)} after a commit {max(asked):.1f} ms, in place after "
        f"{taken:.1f} s, first key from then on {last:.1f} ms"
    )


def commit(folder: Path, id: str) -> None:
    """Add one article."""
    row = folder.parent / "row.jsonl"
    row.write_text(f'{{"id": "{id}", "text": "Мост через Светлую.", "mentions": []}}', "utf-8")
    index_sources(folder, [row])


def time_first_keys(archive: Archive) -> None:
    """What an answer to each letter, and to each pair that begins a word, takes the first time."""
    archive.suggest("ъ")
    for kind, prefixes in (
        ("letter", LETTERS),
        ("two letters", ["".join(pair) for pair in product(LETTERS, LETTERS + "ы")]),
    ):
        spent = {}
        for prefix in prefixes:
            ms = one_ms(partial(archive.suggest, prefix))
            if archive.suggest(prefix)["suggestions"]:
                spent[prefix] = ms
        slowest = sorted(spent, key=spent.__getitem__, reverse=True)[:10]
        print(
            f"{kind} for the first time: {len(spent)}, median {median(spent.values()):.2f} ms, "
            f"under 5 ms {sum(ms < 5 for ms in spent.values())}, slowest "
            + ", ".join(f"{prefix} {spent[prefix]:.2f}" for prefix in slowest)
        )


def time_completion(archive: Archive) -> None:
    """What an answer to each of TYPED takes, asked for the first time and again."""
    works = [partial(archive.suggest, typed) for typed in TYPED]
    first = timed(works, 1)
    spent = [timed([work], 15)[0] for work in works]
    for typed, once, ms in zip(TYPED, first, spent):
        rows = len(archive.suggest(typed)["suggestions"])
        before = (
            "before" if len(typed) < 3 and " " not in typed else f"the first time {once:.2f} ms"
        )
        print(f"{typed:>16} {rows:3} rows {ms:6.2f} ms, {before}")
    print(f"completed: median {median(spent):.2f} ms, slowest {max(spent):.2f} ms")


if __name__ == "__main__":
    main()

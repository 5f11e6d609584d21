"""Precision and recall of the grouping of reprints, and what it costs to index them.

Corpus: the demo's articles. Every original gets one reprint of each kind: another headline; an
agency's tag; one word of ten changed; a paragraph cut, or half of them; paragraphs in another
order; a boilerplate tail (of five, so that each is in many articles); several of these at once.
Indexed beside them are pairs that are only about the same event: tests/benchmarks/
same_events.jsonl, and ten dated texts of one form (weather). A pair of articles counts as found
when they are in one group; pairs that the demo declares (reprint_of) count as right. Each kind is
an index of its own, so that no other reprint helps to connect a pair. Seed 1.
Timed: sketches and groups, against the whole of indexing rows that are annotated already, made by
tests/benchmarks/large_corpus.py.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/bench_reprints.py [ARTICLES]
"""

import json
import os
import platform
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from corpus import demo_articles
from large_corpus import large_corpus

from index.folder import open_index
from index.indexing import index_sources
from index.reprints import grouping, sketch, storage
from index.segment import batch
from index.segment.codec import held

HERE = Path(__file__).parent
CHANGED = 0.1
TAILS = [
    f"{opening} Все права защищены, при перепечатке ссылка на издание обязательна. {closing}"
    for opening, closing in (
        ("Мнение редакции может не совпадать с мнением авторов.", "Пишите нам на почту."),
        ("Подпишитесь на наш канал.", "Самое важное за день — в вечерней рассылке."),
        ("Сетевое издание зарегистрировано Роскомнадзором.", "Возрастное ограничение 16+."),
        ("Нашли опечатку? Выделите её и нажмите Ctrl+Enter.", "Читайте также другие новости."),
        ("Фото предоставлено пресс-службой.", "Телефон редакции указан на последней полосе."),
    )
]
WEATHER = """В Таволжском крае {} мая ожидается переменная облачность, днём без осадков, ветер
западный умеренный. Температура воздуха ночью {} градусов тепла, днём до {} градусов. Давление {}
миллиметров ртутного столба, влажность {} процентов, местами возможен туман."""

Chance = random.Random
Row = dict[str, Any]


def words_changed(text: str, chance: Chance) -> str:
    pool = re.findall(r"[а-яё]{4,}", text)
    return re.sub(
        r"[а-яё]{4,}", lambda m: chance.choice(pool) if chance.random() < CHANGED else m[0], text
    )


def parts(text: str) -> list[str]:
    """Its paragraphs, or its sentences where it has few."""
    found = [part for part in text.split("\n") if part.strip()]
    return found if len(found) > 3 else re.split(r"(?<=[.!?…]) +(?=[А-ЯЁ«])", text)


def cut(text: str, share: float, chance: Chance) -> str:
    found = parts(text)
    n = max(1, round(len(found) * share))
    first = chance.randint(0, len(found) - n)
    left = found[:first] + found[first + n :]
    return "\n\n".join(left or found)


def reordered(text: str, chance: Chance) -> str:
    found = parts(text)
    return "\n\n".join(chance.sample(found, len(found)))


def tailed(text: str, chance: Chance) -> str:
    return f"{text}\n\n{chance.choice(TAILS)}"


KINDS: dict[str, Callable[[str, Chance], str]] = {
    "changed headline": lambda text, chance: text,
    "agency tag": lambda text, chance: f"ТАВОЛЖСК, {chance.randint(1, 28)} мая — РечИнформ. {text}",
    "words changed": words_changed,
    "a paragraph cut": lambda text, chance: cut(text, 0.2, chance),
    "half cut": lambda text, chance: cut(text, 0.5, chance),
    "reordered": reordered,
    "boilerplate tail": tailed,
    "tag, words, cut, tail": lambda text, chance: tailed(
        "РечИнформ: " + words_changed(cut(text, 0.2, chance), chance), chance
    ),
}


def row(id: str, text: str, **fields: Any) -> Row:
    return {"id": id, "title": id, "text": text, "mentions": []} | fields


def others() -> Iterator[Row]:
    """Articles that no pair of is a reprint, though they are near each other."""
    for n, line in enumerate((HERE / "same_events.jsonl").read_text("utf-8").splitlines()):
        yield from (row(f"event {n} {m}", text) for m, text in enumerate(json.loads(line)))
    for day in range(1, 11):
        numbers = day, 5 + day % 7, 14 + 3 * day % 11, 740 + 7 * day % 17, 40 + 13 * day % 50
        yield row(f"weather {day}", WEATHER.format(*numbers))


def pairs_in(groups: np.ndarray, ids: list[str]) -> set[frozenset[str]]:
    members: dict[int, list[str]] = {}
    for id, group in zip(ids, groups.tolist()):
        if group != grouping.ALONE:
            members.setdefault(group, []).append(id)
    return {frozenset(pair) for found in members.values() for pair in combinations(found, 2)}


def grouped(home: Path, rows: list[Row]) -> set[frozenset[str]]:
    source = home / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    report = index_sources(home / "index", [source])
    assert (report.new, report.rejected) == (len(rows), 0)
    index = open_index(home / "index")
    segments = held(index.contents.segments, index.storage)
    ids = [data.id(docid) for _, data, _ in segments for docid in range(data.n_docs)]
    return pairs_in(storage.grouped(segments), ids)


def quality() -> None:
    demo = demo_articles()
    declared = {frozenset((a["id"], a["reprint_of"])) for a in demo if "reprint_of" in a}
    reprints = {id for pair in declared for id in pair}
    chance = Chance(1)
    total_right = total_found = total_true = 0
    for kind, change in KINDS.items():
        rows, true = [], set(declared)
        for article in demo:
            rows.append(row(article["id"], article["text"], title=article["title"]))
            if article["id"] not in reprints:
                copy = f"{article['id']} again"
                rows.append(row(copy, change(article["text"], chance)))
                true.add(frozenset((article["id"], copy)))
        with tempfile.TemporaryDirectory() as home:
            found = grouped(Path(home), [*rows, *others()])
        right = len(found & true)
        total_right, total_found = total_right + right, total_found + len(found)
        total_true += len(true)
        print(
            f"{kind:>24}: precision {right / max(len(found), 1):.4f}, recall "
            f"{right / len(true):.4f} ({len(true)} pairs)"
        )
    print(
        f"{'all':>24}: precision {total_right / total_found:.4f}, recall "
        f"{total_right / total_true:.4f} ({total_true} pairs)"
    )


def cost(n: int) -> None:
    rows = list(large_corpus(n))
    spent = dict.fromkeys(("sketches", "groups"), 0.0)

    def clocked(name: str, work: Callable) -> Callable:
        def run(*arguments):
            started = time.perf_counter()
            try:
                return work(*arguments)
            finally:
                spent[name] += time.perf_counter() - started

        return run

    batch.Batch._sketched = clocked("sketches", batch.Batch._sketched)
    storage.save = clocked("groups", storage.save)
    with tempfile.TemporaryDirectory() as home:
        source = Path(home, "rows.jsonl")
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        started = time.perf_counter()
        index_sources(Path(home, "index"), [source])
        whole = time.perf_counter() - started
    for name, seconds in spent.items():
        print(f"{name}: {seconds:.2f} s of {whole:.2f} s, {100 * seconds / whole:.1f} %")
    print(f"{n} annotated articles, {n / whole:.0f} articles/s in all")
    print(f"sketches: {4 * sketch.SIZE + 16} bytes an article")
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")


if __name__ == "__main__":
    quality()
    cost(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

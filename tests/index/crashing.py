"""Indexes, merges and deletes over and over until somebody kills the process.

    python tests/index/crashing.py FOLDER SEED

Says ``ready`` on a line when it begins.
"""

import json
import random
import sys
from pathlib import Path

from index import indexing
from index.morphology import analyzer

WORDS = "сталь мост визит президент указ год рубль город река завод".split()


def row(chance: random.Random, number: int) -> dict:
    text = " ".join(chance.choices(WORDS, k=chance.randint(1, 80)))
    person = f"Анна {chance.choice(WORDS).title()}"
    return {"id": f"a{number}", "title": "Мост", "text": text, "persons": [person], "mentions": []}


def work(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    source = folder.with_name("rows.jsonl")
    analyzer()  # loaded before, or a short life on a busy machine is spent on it
    print("ready", flush=True)
    while True:
        indexing.COMMIT_EVERY = chance.randint(5, 60)
        first = chance.randint(0, 2000)
        rows = (row(chance, number) for number in range(first, first + 120))
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        indexing.index_sources(folder, [source])
        indexing.delete_articles(folder, [f"a{first + chance.randint(0, 119)}" for _ in range(5)])
        if chance.random() < 0.2:
            indexing.optimize_index(folder)


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))

"""Indexes, merges and deletes over and over until somebody kills the process.

    python tests/index/crashing.py FOLDER

Starts a process for each seed that comes on standard input; says its number, and, when it has
ended, with what.
"""

import json
import os
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
    analyzer()  # loaded once, or a short life on a busy machine is spent on it
    for line in sys.stdin:
        writer = os.fork()
        if not writer:
            work(Path(sys.argv[1]), int(line))
        print(writer, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(writer, 0)[1]), flush=True)

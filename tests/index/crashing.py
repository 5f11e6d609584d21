"""Indexes, merges and deletes over and over until somebody kills the process.

    python tests/index/crashing.py FOLDER SEED

Says ``ready`` on a line when it begins.
"""

import random
import sys
from pathlib import Path

from index.rows import article_from_row
from index.writer import IndexWriter

WORDS = "сталь мост визит президент указ год рубль город река завод".split()


def work(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    number = 0
    print("ready", flush=True)
    while True:
        with IndexWriter(folder) as writer:
            for _ in range(chance.randint(1, 60)):
                number += 1
                text = " ".join(chance.choices(WORDS, k=chance.randint(1, 80)))
                row = {"id": f"{seed}-{number}", "title": "Мост", "text": text, "mentions": []}
                writer.add(article_from_row(row)[0])
            for _ in range(chance.randint(0, 9)):
                writer.delete(f"{seed}-{chance.randint(1, number)}")
            if chance.random() < 0.2:
                writer.commit(optimize=True)


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))

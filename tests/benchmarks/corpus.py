"""A corpus of any size made from the demo: sentences of its articles, remixed.

Deterministic for one size and seed.
"""

import json
import random
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]+[»”]?")
_WORDS = 220


def demo_articles() -> list[dict[str, Any]]:
    """The rows of the demo, by file and line."""
    sources = sorted(files("index").joinpath("demo").iterdir(), key=lambda path: path.name)
    return [json.loads(line) for path in sources for line in path.read_bytes().splitlines()]


def full_text(row: dict[str, Any]) -> str:
    """The title, an empty line and the text of a row."""
    return "\n\n".join(filter(None, [row.get("title"), row["text"]]))


def remixed(n: int, seed: int = 1, articles: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """``n`` rows of some 220 words each: a headline, and sentences of three other articles, the
    demo's by default."""
    chance = random.Random(seed)
    demo = articles or demo_articles()
    sentences = [_SENTENCE.findall(article["text"]) for article in demo]
    rows = []
    for number in range(n):
        headline, *sources = chance.sample(range(len(demo)), 4)
        pool = [sentence for source in sources for sentence in sentences[source]]
        text, words = [], 0
        while words < _WORDS:
            text.append(chance.choice(pool).strip())
            words += len(text[-1].split())
        day = f"{chance.randint(2000, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        rows.append(
            {
                "id": str(number),
                "title": demo[headline]["title"],
                "text": " ".join(text),
                "date": day,
                "source": demo[headline].get("source"),
            }
        )
    return rows

"""A large news corpus: sentences of the demo's articles among words that follow Zipf's law, with
persons and organizations that do.

Deterministic for one size and seed; rows carry ``mentions``, so that no tagger runs.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import orjson
from corpus import demo_articles

from index.folder import latest_commit
from index.indexing import index_sources

PERSONS, ORGANIZATIONS = 100_000, 30_000
WORDS = 220
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]+[»”]?")
_KINDS = "Институт Министерство Центр Ассоциация Компания Банк Университет Фонд Комитет".split()
_FIRST, _DAYS = date(2000, 1, 1), 26 * 365


def large_corpus(n: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """``n`` rows of some 220 words: half of them demo sentences, half drawn by Zipf's law from
    the demo's words and surnames (some 100,000)."""
    chance = np.random.default_rng(seed)
    demo = demo_articles()
    sentences = [s.strip() for row in demo for s in _SENTENCE.findall(row["text"])]
    counted = Counter(re.findall(r"\w+", " ".join(sentences).lower()))
    surnames, given = _surnames(chance), _names("first")
    words = [word for word, _ in counted.most_common()] + surnames[:90_000]
    persons = [
        f"{given[chance.integers(len(given))]} {surname}".title()
        for surname in (surnames[n % len(surnames)] for n in range(PERSONS))
    ]
    bodies = [
        f"{_KINDS[n % len(_KINDS)]} «{surnames[-1 - n].title()}» № {n}"
        for n in range(ORGANIZATIONS)
    ]
    for number in range(n):
        text, length = [], 0
        while length < WORDS // 2:
            text.append(sentences[chance.integers(len(sentences))])
            length += text[-1].count(" ") + 1
        drawn = [words[n] for n in _zipf(chance, WORDS // 2, len(words))]
        text += [" ".join(drawn[n : n + 11]).capitalize() + "." for n in range(0, len(drawn), 11)]
        chance.shuffle(text)
        day = _FIRST + timedelta(days=int(_DAYS * chance.random() ** 0.6))
        yield {
            "id": f"n{number}",
            "title": demo[chance.integers(len(demo))]["title"],
            "text": " ".join(text),
            "date": day.isoformat(),
            "source": demo[chance.integers(len(demo))]["source"],
            "persons": sorted({persons[n] for n in _zipf(chance, chance.poisson(4), PERSONS)}),
            "organizations": sorted(
                {bodies[n] for n in _zipf(chance, chance.poisson(3), ORGANIZATIONS)}
            ),
            "mentions": [],
        }


def large_folder(folder: Path, n: int) -> Path:
    """The folder, with an index of the demo's articles and ``n`` rows; one that is there already
    is left as it is."""
    if not any(latest_commit(folder)):
        with TemporaryDirectory() as home:
            source = Path(home) / "articles.jsonl"
            with open(source, "wb") as file:
                for row in demo_articles():
                    file.write(orjson.dumps(row | {"mentions": []}) + b"\n")
                for row in large_corpus(n):
                    file.write(orjson.dumps(row) + b"\n")
            index_sources(folder, [source])
    return folder


def _zipf(chance: np.random.Generator, size: int, n: int) -> list[int]:
    return np.minimum((n ** chance.random(size)).astype(int) - 1, n - 1).tolist()


def _surnames(chance: np.random.Generator) -> list[str]:
    names = _names("last")
    chance.shuffle(names)
    return names


def _names(kind: str) -> list[str]:
    path = Path(find_spec("natasha").origin).parent / "data" / "dict" / f"{kind}.txt"
    return [name for name in path.read_text("utf-8").split() if len(name) > 3]

"""Ranking: how high the one article stands that a query is to find, beside other ways to rank.

Sets: tests/benchmarks/known_items.py. ``demo`` asks for each of the demo's articles by the content
words of its headline in other forms, without distractors and among 3,000; ``--items ARTICLES.jsonl``
(rows with ``text``) asks for each article by the content words of its first sentence, among 3,000
distractors made of its like. Titles, and those first sentences, are in no index.
Ways: Snowball stems with BM25 (k1 1.2, b 0.75); plain Whoosh's BM25F over lemmas, its own codec;
plain Whoosh over our index, whose stored weights know the lead; ours, as Archive answers.
Every way is asked for any of the words (OR); the rivals for each lemma of a word at full weight.
Printed: mean reciprocal rank (MRR; a rank past 100 counts as none), the share of queries whose
article comes first (S@1) and among ten (S@10), and MRR of every other query and of the rest.

    python tests/benchmarks/bench_ranking.py [--items ARTICLES.jsonl] [--answers]

``--answers`` prints the first three hits to QUERIES over the articles instead.
Needs the package pystemmer.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import Stemmer
import whoosh.index
from known_items import DISTRACTORS, KnownItems, article_items, demo_items
from whoosh.fields import ID, TEXT, Schema
from whoosh.query import Or, Term

from index.analyzer import LemmaAnalyzer, query_lemmas
from index.indexing import index_sources
from index.tokens import tokens
from search import Archive, Request

DEPTH = 100
QUERIES = (
    "выборы президента Грузии",
    "президент Франции",
    "курс доллара",
    "чемпионат мира по хоккею",
    "полёт шаттла на МКС",
    "отставка губернатора",
    "нефть OR газ",
    '"премьер-министр Японии"',
    "убийство журналиста OR адвоката",
    "Путин Медведев",
)

Ranker = Callable[[Sequence[str]], list[int]]
"""Words in, the numbers of the first DEPTH texts out, the best first."""


def main(items: Path | None) -> None:
    sets = [demo_items(), demo_items(DISTRACTORS)]
    if items:
        sets.append(article_items(items))
    for known in sets:
        print(f"\n{known.name}: {len(known.queries)} queries, {len(known.texts)} articles")
        print(f"{'':24}   MRR    S@1   S@10   halves")
        with tempfile.TemporaryDirectory() as home:
            folder = build(Path(home), known.texts)
            ways = {
                "Snowball, BM25": stems(known.texts),
                "Whoosh, lemmas": plain_whoosh(Path(home), known.texts),
                "Whoosh over our index": whoosh_over(folder),
                "ours": ours(folder),
            }
            for name, ranker in ways.items():
                print(f"{name:24} {figures(ranks(known, ranker))}", flush=True)


def ranks(known: KnownItems, ranker: Ranker) -> np.ndarray:
    """The rank of each query's text, (n_queries,), infinite where it is not among the first."""
    found = []
    for words, wanted in known.queries:
        ranking = ranker(words)
        found.append(1 + ranking.index(wanted) if wanted in ranking else np.inf)
    return np.array(found)


def figures(found: np.ndarray) -> str:
    halves = " ".join(f"{(1 / half).mean():.3f}" for half in (found[::2], found[1::2]))
    shares = " ".join(f"{(found <= k).mean():6.3f}" for k in (1, 10))
    return f"{(1 / found).mean():6.3f} {shares}   {halves}"


def build(home: Path, texts: Sequence[str]) -> Path:
    """Our index of the texts, by number, undated."""
    rows = ({"id": f"{n:06}", "text": text, "mentions": []} for n, text in enumerate(texts))
    source = home / "articles.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    report = index_sources(home / "index", [source])
    assert report.new == len(texts), report
    return home / "index"


def ours(folder: Path) -> Ranker:
    archive = Archive(folder)

    def ranked(words: Sequence[str]) -> list[int]:
        request = Request(q=" OR ".join(words), limit=DEPTH, facets=())
        return [int(hit["id"]) for hit in archive.search(request)["results"]]

    return ranked


def whoosh_over(folder: Path) -> Ranker:
    searcher = whoosh.index.open_dir(str(folder)).searcher()
    ids = searcher.reader().column_reader("id")

    def ranked(words: Sequence[str]) -> list[int]:
        return [int(ids[hit.docnum]) for hit in searcher.search(any_lemma(words), limit=DEPTH)]

    return ranked


def plain_whoosh(home: Path, texts: Sequence[str]) -> Ranker:
    schema = Schema(id=ID(stored=True), text=TEXT(analyzer=LemmaAnalyzer()))
    (home / "whoosh").mkdir()
    index = whoosh.index.create_in(str(home / "whoosh"), schema)
    writer = index.writer(limitmb=512)
    for number, text in enumerate(texts):
        writer.add_document(id=str(number), text=text)
    writer.commit(optimize=True)
    searcher = index.searcher()

    def ranked(words: Sequence[str]) -> list[int]:
        return [int(hit["id"]) for hit in searcher.search(any_lemma(words), limit=DEPTH)]

    return ranked


def any_lemma(words: Sequence[str]) -> Or:
    return Or([Or([Term("text", lemma) for lemma in query_lemmas(word)]) for word in words])


def stems(texts: Sequence[str], k1: float = 1.2, b: float = 0.75) -> Ranker:
    """BM25 of Robertson and Zaragoza (2009) over Snowball stems."""
    stem = lru_cache(1 << 20)(Stemmer.Stemmer("russian").stemWord)
    counts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    lengths = np.zeros(len(texts))
    for number, text in enumerate(texts):
        for token in tokens(text):
            counts[stem(token.text.lower())][number] += 1
            lengths[number] += 1
    norms = k1 * (1 - b + b * lengths / lengths.mean())

    def ranked(words: Sequence[str]) -> list[int]:
        scores = np.zeros(len(texts))
        for word in words:
            held = counts.get(stem(word.lower()), {})
            docids = np.fromiter(held, np.intp, len(held))
            times = np.fromiter(held.values(), float, len(held))
            idf = np.log(1 + (len(texts) - len(held) + 0.5) / (len(held) + 0.5))
            scores[docids] += idf * times * (k1 + 1) / (times + norms[docids])
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return best[scores[best] > 0].tolist()

    return ranked


def answers(items: Path) -> None:
    """Print the first three hits to each of QUERIES over whole articles."""
    rows = [json.loads(line) for line in items.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as home:
        archive = Archive(build(Path(home), [row["text"] for row in rows]))
        for query in QUERIES:
            answer = archive.search(Request(q=query, limit=3, facets=()))
            print(f"\n{query}: {answer['total']} found")
            for hit in answer["results"]:
                opening = " ".join(rows[int(hit["id"])]["text"].split())[:90]
                print(f"{hit['score']:8.2f}  {opening}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=Path)
    parser.add_argument("--answers", action="store_true")
    asked = parser.parse_args()
    if asked.answers and not asked.items:
        parser.error("--answers needs --items")
    answers(asked.items) if asked.answers else main(asked.items)

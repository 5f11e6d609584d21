"""Known items: queries that each have one article to find, and the articles to find it among.

Content words are nouns, adjectives, verbs, participles, and what pymorphy2 gives no part of
speech (names in Latin letters), by its first parse, each once; numbers are none.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from corpus import demo_articles, remixed
from razdel import sentenize

from index.morphology import parses
from index.tokens import tokens

DISTRACTORS = 3_000
FEWEST_SENTENCES = 3
"""Of an article whose first one becomes the query."""

VARIANTS = 5
"""Queries made of each headline, in different forms."""

_CONTENT = {"NOUN", "ADJF", "ADJS", "VERB", "INFN", "PRTF", "PRTS", "GRND", "COMP", None}
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_DECLINED = [set(pair) for pair in product(_CASES, ("sing", "plur"))]
_CONJUGATED = [{"past", "masc"}, {"past", "femn"}, {"past", "plur"}, {"INFN"},
               {"pres", "3per", "sing"}, {"futr", "3per", "plur"}]  # fmt: skip


@dataclass(frozen=True)
class KnownItems:
    """``texts`` of articles, the titles left out; each query, some words, and the number of the
    text that it is to find."""

    name: str
    texts: list[str]
    queries: list[tuple[list[str], int]]


def demo_items(distractors: int = 0) -> KnownItems:
    """The content words of each headline of the demo, each in another form than there; VARIANTS
    queries of each."""
    rows = demo_articles()
    queries = [
        ([inflected(word, variant) for word in content_words(row["title"])], number)
        for variant in range(VARIANTS)
        for number, row in enumerate(rows)
    ]
    return _among(f"demo, {distractors} distractors", rows, queries, distractors)


def article_items(path: Path, distractors: int = DISTRACTORS) -> KnownItems:
    """The content words, as they stand, of the first sentence of each article of a JSONL, which
    is left out of the article and of the distractors."""
    rows, queries = [], []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        sentences = list(sentenize(row["text"]))
        if len(sentences) >= FEWEST_SENTENCES:
            rows.append(row | {"text": row["text"][sentences[0].stop :].strip()})
            queries.append((content_words(sentences[0].text), len(queries)))
    return _among(f"{path.stem}, {distractors} distractors", rows, queries, distractors)


def _among(
    name: str, rows: Sequence[dict[str, Any]], queries: list[tuple[list[str], int]], n: int
) -> KnownItems:
    """The articles and ``n`` distractors, remixed from their sentences, in an order that favours
    neither."""
    texts = [row["text"] for row in rows]
    texts += [row["text"] for row in remixed(n, articles=rows)] if n else []
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    wanted = [(words, place[number]) for words, number in queries]
    return KnownItems(name, [texts[old] for old in order], wanted)


def content_words(text: str) -> list[str]:
    """The content words of a text, each once, in its order."""
    words = (token.text for token in tokens(text))
    kept = (w for w in words if len(w) > 1 and not w[0].isdigit() and _is_content(w))
    return list(dict.fromkeys(kept))


def _is_content(word: str) -> bool:
    return parses(word)[0].tag.POS in _CONTENT


def inflected(word: str, variant: int) -> str:
    """Another form of a word, drawn by chance that depends on the word and the variant alone; the
    word itself where there is none."""
    parse = parses(word)[0]
    if parse.tag.POS in ("VERB", "INFN"):
        forms = list(_CONJUGATED)
    elif parse.tag.POS in ("NOUN", "ADJF", "PRTF"):
        forms = list(_DECLINED)
    else:
        return word
    random.Random(f"{word}{variant}").shuffle(forms)
    found = (parse.inflect(form) for form in forms)
    return next((f.word for f in found if f and f.word != word.lower()), word)

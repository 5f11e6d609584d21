"""Examples: queries that find something in this very archive."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from index.dates import spanning
from index.schema import NO_DATE
from search.answers.search import found
from search.facets.selection import Filter
from search.facets.values import EntityCounts
from search.parameters import GROUPS
from search.ranking.order import first_ranked
from search.request import Request
from search.snapshot import Snapshot

HEADLINES = 100
"""The newest articles whose headlines are read for words."""

LEAST_LETTERS = 4
"""Letters of a word that is worth an example."""

_WORD = re.compile(r"[^\W\d_]+")


def live_examples(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Queries of different kinds, each with the number of stories that it finds, at least 1:
    two words that stand together in a headline, the same as a phrase, one without the other,
    the most named person and organization, the last month."""
    rows = []
    for kind, q in _queries(snapshot):
        asked = Request(q=q, group=GROUPS[1])
        n = len(found(snapshot, asked, Filter(snapshot, asked)))
        if n:
            rows.append({"kind": kind, "q": q, "stories": n})
    return rows


def _queries(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    words = _common_pair(snapshot)
    if words:
        first, second = words
        yield "words", f"{first} {second}"
        yield "phrase", f'"{first} {second}"'
        yield "not", f"{first} -{second}"
    alive = snapshot.everything
    for field in ("person", "org"):
        column = snapshot.column(field)
        for ordinal in EntityCounts(column, alive).commonest(1):
            name = column.entities.name(ordinal).replace('"', "")
            yield field, f'{field}:"{name}"'
    dated = alive[snapshot.first_days[alive] != NO_DATE]
    if len(dated):
        last = int(snapshot.first_days[dated].max())
        yield "date", f"date:{spanning(last, last)[:7]}"


def _common_pair(snapshot: Snapshot) -> tuple[str, str] | None:
    """The two words that stand together in the most of the newest headlines."""
    pairs: Counter[tuple[str, str]] = Counter()
    alive = snapshot.everything
    newest = first_ranked(alive, alive, snapshot.order, "-date", HEADLINES)
    for docid in newest.tolist():
        for part in re.split(r"[^\w\s-]", snapshot.article(docid).title.lower()):
            words = _WORD.findall(part)
            pairs.update(pair for pair in pairwise(words) if min(map(len, pair)) >= LEAST_LETTERS)
    return max(pairs, key=pairs.__getitem__, default=None)

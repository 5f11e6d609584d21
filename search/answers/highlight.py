"""Highlighting: the words by which articles match a query, as stretches of their texts.

Which words these are, by their numbers in the text, comes from the index (``search.matching.spans``).
Only a text that is shown is split into words, by the regular expression of ``index.tokens``, to
turn numbers into code points; nothing is lemmatised but a hyphenated word that was found by a
part of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from whoosh import query as whoosh
from whoosh.query.spans import SpanNear2

from index.analyzer import query_lemmas
from index.tokens import Token, numbered
from search.deadline import check
from search.matching.daterange import DateRange
from search.matching.evaluator import Evaluator
from search.matching.queries import Placed, Without
from search.matching.spans import APART, Lines
from search.snapshot import Snapshot

Mark = tuple[int, int]
"""A half-open stretch of code points."""

Matched = dict[int, set[str]]
"""The numbers of words of a text, each with the terms under which it was found."""


def matched_words(
    snapshot: Snapshot, query: whoosh.Query, docids: list[int]
) -> dict[tuple[int, str], Matched]:
    """The words by which some documents match a query, for each document and text field that
    has any: every form of a word, a phrase only where it stands whole, in a sentence only what
    makes it one of those asked for; nothing that is excluded."""
    found: dict[tuple[int, str], Matched] = defaultdict(dict)
    wanted = np.array(sorted(docids), np.int64)
    for reader, base in snapshot.searcher.reader().leaf_readers() if docids else ():
        data = reader.segment().data(reader.storage())
        inside = wanted[(wanted >= base) & (wanted < base + data.n_docs)] - base
        evaluator = Evaluator(reader, snapshot.statistics, scored=False)
        for part, held in _parts(query, inside, evaluator):
            check()
            field = _field(part)
            words = Lines(data, field, held).matched(part)
            terms = data.words[field].terms
            for place, term in zip(words.places.tolist(), words.terms.tolist()):
                number, position = divmod(place, APART)
                key = base + int(held[number]), field
                found[key].setdefault(position, set()).add(terms[term].decode())
    return found


def marks(text: str, matched: Matched) -> list[Mark]:
    """The matched words of a text, each as a stretch, in order."""
    return [_stretch(word, matched[n]) for n, word in numbered(text, matched)]


def _parts(
    query: whoosh.Query, docids: np.ndarray, evaluator: Evaluator, found: bool = True
) -> Iterator[tuple[whoosh.Query, np.ndarray]]:
    """The parts of a query that ask for words, each with the documents, of those that the query
    has ``found``, or may have, in which it counts."""
    match query:
        case whoosh.Or(subqueries=parts):
            for part in parts:
                yield from _parts(part, docids, evaluator, found=False)
        case whoosh.And() | Without():
            if not found:
                docids = docids[evaluator.holds(query, docids)]
            for part in (query.a,) if isinstance(query, Without) else query.subqueries:
                yield from _parts(part, docids, evaluator)
        case whoosh.Every() | whoosh.ConstantScoreQuery() | DateRange():
            return
        case _ if len(docids) and query != whoosh.NullQuery:
            yield query, docids


def _field(query: whoosh.Query) -> str:
    """The field of a part that asks for words."""
    match query:
        case Placed(field=field):
            return field
        case SpanNear2(qs=words):
            return _field(words[0])
        case whoosh.Or(subqueries=parts):
            return _field(parts[0])
    return query.fieldname


def _stretch(word: Token, terms: set[str]) -> Mark:
    """The word, or the one part of it between hyphens that was found alone."""
    if "-" in word.text and terms.isdisjoint(query_lemmas(word.text)):
        parts = [
            (word.start + part.start(), word.start + part.end())
            for part in re.finditer("[^-‐‑]+", word.text)
            if not terms.isdisjoint(query_lemmas(part[0]))
        ]
        if len(parts) == 1:
            return parts[0]
    return word.start, word.stop

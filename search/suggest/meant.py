"""What was meant: another query for one that finds nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from index.morphology import fold
from index.schema import KINDS_OF_FACETS
from index.tokens import tokens
from search.query.dates import QueryError
from search.query.parser import parse
from search.query.syntax import FIELD_NAMES, Exact, Name, Node, Word, leaves
from search.suggest.keyboard import other_layout
from search.suggest.lexicon import LONGEST, Lexicon
from search.suggest.spacing import halves, joined
from search.suggest.transliteration import readings

MOST_WORDS = 20
"""Words of a query that is corrected."""

MOST_WRONG = 4
MOST_ALTERNATIVES = 5
MOST_TRIED = 16
"""Wrong words of a query, alternatives for each, and queries that are tried at the most."""

MISSING_SPACE = 1.0
BY_LETTERS = 0.5
"""What a missing space costs, and another alphabet, as a distance."""

SHORTEST_BY_LETTERS = 5
"""Latin letters of a word that may be misspelt Russian."""

_SPACED_FIELD = re.compile(rf"((?<!\w)(?:{'|'.join(FIELD_NAMES)}):)\s+", re.I)
_RUN = re.compile(rf"((?:{'|'.join(FIELD_NAMES)}):)?(\S+)")


@dataclass(frozen=True, slots=True)
class Meant:
    """``suggestion`` is a query with the number of its hits, or None; ``absent`` are the words
    that find nothing alone."""

    suggestion: dict[str, Any] | None
    absent: tuple[str, ...]


def meant(query: str, tree: Node | None, lexicon: Lexicon, found: Callable[[str], int]) -> Meant:
    """What may have been meant by a query that finds nothing; ``found`` counts the hits of
    another, under the same filters."""
    asked = list(islice(leaves(tree, excluded=False), MOST_WORDS + 1))
    if len(asked) > MOST_WORDS:
        return Meant(None, ())
    words = (replace(leaf, field=None) for leaf in asked if isinstance(leaf, (Word, Exact)))
    absent = tuple(w.text for w in dict.fromkeys(words) if not lexicon.count(w.text))
    tried = {query}
    for other in islice(_others(query, lexicon), MOST_TRIED):
        if other not in tried and (total := _counted(other, found)):
            return Meant({"q": other, "total": total}, absent)
        tried.add(other)
    return Meant(None, absent)


def _counted(query: str, found: Callable[[str], int]) -> int:
    try:
        return found(query)
    except QueryError:
        return 0


def _others(query: str, lexicon: Lexicon) -> Iterator[str]:
    """Other queries, the likeliest first."""
    yield _SPACED_FIELD.sub(r"\1", query)
    retyped = _RUN.sub(lambda run: (run[1] or "") + _retyped(run[2], lexicon), query)
    yield retyped
    yield from joined(retyped, lexicon.count)
    wrong = [word for word in _words(retyped) if not lexicon.count(word)][:MOST_WRONG]
    choices = {word: _alternatives(word, lexicon) for word in wrong}
    choices = {word: others for word, others in choices.items() if others}
    ways = product(*(enumerate(alternatives) for alternatives in choices.values()))
    for way in sorted(ways, key=lambda way: sum(rank for rank, _ in way)):
        other = retyped
        for word, (_, alternative) in zip(choices, way):
            other = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", _like(word, alternative), other)
        yield other


def _words(query: str) -> list[str]:
    """The words that a query asks for, those of persons and organizations too."""
    try:
        tree = parse(query).tree
    except QueryError:
        return []
    found: list[str] = []
    for leaf in leaves(tree, excluded=False):
        if isinstance(leaf, (Word, Exact)):
            found.append(leaf.text)
        elif isinstance(leaf, Name) and leaf.field in KINDS_OF_FACETS:
            found += _letters(leaf.name)
    return list(dict.fromkeys(found))


def _retyped(run: str, lexicon: Lexicon) -> str:
    """A run of characters in the other keyboard layout, if that makes words of the index."""
    if all(map(lexicon.count, _letters(run))):
        return run
    other = other_layout(run)
    words = _letters(other)
    return other if words and all(map(lexicon.count, words)) else run


def _letters(run: str) -> list[str]:
    return [token.text for token in tokens(run)]


def _alternatives(word: str, lexicon: Lexicon) -> list[str]:
    """Words of the index that may be meant by one that it does not hold, the likeliest first;
    none where it is longer than LONGEST."""
    if len(word) > LONGEST:
        return []
    read = readings(word)
    if known := [other for other in read if lexicon.count(other)]:
        return known[:MOST_ALTERNATIVES]
    weighed: dict[str, float] = {}
    by_letters = read[:2] if len(word) >= SHORTEST_BY_LETTERS else []
    for spelt, cost in [(word, 0.0), *((other, BY_LETTERS) for other in by_letters)]:
        for alike in lexicon.alike(spelt)[:MOST_ALTERNATIVES]:
            distance = alike.distance + cost
            weighed[alike.word] = max(alike.worth - cost, weighed.get(alike.word, -distance * 99))
    spaced = halves(word, lexicon.count)[:MOST_ALTERNATIVES]
    best = sorted(weighed, key=lambda other: -weighed[other])
    nearest = min((alike.distance for alike in lexicon.alike(word)), default=9.0)
    first, then = (spaced, best) if nearest > MISSING_SPACE else (best, spaced)
    return [*first, *then][:MOST_ALTERNATIVES]


def _like(word: str, other: str) -> str:
    return other[:1].upper() + other[1:] if word[:1].isupper() and word != fold(word) else other

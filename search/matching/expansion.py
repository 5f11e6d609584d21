"""Expansion: which terms of a segment a prefix, wildcard or fuzzy query stands for."""

import fnmatch
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from whoosh import query as whoosh

from index.segment.strings import Strings
from search.deadline import check

MOST_TERMS = 5000
"""Terms of a segment that a wildcard or a fuzzy word stands for at the most, in alphabetical
order; a prefix may stand for more, as they follow each other."""

_KEPT = 32
"""Expansions that are kept: a query is answered, counted and highlighted with one of them."""

_AT_ONCE = 10_000
"""Terms that are looked at between two looks at the clock."""

_SPECIAL = re.compile(r"[*?\[]")


def term_numbers(query: whoosh.Query, terms: Strings) -> Sequence[int]:
    """The numbers of the terms that a query means; a range where they follow each other.

    Raises TypeError for a query of another kind.
    """
    found = _meant(query, terms)
    return found if isinstance(found, range) else found[:MOST_TERMS]


def is_cut(query: whoosh.Query, terms: Strings) -> bool:
    """Whether a wildcard or a fuzzy word means more terms than MOST_TERMS."""
    found = _meant(query, terms)
    return not isinstance(found, range) and len(found) > MOST_TERMS


def _meant(query: whoosh.Query, terms: Strings) -> Sequence[int]:
    match query:
        case whoosh.Prefix():
            return terms.beginning_with(query.text.encode())
        case whoosh.Wildcard():
            return _matching(query.text, terms)
        case whoosh.FuzzyTerm():
            return _similar(query.text, int(query.maxdist), query.prefixlength, terms)
    raise TypeError(f"no query for several terms: {query!r}")


@lru_cache(_KEPT)
def _matching(pattern: str, terms: Strings) -> list[int]:
    """The first terms that a pattern fits, one more than MOST_TERMS at the most."""
    candidates = terms.beginning_with(_SPECIAL.split(pattern)[0].encode())
    fits = re.compile(fnmatch.translate(pattern)).match
    found: list[int] = []
    for first in range(0, len(candidates), _AT_ONCE):
        check()
        part = candidates[first : first + _AT_ONCE]
        found += [n for n, term in zip(part, terms.slice(part)) if fits(term.decode())]
        if len(found) > MOST_TERMS:
            return found[: MOST_TERMS + 1]
    return found


@lru_cache(_KEPT)
def _similar(word: str, most: int, same: int, terms: Strings) -> list[int]:
    """The terms with the first ``same`` letters of a word that differ from it in ``most``
    letters (Levenshtein, 1965); one more than MOST_TERMS at the most."""
    candidates = terms.beginning_with(word[:same].encode())
    strings = [term.decode() for term in terms.slice(candidates)]
    lengths = np.fromiter(map(len, strings), np.int64, len(strings))
    fitting = np.flatnonzero(np.abs(lengths - len(word)) <= most)
    if not len(fitting):
        return []
    letters = np.array([strings[n] for n in fitting.tolist()])
    letters = letters.view(np.uint32).reshape(len(fitting), -1)
    close = _distances(letters, lengths[fitting], word) <= most
    return (candidates.start + fitting[close][: MOST_TERMS + 1]).tolist()


def _distances(letters: np.ndarray, lengths: np.ndarray, word: str) -> np.ndarray:
    """How many letters each string, (n, longest) code points padded with 0, differs from a
    word in, (n,)."""
    n, longest = letters.shape
    above = np.tile(np.arange(longest + 1, dtype=np.int16), (n, 1))
    for row, letter in enumerate(word, 1):
        check()
        current = np.empty_like(above)
        current[:, 0] = row
        changed = above[:, :-1] + (letters != ord(letter))
        best = np.minimum(changed, above[:, 1:] + 1)
        for column in range(longest):
            current[:, column + 1] = np.minimum(best[:, column], current[:, column] + 1)
        above = current
    return above[np.arange(n), lengths]

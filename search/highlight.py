"""Highlighting: where in an article the words of a query stand."""

import re
from collections.abc import Callable, Iterator

from index.analyzer import query_lemmas, terms
from index.morphology import fold
from index.tokens import Token, spelling, tokens
from search.syntax import Node, Phrase, Prefix, Word, positive_leaves

Mark = tuple[int, int]
"""A half-open stretch of code points."""

Test = Callable[[set[str]], bool]
"""Whether a word that has these lemmas is asked for."""


def marks(tree: Node | None, field: str, text: str) -> list[Mark]:
    """The words of a text that a query asks for in a field, each as a stretch, in order.

    A word is marked in every form of its lemmas, a phrase only where it stands whole; what is
    excluded is never marked.
    """
    leaves = [leaf for leaf in positive_leaves(tree) if _asks(leaf, field)]
    if not leaves:
        return []
    words = list(tokens(text))
    lemmas = [{lemma for lemma, _ in terms(word.text)} for word in words]
    found: dict[int, list[Test]] = {}
    for leaf in leaves:
        for n, test in _matching(leaf, lemmas):
            found.setdefault(n, []).append(test)
    return [_stretch(words[n], found[n]) for n in sorted(found)]


def _asks(leaf: Node, field: str) -> bool:
    return isinstance(leaf, (Word, Prefix, Phrase)) and leaf.field in (None, field)


def _matching(leaf: Node, lemmas: list[set[str]]) -> Iterator[tuple[int, Test]]:
    """The numbers of the words that a leaf matches, each with the test that it passed."""
    match leaf:
        case Word(text):
            tests = [_any_of(text)]
        case Prefix(text):
            tests = [_beginning_with(text)]
        case Phrase(words):
            tests = [_any_of(word) for word in words]
    for start in range(len(lemmas) - len(tests) + 1):
        if all(test(lemmas[start + n]) for n, test in enumerate(tests)):
            yield from ((start + n, test) for n, test in enumerate(tests))


def _any_of(word: str) -> Test:
    wanted = set(query_lemmas(word))
    return lambda held: not wanted.isdisjoint(held)


def _beginning_with(text: str) -> Test:
    prefix = fold(spelling(text))
    return lambda held: any(lemma.startswith(prefix) for lemma in held)


def _stretch(word: Token, tests: list[Test]) -> Mark:
    """The word, or the one part of it between hyphens that was asked for alone."""
    if not any(test(set(query_lemmas(word.text))) for test in tests):
        parts = [
            (word.start + part.start(), word.start + part.end())
            for part in re.finditer("[^-‐‑]+", word.text)
            if any(test(set(query_lemmas(part[0]))) for test in tests)
        ]
        if len(parts) == 1:
            return parts[0]
    return word.start, word.stop

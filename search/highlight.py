"""Highlighting: where in an article the words of a query stand."""

from collections.abc import Callable, Iterable

from index.analyzer import query_lemmas, terms
from index.morphology import fold
from index.tokens import spelling, tokens
from search.syntax import Node, Phrase, Prefix, Word, positive_leaves

Mark = tuple[int, int]
"""A half-open stretch of code points."""


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
    marked = {number for leaf in leaves for number in _marked(leaf, lemmas)}
    return [(words[number].start, words[number].stop) for number in sorted(marked)]


def _asks(leaf: Node, field: str) -> bool:
    return isinstance(leaf, (Word, Prefix, Phrase)) and leaf.field in (None, field)


def _marked(leaf: Node, lemmas: list[set[str]]) -> Iterable[int]:
    match leaf:
        case Word(text):
            return _where(lemmas, _any_of(text))
        case Prefix(text):
            prefix = fold(spelling(text))
            return _where(lemmas, lambda held: any(lemma.startswith(prefix) for lemma in held))
        case Phrase(words):
            tests = [_any_of(word) for word in words]
            starts = range(len(lemmas) - len(words) + 1)
            found = [s for s in starts if all(test(lemmas[s + n]) for n, test in enumerate(tests))]
            return (start + n for start in found for n in range(len(words)))
    return ()


def _any_of(word: str) -> Callable[[set[str]], bool]:
    wanted = set(query_lemmas(word))
    return lambda held: not wanted.isdisjoint(held)


def _where(lemmas: list[set[str]], test: Callable[[set[str]], bool]) -> Iterable[int]:
    return (number for number, held in enumerate(lemmas) if test(held))

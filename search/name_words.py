"""The words of names: which names have every word of another one, in some form."""

from array import array
from collections.abc import Iterable
from functools import reduce

import numpy as np

from index.analyzer import query_lemmas
from index.morphology import fold
from index.tokens import spelling, tokens


class NameWords:
    """Names by their words. Words are lemmatised when they are asked for, those alone that
    begin like the word that is looked for or its lemmas."""

    def __init__(self, names: Iterable[tuple[str, int]]):
        """``names`` come with a number each, which several may share."""
        self._words: dict[str, int] = {}
        words, numbers = array("i"), array("i")
        for name, number in names:
            for token in tokens(name):
                word = fold(spelling(token.text))
                words.append(self._words.setdefault(word, len(self._words)))
                numbers.append(number)
        order = np.argsort(np.asarray(words), kind="stable")
        self._numbers = np.asarray(numbers)[order]
        self._starts = np.searchsorted(np.asarray(words)[order], np.arange(len(self._words) + 1))

    def having(self, name: str) -> list[int]:
        """The numbers of the names that have every word of this one, ascending."""
        found = [self._with(token.text) for token in tokens(name)]
        return reduce(np.intersect1d, found).tolist() if found else []

    def _with(self, word: str) -> np.ndarray:
        lemmas = query_lemmas(word)
        beginnings = tuple({lemma[0] for lemma in (*lemmas, fold(spelling(word))) if lemma})
        found = [
            self._numbers[self._starts[number] : self._starts[number + 1]]
            for other, number in self._words.items()
            if other.startswith(beginnings) and not set(lemmas).isdisjoint(query_lemmas(other))
        ]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)

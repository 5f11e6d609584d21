"""The words of names: which names have every word of another one, in some form."""

from array import array
from collections.abc import Iterable

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
        """The numbers of the names that have every word of this one, ascending: a word in some
        form, an initial as the beginning of a word. Where no name has, those that have its
        first initial and all other words, or initials that its words begin with."""
        words = list(dict.fromkeys(fold(spelling(token.text)) for token in tokens(name)))
        if not words:
            return []
        if found := self._with_all(map(self._with, words)):
            return found
        whole = [word for word in words if len(word) > 1]
        initials = [word for word in words if len(word) == 1][:1]
        if initials:
            return self._with_all(map(self._with, whole + initials)) if whole else []
        kept = self._with_all(map(self._with_or_initial, words))
        named = [self._with(word) for word in words]
        return np.intersect1d(kept, np.concatenate(named)).tolist()

    def _with_all(self, found: Iterable[np.ndarray]) -> list[int]:
        kept: np.ndarray | None = None
        for numbers in found:
            kept = numbers if kept is None else np.intersect1d(kept, numbers)
            if not len(kept):
                break
        return [] if kept is None else kept.tolist()

    def _with(self, word: str) -> np.ndarray:
        if len(word) == 1:
            return self._numbers_of(
                number
                for other, number in self._words.items()
                if other.startswith(word) or f"-{word}" in other
            )
        lemmas = query_lemmas(word)
        beginnings = tuple({lemma[0] for lemma in (*lemmas, word) if lemma})
        return self._numbers_of(
            number
            for other, number in self._words.items()
            if other.startswith(beginnings) and not set(lemmas).isdisjoint(query_lemmas(other))
        )

    def _with_or_initial(self, word: str) -> np.ndarray:
        initial = self._words.get(word[0])
        return np.union1d(self._with(word), self._numbers_of([] if initial is None else [initial]))

    def _numbers_of(self, words: Iterable[int]) -> np.ndarray:
        """The names with any of the words, by the numbers of these, ascending."""
        found = [self._numbers[self._starts[n] : self._starts[n + 1]] for n in words]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)

"""The words of names: which names have every word of another one, in some form."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from index.analyzer import query_lemmas
from index.segment.arrays import starts
from search.entities.words import name_words, words_of_all

LONGEST_ENDING = 3
"""Letters that a form has beyond its lemma, at the most."""

LONGER = 2
"""Letters that a name in the nominative has after the stem that its forms share."""

_ENDINGS = frozenset("аеиоуыьюямхйг")
_LEAST_STEM = 3
_SOFT = "аеиоуыьюяй"
"""Letters in which a nominative ends that its other forms do not share."""

_SURNAME = re.compile("(.*(?:[ое]в|[иы]н))(а?)")
_MANS = ("", "ым", "ом")
_WOMANS = ("ой", "ою")
"""Endings of surnames in one gender alone."""

_BYTES = 4
"""Of a letter, at the most."""

_REPEATED = 4
"""Words beginning alike that a name has in its spellings, mostly at the most."""


class NameWords:
    """Names by their words, and by the parts of words with hyphens. The words lie sorted as
    bytes, and are lemmatised when they are asked for, those alone that begin alike."""

    def __init__(self, names: Iterable[str], numbers: np.ndarray):
        """``numbers`` (n_names,) of the names, which several may share."""
        words, places, held = words_of_all(names)
        ranks = words.ranks
        ranked = ranks[places]
        self._numbers = numbers[held[np.argsort(ranked, kind="stable")]]
        self._starts = starts(np.bincount(ranked, minlength=len(words)))
        self._words = words.strings(np.argsort(ranks))

    def having(self, name: str) -> list[int]:
        """The numbers of the names that have every word of this one, ascending: a word in some
        form, an initial as the beginning of a word. Where no name has, those that have its
        first initial and all other words, or initials that its words begin with, or the parts of
        its words with hyphens."""
        words = list(dict.fromkeys(name_words(name)))
        if not words:
            return []
        if found := self.alike(words):
            return found
        parts = [part for word in words for part in word.split("-") if part]
        if parts != words:
            return self.having(" ".join(parts))
        whole = [word for word in words if len(word) > 1]
        initials = [word for word in words if len(word) == 1][:1]
        if initials:
            return self.alike(whole + initials) if whole else []
        kept = self._with_all(map(self._with_or_initial, words))
        named = [self._in_some_form(word) for word in words]
        return np.intersect1d(kept, np.concatenate(named)).tolist()

    def of_form(self, word: str) -> list[int]:
        """The numbers of the names with a word of which this one, a name of one word, is
        another form; ascending."""
        words = name_words(word)
        if len(words) != 1 or len(words[0]) == 1:
            return []
        return self._numbers_of(self._rows(set(query_lemmas(words[0])) - set(words))).tolist()

    def begun(self, words: Sequence[str], ranks: np.ndarray, n: int) -> list[int]:
        """The ``n`` numbers of the lowest ranks, (n_numbers,), of the names that have a word
        beginning with each of some folded ones, or one of which it is a form, or the beginning
        of a form."""
        fewest, *others = sorted(map(self._begun, words), key=len)
        for numbers in others:
            held = np.zeros(len(ranks), bool)
            held[fewest] = True
            fewest = numbers[held.take(numbers)]
        return _lowest(fewest, ranks, n)

    def alike(self, words: Iterable[str]) -> list[int]:
        """The numbers of the names that have each of some folded words, a word of one letter as
        an initial, ascending."""
        return self._with_all(map(self._in_some_form, words))

    def _begun(self, word: str) -> np.ndarray:
        """The names with a word beginning with this one or of which it is a form, some of them
        several times."""
        rows = self._words.beginning_with(word.encode())
        begun = self._numbers[self._starts[rows.start] : self._starts[rows.stop]]
        if len(word) > 1:
            others = self._rows_in_some_form(word, but=rows)
            begun = np.concatenate((begun, self._numbers_of(others))) if others else begun
        return begun if len(begun) else self._declined(word)

    def _in_some_form(self, word: str) -> np.ndarray:
        if len(word) == 1:
            return self._beginning_with(word)
        return self._numbers_of(dict.fromkeys(self._rows_in_some_form(word)))

    def _rows_in_some_form(self, word: str, but: range = range(0)) -> list[int]:
        """The rows of the words that share a lemma with a word, and the lemma's stem, ``but``
        those that begin with the word, if their rows are given."""
        rows = self._rows([word])
        for lemma in query_lemmas(word):
            stem = lemma.rstrip(_SOFT)
            if len(stem) < _LEAST_STEM:
                stem = lemma
            if len(stem) < _LEAST_STEM:
                rows += self._rows([lemma])
            elif not (but and stem.startswith(word)):
                words = self._short_words(stem, len(lemma) + LONGEST_ENDING)
                rows += [row for row, other in words if row not in but and _is_form(word, other)]
        return [row for row in rows if row not in but]

    def _declined(self, word: str) -> np.ndarray:
        """The names with a word of which this may be a form that is being typed: they share the
        stem, and what follows it is letters of case endings."""
        for cut in (1, 2):
            stem, ending = word[:-cut], word[-cut:]
            if len(stem) >= _LEAST_STEM and _ENDINGS.issuperset(ending):
                if rows := [row for row, _ in self._short_words(stem, len(stem) + LONGER)]:
                    return self._numbers_of(rows)
        return self._numbers_of([])

    def _short_words(self, stem: str, longest: int) -> list[tuple[int, str]]:
        """The rows of the words that begin with a stem and have no more letters."""
        rows = self._words.beginning_with(stem.encode())
        lengths = np.diff(self._words.begins[rows.start : rows.stop + 1])
        short = np.flatnonzero(lengths <= len(stem.encode()) + _BYTES * (longest - len(stem)))
        decoded = ((row, self._words[row].decode()) for row in (short + rows.start).tolist())
        return [(row, word) for row, word in decoded if len(word) <= longest]

    def _beginning_with(self, prefix: str) -> np.ndarray:
        rows = self._words.beginning_with(prefix.encode())
        return np.unique(self._numbers[self._starts[rows.start] : self._starts[rows.stop]])

    def _with_all(self, found: Iterable[np.ndarray]) -> list[int]:
        kept: np.ndarray | None = None
        for numbers in found:
            kept = numbers if kept is None else np.intersect1d(kept, numbers)
            if not len(kept):
                break
        return [] if kept is None else kept.tolist()

    def _rows(self, words: Iterable[str]) -> list[int]:
        """The rows of some words, those that are none left out."""
        found = (self._words.find(word.encode()) for word in words)
        return [row for row in found if row is not None]

    def _with_or_initial(self, word: str) -> np.ndarray:
        initial = self._words.find(word[0].encode())
        return np.union1d(
            self._in_some_form(word), self._numbers_of([] if initial is None else [initial])
        )

    def _numbers_of(self, rows: Iterable[int]) -> np.ndarray:
        """The names with any of the words, by the rows of these, ascending."""
        found = [self._numbers[self._starts[n] : self._starts[n + 1]] for n in rows]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)


def _is_form(word: str, other: str) -> bool:
    """Whether a word may be a form of another, or share one with it; a man's surname in a case
    that only a woman's has is none of his, and the other way round."""
    surname = _SURNAME.fullmatch(other)
    if surname and word.startswith(surname[1]):
        ending = word[len(surname[1]) :]
        if ending in (_MANS if surname[2] else _WOMANS):
            return False
    return not set(query_lemmas(word)).isdisjoint(query_lemmas(other))


def _lowest(numbers: np.ndarray, ranks: np.ndarray, n: int) -> list[int]:
    """The ``n`` numbers of the lowest ranks, each once."""
    found, looked_at = ranks.take(numbers), n
    while True:
        looked_at = min(_REPEATED * looked_at, len(found))
        places = np.argpartition(found, looked_at - 1)[:looked_at] if looked_at else []
        ordered = numbers[sorted(places, key=found.__getitem__)].tolist()
        lowest = list(dict.fromkeys(ordered))
        if len(lowest) >= n or looked_at == len(found):
            return lowest[:n]

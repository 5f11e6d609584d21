"""The lexicon: the forms and lemmas of an index as arrays, and those that a word is like.

Words lie by their length, so that all of like length are compared at once; what cannot be close
is passed over by the set of its letters, one bit each, before anything is compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log
from os.path import commonprefix

import numpy as np

from index.analyzer import query_lemmas
from index.morphology import fold
from index.segment.segment import SegmentData
from index.segment.strings import Strings
from search.suggest.distance import distances

LONGEST = 40
"""Letters of a word that is corrected or offered."""

MOST_WEIGHED = 60
"""Words of the smallest distance whose frequency is looked up."""

SLIP = 4.5
"""Natural logarithms of frequency that a slip outweighs."""

_KEPT = 4096
_LETTERS = 1 << 11
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FOLDED = np.array(
    [ord(fold(chr(c))) if len(fold(chr(c))) == 1 else c for c in range(_LETTERS)] + [_LETTERS],
    np.uint16,
)
_BITS = np.array([bin(n).count("1") for n in range(1 << 16)], np.uint8)


@dataclass(frozen=True, slots=True)
class Alike:
    """A word of the index, how far it is from the one asked for, and the worth of offering it
    (the higher the better)."""

    word: str
    distance: float
    worth: float


class Lexicon:
    """The words of some segments."""

    def __init__(self, segments: Sequence[SegmentData]):
        self._fields = [field for data in segments for field in data.words.values()]
        tables = [data.forms for data in segments] + [field.terms for field in self._fields]
        self._words = _by_length(tables)
        self.count = lru_cache(_KEPT)(self._count)

    def _count(self, word: str) -> int:
        """Postings of the commonest lemma of a word, over all fields; 0 for an unknown word."""
        return max(self._postings(lemma.encode()) for lemma in query_lemmas(word))

    def _postings(self, term: bytes) -> int:
        found = ((field, field.terms.find(term)) for field in self._fields)
        return sum(field.n_postings(number) for field, number in found if number is not None)

    def alike(self, word: str) -> list[Alike]:
        """The words that differ from one in a letter or two, the best to offer first; a lemma
        that is like the word's own stands in the word's form."""
        word = fold(word)
        found = {alike.word: alike for alike in self._inflected(word)}
        found |= {alike.word: alike for alike in self._alike(word)}
        return sorted(found.values(), key=lambda alike: (-alike.worth, alike.word))

    def _inflected(self, word: str) -> Iterator[Alike]:
        lemma = query_lemmas(word)[0]
        same = len(commonprefix([word, lemma]))
        ending = lemma[same:]
        if lemma == word or not same:
            return
        for alike in self._alike(lemma):
            if alike.word.endswith(ending):
                form = alike.word[: len(alike.word) - len(ending)] + word[same:]
                if alike.word in query_lemmas(form):
                    yield replace(alike, word=form)

    def _alike(self, word: str) -> list[Alike]:
        if not 2 <= len(word) <= LONGEST or any(ord(letter) >= _LETTERS for letter in word):
            return []
        most = 1.0 + (len(word) > 4)
        close: list[tuple[float, str]] = []
        for length in range(len(word) - int(most), len(word) + int(most) + 1):
            if length in self._words:
                close += _close(word, *self._words[length], most)
        found = []
        for distance, other in sorted(close)[:MOST_WEIGHED]:
            if other != word and (count := self.count(other)):
                worth = log(count) - SLIP * distance
                found.append(Alike(other, distance, worth))
        return found


def _close(
    word: str, letters: np.ndarray, sets: np.ndarray, most: float
) -> Iterable[tuple[float, str]]:
    mine = _sets(np.array([list(map(ord, word))], np.uint16))[0]
    few = (_n_bits(sets & ~mine) <= most + 0.5) & (_n_bits(mine & ~sets) <= most + 0.5)
    candidates = letters[few]
    found = distances(word, candidates)
    near = found <= most + 0.31
    for row, distance in zip(candidates[near], found[near].tolist()):
        yield round(distance, 3), "".join(map(chr, row.tolist()))


def _n_bits(sets: np.ndarray) -> np.ndarray:
    return _BITS[sets.view(np.uint16).reshape(len(sets), 4)].sum(axis=1)


def _sets(letters: np.ndarray) -> np.ndarray:
    bits = np.uint64(1) << (letters & 63).astype(np.uint64)
    return np.bitwise_or.reduce(bits, axis=1)


def _by_length(tables: Iterable[Strings]) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Distinct folded words by length: (n, length) uint16 letters, (n,) uint64 sets of them."""
    found: dict[int, list[np.ndarray]] = {}
    for letters, begins in map(_letters, tables):
        lengths = np.diff(begins)
        for length in np.unique(lengths[(lengths > 1) & (lengths <= LONGEST)]).tolist():
            places = begins[:-1][lengths == length, None] + np.arange(length)
            words = letters[places]
            found.setdefault(length, []).append(words[(words < _LETTERS).all(axis=1)])
    words = {length: _distinct(np.concatenate(parts)) for length, parts in found.items()}
    return {length: (letters, _sets(letters)) for length, letters in words.items()}


def _letters(table: Strings) -> tuple[np.ndarray, np.ndarray]:
    """The folded letters of a table end to end, uint16, and where each string begins."""
    text = table.content.tobytes().decode()
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    folded = _FOLDED.take(np.minimum(codes, _LETTERS))
    before = np.zeros(len(table.content) + 1, np.int32)
    np.cumsum((table.content & 0xC0) != 0x80, out=before[1:])
    return folded, before[table.begins.astype(np.int64)]


def _distinct(words: np.ndarray) -> np.ndarray:
    """The different rows, told apart by a polynomial of their letters modulo 2 ** 64."""
    powers = np.cumprod(np.full(words.shape[1], _MULTIPLIER))
    hashes = np.einsum("ij,j->i", words.astype(np.uint64), powers)
    return words[np.sort(np.unique(hashes, return_index=True)[1])]

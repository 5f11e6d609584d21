"""The vocabulary: what the pieces of texts mean for a segment, each read once.

News repeats its pieces («Москве,», «Петров.»), so that an article is little more than their
numbers, and what is known of them is put to all articles of a batch by array operations.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any

import numpy as np

from index.analyzer import terms
from index.reprints.sketch import form_hashes
from index.segment.arrays import ranges, smallest, starts
from index.segment.pieces import PieceNumbers
from index.sentences import role
from index.tokens import WORD, spelling

_WORDS = re.compile(WORD)
_BYTES_OF_PIECE = 200
"""Memory for a piece, less what is known of its words."""

_BYTES_OF_WORD = 600
"""Memory for a word, its form and terms."""


class Numbers(dict):
    """Numbers for keys, in the order in which they are first asked for."""

    def __missing__(self, key: Any) -> int:
        number = self[key] = len(self)
        return number

    def since(self, number: int) -> Iterator[str]:
        """The keys from a number on."""
        return islice(self, number, None)


class _Strings(Numbers):
    """Numbers for strings that are asked for in their order again and again: what has been put
    in order stays so."""

    def __init__(self) -> None:
        super().__init__()
        self._sorted, self._order = np.empty(0, object), np.empty(0, np.int64)

    def ranked(self, used: np.ndarray) -> tuple[list[bytes], np.ndarray, np.ndarray]:
        """The used strings in order, their numbers, and the place of each number among them."""
        self._sort()
        is_used = np.zeros(len(self), bool)
        is_used[used] = True
        is_used = is_used[self._order]
        order = self._order[is_used]
        ranks = np.zeros(len(self), np.int64)
        ranks[order] = np.arange(len(order))
        return self._sorted[is_used].tolist(), order, ranks

    def _sort(self) -> None:
        """Put the new strings among those that are in order."""
        known = len(self._order)
        new = [key.encode() for key in self.since(known)]
        order = sorted(range(len(new)), key=new.__getitem__)
        strings = np.array([new[number] for number in order], object)
        places = np.searchsorted(self._sorted, strings)
        self._sorted = np.insert(self._sorted, places, strings)
        self._order = np.insert(self._order, places, known + np.array(order, np.int64))


class Vocabulary:
    """The pieces of texts by number, each read when it is first met."""

    def __init__(self) -> None:
        self.n_bytes = 0
        self._pieces = PieceNumbers()
        self._roles, self._n_words, self._words_of_pieces = array("B"), array("I"), array("I")
        self._words: dict[str, int] = {}
        self._forms_of_words, self._n_terms = array("I"), array("I")
        self._terms_of_words, self._weights = array("I"), array("d")
        self._terms, self._forms = _Strings(), _Strings()
        self._hashes, self._bits = form_hashes(())

    def __len__(self) -> int:
        return len(self._pieces)

    def numbers(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The pieces of texts, end to end, (n,) uint32, and how many each text has."""
        numbers, counts, new = self._pieces.of(texts)
        self._add(new)
        return numbers, counts

    def _add(self, pieces: list[str]) -> None:
        words = list(map(_WORDS.findall, pieces))
        ends = (found[-1] if found else None for found in words)
        self._roles.extend(map(role, pieces, ends))
        self._n_words.extend(map(len, words))
        for word in chain.from_iterable(words):
            if word not in self._words:
                self._read(word)
            self._words_of_pieces.append(self._words[word])
        self.n_bytes += _BYTES_OF_PIECE * len(pieces)

    def _read(self, word: str) -> None:
        found = terms(word)
        self._words[word] = len(self._words)
        self._forms_of_words.append(self._forms[spelling(word)])
        self._n_terms.append(len(found))
        for term, weight in found:
            self._terms_of_words.append(self._terms[term])
            self._weights.append(weight)
        self.n_bytes += _BYTES_OF_WORD + 4 * len(word)

    def of(self, pieces: np.ndarray) -> "Meanings":
        """What these pieces mean, (n,) numbers."""
        n_words, words = np.array(self._n_words, np.int64), np.array(self._words_of_pieces)
        n_terms, terms_of_words = np.array(self._n_terms), np.array(self._terms_of_words)
        forms_of_words = np.array(self._forms_of_words)
        word_starts, term_starts = starts(n_words), starts(n_terms)
        used = np.flatnonzero(np.bincount(pieces, minlength=len(self)))
        used = words[ranges(word_starts[used], n_words[used])]
        used_terms = terms_of_words[ranges(term_starts[used], n_terms[used])]
        terms, _, term_ranks = self._terms.ranked(used_terms)
        forms, form_numbers, form_ranks = self._forms.ranked(forms_of_words[used])
        hashes, bits = form_hashes(self._forms.since(len(self._hashes)))
        self._hashes, self._bits = np.append(self._hashes, hashes), np.append(self._bits, bits)
        n_pairs = n_terms[words]
        pairs = ranges(term_starts[words], n_pairs)
        pair_starts = starts(n_pairs)[word_starts]
        word_forms = form_ranks[forms_of_words[words]]
        offsets = np.arange(len(words)) - np.repeat(word_starts[:-1], n_words)
        return Meanings(
            np.array(self._roles),
            smallest(n_words),
            word_starts,
            word_forms,
            smallest(np.diff(pair_starts)),
            pair_starts,
            term_ranks[terms_of_words[pairs]],
            np.repeat(word_forms, n_pairs),
            np.repeat(offsets, n_pairs),
            np.array(self._weights)[pairs],
            terms,
            forms,
            self._hashes[form_numbers],
            self._bits[form_numbers],
        )


@dataclass(frozen=True)
class Meanings:
    """What the pieces of a batch mean, by their numbers: the ``roles`` of ``index.sentences``;
    how many words, and the forms of these, ``word_starts[piece] …``; and the pairs of a term and
    a form, ``pair_starts[piece] …``, with the number of the word in the piece and the weight.
    Terms and forms are numbers in ``terms`` and ``forms``, which are sorted and hold what the
    batch uses. ``form_hashes`` and ``form_bits`` are what sketches take of the forms."""

    roles: np.ndarray
    n_words: np.ndarray
    word_starts: np.ndarray
    word_forms: np.ndarray
    n_pairs: np.ndarray
    pair_starts: np.ndarray
    pair_terms: np.ndarray
    pair_forms: np.ndarray
    pair_offsets: np.ndarray
    pair_weights: np.ndarray
    terms: list[bytes]
    forms: list[bytes]
    form_hashes: np.ndarray
    form_bits: np.ndarray

    @cached_property
    def _first_hashes(self) -> np.ndarray:
        """The hash of the first word of each piece, any for one that has none."""
        hashes = np.append(self.form_hashes.take(self.word_forms), np.uint64(0))
        return hashes.take(self.word_starts[:-1])

    @cached_property
    def numbers(self) -> np.ndarray:
        """Which numbers stand in each piece, (n_pieces,) uint64 with a bit for each of them."""
        found = np.zeros(len(self.n_words), np.uint64)
        bits = self.form_bits.take(self.word_forms)
        held = np.flatnonzero(bits >= 0)
        pieces = np.searchsorted(self.word_starts, held, side="right") - 1
        np.bitwise_or.at(found, pieces, np.uint64(1) << bits[held].astype(np.uint64))
        return found

    def hashes(self, pieces: np.ndarray) -> np.ndarray:
        """The hashes of the words of some pieces, in their order, (n_words,) uint64."""
        found, counts = self._first_hashes.take(pieces), self.n_words.take(pieces)
        others = np.flatnonzero(counts != 1)
        if not len(others):
            return found
        more = counts[others].astype(np.int64) - 1
        places = others + starts(more)[:-1]
        np.maximum(more, 0, out=more)
        rest = self.word_forms[ranges(self.word_starts[pieces[others]] + 1, more)]
        found = np.repeat(found, counts)
        found[ranges(places + 1, more)] = self.form_hashes[rest]
        return found

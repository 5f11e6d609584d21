"""Words that stand together: the documents that hold all of some words, and where in these the
words stand. A word is given by the postings of its terms, of which a document holds any."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from index.segment.arrays import distinct
from index.segment.fields import Postings
from search.deadline import check
from search.matching.near import line

AT_ONCE = 1 << 14
"""Documents whose words are placed at a time, so that the places stay in the processor's cache."""

Word = Sequence[Postings]


class _Found(NamedTuple):
    """Where among the ``postings`` of a term some documents stand, ``places`` (n,), and which of
    them do, ``held`` (n,) bool, or None for all."""

    postings: Postings
    places: np.ndarray
    held: np.ndarray | None

    def of(self, which: np.ndarray | slice) -> "_Found":
        """The same of some of the documents."""
        held = None if self.held is None else self.held[which]
        return _Found(self.postings, self.places[which], held)

    def occurrences(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the term stands: numbers of documents, ascending, and positions in them."""
        if self.held is None:
            numbers, occurrences = self.postings.occurrences(self.places)
            return numbers, self.postings.positions(occurrences)
        which = self.held.nonzero()[0]
        numbers, occurrences = self.postings.occurrences(self.places.take(which))
        return which.take(numbers), self.postings.positions(occurrences)

    def codes(self) -> np.ndarray:
        """The code of the term in each document, 0 where it does not stand there."""
        codes = self.postings.codes.take(self.places)
        return codes if self.held is None else np.where(self.held, codes, np.uint16(0))


class Together(NamedTuple):
    """Documents, ``docids`` (n,) intp, and the terms of each word there."""

    docids: np.ndarray
    words: Sequence[Sequence[_Found]]

    def of(self, which: np.ndarray | slice) -> "Together":
        """The same of some of the documents."""
        words = [[found.of(which) for found in word] for word in self.words]
        return Together(self.docids[which], words)

    def parts(self) -> Iterator["Together"]:
        """The same of AT_ONCE of the documents at a time."""
        if len(self.docids) <= AT_ONCE:
            yield self
        else:
            for first in range(0, len(self.docids), AT_ONCE):
                yield self.of(slice(first, first + AT_ONCE))

    def lines(self) -> Iterator[np.ndarray]:
        """Where each word stands: see ``search.matching.near.line``."""
        for word in self.words:
            yield line([found.occurrences() for found in word])

    def codes(self) -> Iterator[list[np.ndarray]]:
        """The codes of the terms of each word in the documents, 0 where one does not stand."""
        for word in self.words:
            yield [found.codes() for found in word]


def together(words: Sequence[Word]) -> Together:
    """The documents that hold all of some words, looked for from the rarest word on."""
    order = sorted(range(len(words)), key=lambda n: sum(map(len, words[n])))
    left = _holders(words[order[0]])
    for n in order[1:]:
        check()
        left = _with(left, words[n])
    of_word = dict(zip(order, left.words))
    return Together(left.docids, [of_word[n] for n in range(len(words))])


def _holders(word: Word) -> Together:
    """The documents that hold a word."""
    if len(word) > 1:
        docids = distinct(np.concatenate([postings.docids for postings in word]))
        return _with(Together(docids, []), word)
    docids = word[0].docids
    return Together(docids, [[_Found(word[0], np.arange(len(docids)), None)]])


def _with(before: Together, word: Word) -> Together:
    """Those of some documents that hold one word more."""
    found = [_Found(postings, *postings.find(before.docids)) for postings in word]
    if len(word) > 1:
        held = np.logical_or.reduce([of_term.held for of_term in found])
        return Together(before.docids, [*before.words, found]).of(held.nonzero()[0])
    kept = found[0].held.nonzero()[0]
    left = before.of(kept)
    sole = _Found(word[0], found[0].places.take(kept), None)
    return Together(left.docids, [*left.words, [sole]])

"""Beginnings: the commonest lemmas that begin alike, and how many articles have one of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import accumulate, groupby, product

import numpy as np

from index.analyzer import query_lemmas
from index.morphology import fold
from index.segment.segment import SegmentData
from search.query.syntax import TEXT_FIELDS

MOST_LOOKED_AT = 15
"""Lemmas of a segment that may be the commonest."""

MOST_FOUND = 5
"""Lemmas that are found at the most."""

_KEPT = 4096
"""Prefixes whose lemmas are kept, and words whose articles are counted."""

_KEPT_WORDS = 1024
_KEPT_BYTES = 1 << 25
"""Words whose documents are kept, an eighth of a byte a document, and memory for them."""

_BITS = np.array([n.bit_count() for n in range(256)], np.uint8)


class Beginnings:
    """The lemmas of some segments; ``alive`` are their documents that count, (n_docs,) bool."""

    def __init__(self, segments: Sequence[SegmentData], alive: np.ndarray):
        self._segments = segments
        self._firsts = list(accumulate((data.n_docs for data in segments), initial=0))
        self._alive = alive
        self.lemmas = lru_cache(_KEPT)(self._lemmas)
        self._n_holders = lru_cache(_KEPT)(self._count_holders)
        most = min(_KEPT_WORDS, 8 * _KEPT_BYTES // max(len(alive), 1))
        self._holders = lru_cache(most)(self._pack_holders)

    def _lemmas(self, prefix: str) -> list[str]:
        """The commonest lemmas that begin with a prefix; of those that stand for the same forms,
        the one that is a form itself."""
        counts: Counter[str] = Counter()
        rows: dict[str, list[tuple[SegmentData, int]]] = defaultdict(list)
        for data in self._segments:
            for row, count in _commonest(data, prefix.encode()):
                lemma = data.words["text"].terms[row].decode()
                counts[lemma] += count
                rows[lemma].append((data, row))
        kept: dict[str, set[tuple[int, int]]] = {}
        for lemma in _ordered(counts, rows):
            forms = _forms(rows[lemma])
            if not any(forms <= others for others in kept.values()):
                kept[lemma] = forms
            if len(kept) == MOST_FOUND:
                break
        return list(kept)

    def articles(self, *words: str) -> int:
        """How many articles have every one of some words in any form."""
        if len(words) == 1:
            return self._n_holders(words[0])
        left = reduce(np.bitwise_and, map(self._holders, words), np.packbits(self._alive))
        return int(_BITS[left].sum(dtype=np.int64))

    def _count_holders(self, word: str) -> int:
        return int(np.count_nonzero(self._held(word) & self._alive))

    def _pack_holders(self, word: str) -> np.ndarray:
        """The documents that have a word in any form, a bit for each, (n_docs / 8,) uint8."""
        return np.packbits(self._held(word))

    def _held(self, word: str) -> np.ndarray:
        """Which documents have a word in any form, (n_docs,) bool."""
        held = np.zeros(len(self._alive), bool)
        terms = [lemma.encode() for lemma in query_lemmas(word)]
        for first, data in zip(self._firsts, self._segments):
            inside = held[first : first + data.n_docs]
            for field, term in product(TEXT_FIELDS, terms):
                row = data.words[field].terms.find(term)
                if row is not None:
                    inside[data.words[field].documents(row)[0]] = True
        return held


def _commonest(data: SegmentData, prefix: bytes) -> Iterator[tuple[int, int]]:
    """The rows of the commonest lemmas of a segment that begin with a prefix, with the articles
    of each."""
    field = data.words["text"]
    rows = field.terms.beginning_with(prefix)
    held = np.diff(field.posting_starts[rows.start : rows.stop + 1].astype(np.int64))
    most = min(MOST_LOOKED_AT, len(held))
    for place in np.argpartition(-held, most - 1)[:most].tolist() if most else ():
        yield rows.start + place, int(held[place])


def _ordered(counts: Counter[str], rows: dict[str, list[tuple[SegmentData, int]]]) -> Iterator[str]:
    """Lemmas, the commonest first, of equally common ones those that are forms themselves."""
    for _, group in groupby(sorted(counts, key=lambda one: (-counts[one], one)), counts.get):
        equal = list(group)
        if len(equal) > 1:
            equal.sort(key=lambda one: not any(_is_form(one, data, row) for data, row in rows[one]))
        yield from equal


def _is_form(lemma: str, data: SegmentData, row: int) -> bool:
    forms = data.words["text"].forms_of(row).tolist()
    return any(fold(data.forms[number].decode()) == lemma for number in forms)


def _forms(rows: Iterable[tuple[SegmentData, int]]) -> set[tuple[int, int]]:
    """The forms of a lemma: the segment of each, and its number there."""
    return {(id(data), n) for data, row in rows for n in data.words["text"].forms_of(row).tolist()}

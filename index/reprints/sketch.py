"""Sketches: a few numbers that tell how much of their wording two articles share.

The sketch of a text is the SIZE smallest hashes of its shingles, runs of SHINGLE words (bottom-k
MinHash: Broder 1997, "On the resemblance and containment of documents"). The headline is left
out, as reprints change it; of a text too short to be compared piece by piece the headline and
the whole text make one hash.
"""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np

from index.morphology import fold
from index.segment.arrays import distinct, over_runs, ranges

SIZE = 48
SHINGLE = 3
SHORTEST = 8
"""Shingles of a text that is compared piece by piece."""

EMPTY = np.uint32(0xFFFFFFFF)
"""Fills a sketch up where a text has less shingles than SIZE; no shingle's hash."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_BITS = 32

_LIKELY = 80
"""Shingles among which, chosen by chance, there are SIZE different ones but once in thousands."""


def form_hashes(forms: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """Of each form of a word its hash, (n,) uint64, the same for both cases and for е and ё, and
    its bit in ``numbers``, (n,) int8, -1 for a word that does not begin with a digit."""
    words = list(forms)
    hashes = (blake2b(fold(word).encode(), digest_size=8).digest() for word in words)
    found = np.frombuffer(b"".join(hashes), "<u8")
    digits = np.fromiter((word[0].isdigit() for word in words), bool, len(words))
    return found, np.where(digits, (found & np.uint64(63)).astype(np.int8), np.int8(-1))


def sketches(titles: "Words", texts: "Words") -> np.ndarray:
    """The sketch of each article, (n_docs, SIZE) uint32, ascending, EMPTY at the end."""
    found = np.full((len(texts), SIZE), EMPTY)
    shingles = _shingles(texts)
    counts = np.diff(texts.starts) - SHINGLE + 1
    is_short = counts < SHORTEST
    likely = np.minimum(_LIKELY * (1 << _BITS) / np.maximum(counts, 1), EMPTY).astype(np.uint32)
    likely[is_short] = 0
    _fill(found, shingles, texts.starts, likely)
    lacking = (found[:, -1] == EMPTY) & (likely < EMPTY) & ~is_short
    if lacking.any():
        _fill(found, shingles, texts.starts, np.where(lacking, EMPTY, np.uint32(0)))
    for docid in np.flatnonzero(is_short).tolist():
        whole = b"".join(words.of(docid).tobytes() + b"\n" for words in (titles, texts))
        digest = blake2b(whole, digest_size=4).digest()
        found[docid, 0] = np.minimum(np.frombuffer(digest, "<u4")[0], EMPTY - np.uint32(1))
    return found


def numbers(pieces: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Which numbers stand in each article, (n_docs,) uint64 with a bit for each of them, after
    those of its pieces, (n_pieces,) uint64, which begin at its place in ``starts``, with the
    end."""
    return over_runs(np.bitwise_or, pieces, starts, np.uint64)


class Words:
    """The words of some documents, document after document: their ``hashes``, (n_words,) uint64,
    and where those of each begin, with the end: ``starts``, (n_docs + 1,)."""

    def __init__(self, hashes: np.ndarray, starts: np.ndarray):
        self.hashes = hashes
        self.starts = starts

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, docid: int) -> np.ndarray:
        """The words of a document."""
        return self.hashes[self.starts[docid] : self.starts[docid + 1]]


def _shingles(texts: Words) -> np.ndarray:
    """The hash of the shingle that begins at each word, (n_words,) uint32: EMPTY at the last
    words of a document, below it elsewhere."""
    n = max(len(texts.hashes) - SHINGLE + 1, 0)
    mixed = np.zeros(n, np.uint64)
    for place in range(SHINGLE):
        mixed ^= texts.hashes[place : place + n]
        mixed *= _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    mixed >>= np.uint64(_BITS)
    found = np.full(len(texts.hashes), EMPTY)
    found[:n] = np.minimum(mixed, np.uint64(EMPTY - np.uint32(1)), out=mixed)
    for from_end in range(1, SHINGLE):
        last = texts.starts[1:] - from_end
        found[last[last >= 0]] = EMPTY
    return found


def _fill(found: np.ndarray, shingles: np.ndarray, begins: np.ndarray, bounds: np.ndarray) -> None:
    """Put the smallest shingles of each document into its row of ``found``, of those that are
    below its bound, (n_docs,) uint32; ``begins`` are the documents' first words, and the end."""
    kept = np.flatnonzero(shingles < np.repeat(bounds, np.diff(begins)))
    counts = np.diff(np.searchsorted(kept, begins))
    documents = np.arange(len(bounds), dtype=np.uint64) << np.uint64(_BITS)
    packed = distinct(np.repeat(documents, counts) | shingles.take(kept))
    firsts = np.searchsorted(packed, documents)
    counts = np.minimum(np.diff(firsts, append=len(packed)), SIZE)
    rows = np.arange(len(bounds)) * SIZE
    found.ravel()[ranges(rows, counts)] = packed.take(ranges(firsts, counts))

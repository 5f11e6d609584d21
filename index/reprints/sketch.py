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
from index.segment.arrays import distinct, starts

SIZE = 48
SHINGLE = 3
SHORTEST = 8
"""Shingles of a text that is compared piece by piece."""

EMPTY = np.uint32(0xFFFFFFFF)
"""Fills a sketch up where a text has less shingles than SIZE; no shingle's hash."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_BITS = 32


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
    shingles, docids = _shingles(texts)
    counts = np.bincount(docids, minlength=len(texts))
    shingles = shingles[counts[docids] >= SHORTEST]
    docids = docids[counts[docids] >= SHORTEST]
    packed = distinct(docids.astype(np.uint64) << np.uint64(_BITS) | shingles)
    docids = (packed >> np.uint64(_BITS)).astype(np.int64)
    ranks = np.arange(len(packed)) - starts(np.bincount(docids, minlength=len(texts)))[docids]
    kept = ranks < SIZE
    found = np.full((len(texts), SIZE), EMPTY)
    found[docids[kept], ranks[kept]] = packed[kept].astype(np.uint32)
    for docid in np.flatnonzero(counts < SHORTEST).tolist():
        whole = b"".join(words.of(docid).tobytes() + b"\n" for words in (titles, texts))
        digest = blake2b(whole, digest_size=4).digest()
        found[docid, 0] = np.minimum(np.frombuffer(digest, "<u4")[0], EMPTY - np.uint32(1))
    return found


def numbers(texts: "Words", bits: np.ndarray) -> np.ndarray:
    """Which numbers stand in each article, (n_docs,) uint64 with a bit for each of them, after
    the bit of each word, (n_words,) int8 or -1."""
    held = np.zeros((len(texts), 64), bool)
    stand = bits >= 0
    held[texts.docids[stand], bits[stand]] = True
    return np.packbits(held, axis=1, bitorder="little").view("<u8").ravel()


class Words:
    """The words of some documents, document after document: their ``hashes``, (n_words,) uint64,
    and ``counts``, (n_docs,), of each."""

    def __init__(self, hashes: np.ndarray, counts: np.ndarray):
        self.hashes = hashes
        self.starts = starts(counts)
        self.docids = np.repeat(np.arange(len(counts)), counts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, docid: int) -> np.ndarray:
        """The words of a document."""
        return self.hashes[self.starts[docid] : self.starts[docid + 1]]


def _shingles(texts: Words) -> tuple[np.ndarray, np.ndarray]:
    """The hashes of all shingles, below EMPTY, as uint64, and the documents that they are of."""
    n = max(len(texts.hashes) - SHINGLE + 1, 0)
    docids = texts.docids[:n]
    inside = docids == texts.docids[SHINGLE - 1 :]
    mixed = np.zeros(n, np.uint64)
    for place in range(SHINGLE):
        mixed = (mixed ^ texts.hashes[place : place + n]) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    found = np.minimum(mixed[inside] >> np.uint64(_BITS), np.uint64(EMPTY - np.uint32(1)))
    return found, docids[inside]

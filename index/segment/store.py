"""The store: articles as JSON, compressed in blocks with what most of them have in common.

A segment of many articles has a zstd dictionary, trained on some of them, so that blocks can be
small: an article is read without many others, and takes less room than in a large block without.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
import zstandard

from index.segment.arrays import Arrays, ArrayWriter, smallest, starts

BLOCK = 8
"""Articles of a block: fewer read faster one by one, more shrink better."""

LEAST_TRAINED = 2_000
"""Articles of a segment from which on a dictionary saves more than it takes."""

LEVEL = 3

PACKED_BYTES = 1 << 21
"""Bytes that are packed at a time."""

_DICTIONARY = 112_640
_SAMPLES = 1_000
_SAMPLE = 8_192
_PASSAGE = 500
"""Bytes of the passages that a dictionary is made of: told, as trying several lengths takes four
times as long."""
_KEPT_BLOCKS = 8


@dataclass(frozen=True)
class Blocks:
    """Blocks that follow each other: ``sizes`` (n_articles,) of the articles in bytes,
    ``articles`` (n_blocks,) in each block, ``lengths`` (n_blocks,) of the blocks as they are
    packed, and these end to end as ``content``."""

    sizes: Sequence[int] | np.ndarray
    articles: Sequence[int] | np.ndarray
    lengths: Sequence[int] | np.ndarray
    content: bytes | memoryview


class Store:
    """The stored articles of a segment, as JSON, by docid. ``dictionary`` is empty where it has
    none (as in format 2)."""

    def __init__(self, arrays: Arrays):
        self._content = memoryview(arrays["store.bytes"])
        self._starts = arrays["store.starts"]
        self.first = arrays["store.first"]
        self._sizes = arrays["store.sizes"]
        self.dictionary = bytes(arrays["store.dictionary"]) if "store.dictionary" in arrays else b""
        self._trained = zstandard.ZstdCompressionDict(self.dictionary)
        self._unpacked = lru_cache(_KEPT_BLOCKS)(self._unpack)

    def __len__(self) -> int:
        return len(self._sizes)

    def __getitem__(self, docid: int) -> bytes:
        block = int(np.searchsorted(self.first, docid, side="right")) - 1
        first = int(self.first[block])
        begin = int(self._sizes[first:docid].sum(dtype=np.int64))
        return self._unpacked(block)[begin : begin + int(self._sizes[docid])]

    def packed(self, block: int) -> memoryview:
        """A block as it is stored."""
        return self._content[int(self._starts[block]) : int(self._starts[block + 1])]

    def blocks(self, begin: int, end: int) -> Blocks:
        """The blocks ``begin … end - 1`` as they are stored."""
        first, places = self.first[begin : end + 1], self._starts[begin : end + 1]
        return Blocks(
            self._sizes[int(first[0]) : int(first[-1])],
            np.diff(first),
            np.diff(places),
            self._content[int(places[0]) : int(places[-1])],
        )

    def _unpack(self, block: int) -> bytes:
        return zstandard.ZstdDecompressor(self._trained).decompress(self.packed(block))


def dictionary(parts: Sequence[Store | Sequence[bytes]]) -> bytes:
    """A zstd dictionary for the articles of all parts; empty where it is not worth its room."""
    n = sum(map(len, parts))
    if n < LEAST_TRAINED:
        return b""
    chosen = ((part, docid) for part in parts for docid in range(0, len(part), n // _SAMPLES))
    samples = [part[docid][:_SAMPLE] for part, docid in chosen]
    size = min(_DICTIONARY, sum(map(len, samples)) // 16)
    try:
        return zstandard.train_dictionary(size, samples, k=_PASSAGE, d=8).as_bytes()
    except zstandard.ZstdError:  # what the samples share is too little
        return b""


def packer(dictionary: bytes) -> zstandard.ZstdCompressor:
    """What packs blocks with a dictionary."""
    trained = zstandard.ZstdCompressionDict(dictionary)
    if dictionary:
        trained.precompute_compress(level=LEVEL)
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=trained)


def packed_blocks(articles: Iterable[bytes], packer: zstandard.ZstdCompressor) -> Iterator[Blocks]:
    """Articles as packed blocks, so many at a time that Python's other threads run meanwhile."""
    articles, waiting, n_bytes = iter(articles), [], 0
    while block := list(islice(articles, BLOCK)):
        waiting.append(block)
        n_bytes += sum(map(len, block))
        if n_bytes >= PACKED_BYTES:
            yield _packed(waiting, packer)
            waiting, n_bytes = [], 0
    if waiting:
        yield _packed(waiting, packer)


def _packed(blocks: list[list[bytes]], packer: zstandard.ZstdCompressor) -> Blocks:
    packed = packer.multi_compress_to_buffer(list(map(b"".join, blocks)), threads=1)
    sizes = [len(article) for block in blocks for article in block]
    return Blocks(sizes, list(map(len, blocks)), list(map(len, packed)), b"".join(packed))


def write_store(writer: ArrayWriter, stretches: Iterable[Blocks], dictionary: bytes) -> None:
    """Write the store of a segment from its blocks, packed with this dictionary."""
    sizes, docs, lengths = [], [], []
    region = writer.reserve("store.bytes", np.uint8, None)
    for blocks in stretches:
        sizes.append(blocks.sizes)
        docs.append(blocks.articles)
        lengths.append(blocks.lengths)
        region.append(np.frombuffer(blocks.content, np.uint8))
    sizes, docs, lengths = (
        np.concatenate([np.zeros(0, np.int64), *parts]) for parts in (sizes, docs, lengths)
    )
    writer.add("store.starts", smallest(starts(lengths)))
    writer.add("store.first", smallest(starts(docs)))
    writer.add("store.sizes", smallest(sizes))
    writer.add("store.dictionary", np.frombuffer(dictionary, np.uint8))

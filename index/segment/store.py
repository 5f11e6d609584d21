"""The store: articles as JSON, compressed in blocks."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
import zstandard

from index.segment.arrays import Arrays, ArrayWriter, smallest, starts

BLOCK = 16
"""Articles of a block: fewer read faster one by one, more shrink better."""

LEVEL = 3
_KEPT_BLOCKS = 8


class Store:
    """The stored articles of a segment, as JSON, by docid."""

    def __init__(self, arrays: Arrays):
        self._content = memoryview(arrays["store.bytes"])
        self._starts = arrays["store.starts"]
        self.first = arrays["store.first"]
        self._sizes = arrays["store.sizes"]
        self._unpacked = lru_cache(_KEPT_BLOCKS)(self._unpack)

    def __getitem__(self, docid: int) -> bytes:
        block = int(np.searchsorted(self.first, docid, side="right")) - 1
        first = int(self.first[block])
        begin = int(self._sizes[first:docid].sum(dtype=np.int64))
        return self._unpacked(block)[begin : begin + int(self._sizes[docid])]

    def packed(self, block: int) -> memoryview:
        """A block as it is stored."""
        return self._content[int(self._starts[block]) : int(self._starts[block + 1])]

    def _unpack(self, block: int) -> bytes:
        return zstandard.ZstdDecompressor().decompress(self.packed(block))


def packed_blocks(articles: Iterable[bytes]) -> Iterator[tuple[list[int], bytes]]:
    """Articles as blocks: the size of each article inside, and the packed block."""
    compressor = zstandard.ZstdCompressor(level=LEVEL)
    block: list[bytes] = []
    for article in articles:
        block.append(article)
        if len(block) == BLOCK:
            yield list(map(len, block)), compressor.compress(b"".join(block))
            block = []
    if block:
        yield list(map(len, block)), compressor.compress(b"".join(block))


def write_store(writer: ArrayWriter, blocks: Iterable[tuple[list[int], bytes]]) -> None:
    """Write the store of a segment from its blocks."""
    sizes: list[int] = []
    docs, lengths = [], []
    region = writer.reserve("store.bytes", np.uint8, None)
    for inside, content in blocks:
        sizes.extend(inside)
        docs.append(len(inside))
        lengths.append(len(content))
        region.append(np.frombuffer(content, np.uint8))
    writer.add("store.starts", smallest(starts(np.array(lengths, np.int64))))
    writer.add("store.first", smallest(starts(np.array(docs, np.int64))))
    writer.add("store.sizes", smallest(np.array(sizes, np.int64)))

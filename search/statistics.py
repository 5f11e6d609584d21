"""Statistics of the whole index that scores depend on."""

from collections.abc import Sequence
from functools import lru_cache
from math import log

import numpy as np

from index.segment.segment import SegmentData
from index.segment.weights import bm25f_table

_KEPT = 1024
"""Terms whose frequency is remembered: each segment that holds a term asks for it."""


class Statistics:
    """What BM25F asks of all segments together, as Whoosh counts it: deleted documents
    included until they are merged away."""

    def __init__(self, segments: Sequence[SegmentData]):
        self._segments = segments
        self._n_docs = sum(segment.n_docs for segment in segments)
        self._tables: dict[str, np.ndarray] = {}
        self.idf = lru_cache(_KEPT)(self._idf)

    def _idf(self, field: str, term: bytes) -> float:
        """The inverse document frequency of a term."""
        held = 0
        for segment in self._segments:
            words = segment.words[field]
            number = words.terms.find(term)
            if number is not None:
                held += words.n_postings(number)
        return log(self._n_docs / (held + 1)) + 1

    def table(self, field: str) -> np.ndarray:
        """BM25F without the idf for each posting code, (65536,) float32."""
        if field not in self._tables:
            words = sum(segment.field_lengths[field] for segment in self._segments)
            self._tables[field] = bm25f_table(words / (self._n_docs or 1) or 1)
        return self._tables[field]

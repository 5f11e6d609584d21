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
        self.n_held = lru_cache(_KEPT)(self._n_held)

    @property
    def n_docs(self) -> int:
        """How many documents there are."""
        return self._n_docs

    def idf(self, field: str, term: bytes) -> float:
        """The inverse document frequency of a term."""
        return log(self._n_docs / (self.n_held(field, term) + 1)) + 1

    def _n_held(self, field: str, term: bytes) -> int:
        """How many documents hold a term."""
        held = 0
        for segment in self._segments:
            words = segment.words[field]
            number = words.terms.find(term)
            if number is not None:
                held += words.n_postings(number)
        return held

    def mean_length(self, field: str) -> float:
        """How many words the field has in a document, on average."""
        return sum(s.field_lengths[field] for s in self._segments) / (self._n_docs or 1) or 1

    def table(self, field: str) -> np.ndarray:
        """BM25F without the idf for each posting code, (65536,) float32."""
        if field not in self._tables:
            self._tables[field] = bm25f_table(self.mean_length(field))
        return self._tables[field]

"""Nearness: in which documents words stand close to each other."""

from collections.abc import Sequence

import numpy as np

from index.segment.arrays import ranges

_DOCUMENT = 1 << 34
"""All documents' positions lie on one line, this far from each other."""


def near(
    words: Sequence[tuple[np.ndarray, np.ndarray]],
    n_docs: int,
    slop: int,
    ordered: bool,
    mindist: int = 1,
) -> np.ndarray:
    """In which of ``n_docs`` documents the words follow each other with ``mindist`` to ``slop``
    positions from one to the next, (n_docs,) bool: each word as numbers of documents and
    positions, (n,) int64 both. The spans of Whoosh's SpanNear2."""
    lines = [np.unique(documents * _DOCUMENT + positions) for documents, positions in words]
    starts = ends = lines[0]
    for line in lines[1:]:
        if ordered and mindist == slop:
            held = np.isin(ends + slop, line)
            starts, ends = starts[held], ends[held] + slop
            continue
        span, word = _between(line, ends + mindist, ends + slop)
        spans = [(starts[span], line[word])]
        if not ordered:
            span, word = _between(line, starts - slop, starts - mindist)
            spans.append((line[word], ends[span]))
        starts, ends = (np.concatenate(side) for side in zip(*spans))
    found = np.zeros(n_docs, bool)
    found[starts // _DOCUMENT] = True
    return found


def _between(line: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every point of a line with the number of each interval (both ends included) around it."""
    first = np.searchsorted(line, low)
    lengths = np.maximum(np.searchsorted(line, high, side="right") - first, 0)
    return np.repeat(np.arange(len(low)), lengths), ranges(first, lengths)

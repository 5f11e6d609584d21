"""Nearness: in which documents words stand close to each other."""

from collections.abc import Sequence

import numpy as np

from index.segment.arrays import distinct, ranges

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
    lines = [_line(*word) for word in words]
    if ordered and mindist == slop:
        starts = _common([line - n * slop for n, line in enumerate(lines)])
    else:
        starts = _begun(lines, slop, ordered, mindist)
    found = np.zeros(n_docs, bool)
    found[starts // _DOCUMENT] = True
    return found


def _line(documents: np.ndarray, positions: np.ndarray) -> np.ndarray:
    line = documents * _DOCUMENT + positions
    return line if (line[1:] > line[:-1]).all() else distinct(line)


def _common(lines: Sequence[np.ndarray]) -> np.ndarray:
    """The points that all lines have."""
    first, *others = sorted(lines, key=len)
    for line in others:
        place = np.searchsorted(line, first)
        first = first[line[np.minimum(place, len(line) - 1)] == first] if len(line) else line
    return first


def _begun(lines: Sequence[np.ndarray], slop: int, ordered: bool, mindist: int) -> np.ndarray:
    """Where the spans begin that hold a point of each line, each point near those before it."""
    starts = ends = lines[0]
    for line in lines[1:]:
        span, word = _between(line, ends + mindist, ends + slop)
        spans = [(starts[span], line[word])]
        if not ordered:
            span, word = _between(line, starts - slop, starts - mindist)
            spans.append((line[word], ends[span]))
        starts, ends = (np.concatenate(side) for side in zip(*spans))
    return starts


def _between(line: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every point of a line with the number of each interval (both ends included) around it."""
    first = np.searchsorted(line, low)
    lengths = np.maximum(np.searchsorted(line, high, side="right") - first, 0)
    return np.repeat(np.arange(len(low)), lengths), ranges(first, lengths)

"""Nearness: in which documents words stand close to each other."""

from collections.abc import Sequence

import numpy as np

from index.segment.arrays import distinct, ranges

_DOCUMENT = 1 << 34
"""All documents' positions lie on one line, this far from each other."""


def near(
    lines: Sequence[np.ndarray],
    n_docs: int,
    slop: int,
    ordered: bool,
    mindist: int = 1,
) -> np.ndarray:
    """In which of ``n_docs`` documents the words follow each other with ``mindist`` to ``slop``
    positions from one to the next, (n_docs,) bool; the words' ``lines`` are those of ``line``.
    The spans of Whoosh's SpanNear2."""
    if ordered and mindist == slop:
        starts = _evenly_followed(lines, slop)
    else:
        starts = _begun(lines, slop, ordered, mindist)
    found = np.zeros(n_docs, bool)
    found[starts // _DOCUMENT] = True
    return found


def line(documents: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """A word's positions in documents, (n,) int64 both, as points of one line, ascending."""
    line = documents * _DOCUMENT + positions
    return line if (line[1:] > line[:-1]).all() else distinct(line)


def _evenly_followed(lines: Sequence[np.ndarray], step: int) -> np.ndarray:
    """The points from which on each line has one, a step after that of the line before it."""
    order = sorted(range(len(lines)), key=lambda n: len(lines[n]))
    first = lines[order[0]] - order[0] * step
    for n in order[1:]:
        if not len(first):
            break
        wanted = first + n * step
        place = np.minimum(np.searchsorted(lines[n], wanted), len(lines[n]) - 1)
        first = first[lines[n][place] == wanted]
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

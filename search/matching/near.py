"""Nearness: in which documents words stand close to each other."""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from index.segment.arrays import distinct, ranges
from index.segment.documents import places

BLOCK = 8
"""Words that are looked for together, from the rarest on."""

FEW = 8
"""Points of a line fewer than one in FEW are looked up among those of another, else both are
merged."""

_BITS = 34
"""All documents' positions lie on one line, 2 ** _BITS from each other."""


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
        starts = followed(list(map(id, lines)), {id(line): line for line in lines}, slop)
    else:
        starts = _begun(lines, slop, ordered, mindist)
    found = np.zeros(n_docs, bool)
    found[starts >> _BITS] = True
    return found


def line(occurrences: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Where a word stands as points of one line, ascending and distinct, from its occurrences
    under each of its terms: numbers of documents, ascending, and positions in them."""
    lines = [(numbers << _BITS) + positions for numbers, positions in occurrences]
    if len(lines) == 1 and (lines[0][1:] > lines[0][:-1]).all():
        return lines[0]
    return distinct(np.concatenate(lines))


def followed(
    words: Sequence[Hashable], lines: Mapping[Hashable, np.ndarray], step: int = 1
) -> np.ndarray:
    """The points of a line from which on the words follow each other, each ``step`` points after
    the one before, ascending; ``lines`` are the points of each word, ascending and distinct.

    What stands repeatedly among the words is looked for once, so that hundreds of one word take
    no longer than a few.
    """
    known: dict[tuple[Hashable, ...], np.ndarray] = {}

    def beginnings(part: tuple[Hashable, ...]) -> np.ndarray:
        if part not in known:
            half = BLOCK
            while 2 * half < len(part):
                half *= 2
            if len(part) > BLOCK:
                rest = beginnings(part[half:]) - half * step
                known[part] = common((beginnings(part[:half]), rest))
            else:
                known[part] = common(
                    [lines[word] - n * step if n else lines[word] for n, word in enumerate(part)]
                )
        return known[part]

    return beginnings(tuple(words))


def common(lines: Sequence[np.ndarray]) -> np.ndarray:
    """The points that lie on all of some lines, each ascending and distinct."""
    first, *others = sorted(lines, key=len)
    for line in others:
        if not len(first):
            break
        if len(line) < FEW * len(first):
            both = np.concatenate((first, line))
            both.sort(kind="stable")  # which for two ascending runs is to merge them
            first = both.take((both[1:] == both[:-1]).nonzero()[0])
        else:
            first = first[places(line, first)[1]]
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

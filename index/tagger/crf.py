"""The CRF: the best sequence of tags for given scores (Viterbi 1967), many sequences at once."""

from collections.abc import Iterable, Iterator

import numpy as np


class Steps:
    """An order for the tokens of some sequences: all first ones, then all second ones and so
    on, longer sequences before shorter ones, so that a step of all sequences is one slice.

    ``rows`` has shape (n_tokens,): where each token stands in that order, the tokens taken one
    sequence after the other.
    """

    def __init__(self, lengths: np.ndarray):
        """:param lengths: (n_sequences,) integers, in tokens."""
        running = len(lengths) - np.bincount(lengths, minlength=1)[:-1].cumsum()
        self._starts = np.append(0, running.cumsum())
        lanes = np.empty(len(lengths), np.int64)
        lanes[np.argsort(-lengths, kind="stable")] = np.arange(len(lengths))
        rows = [self._starts[:length] + lane for length, lane in zip(lengths, lanes)]
        self.rows = np.concatenate([np.empty(0, np.int64), *rows])

    def pairs(self, backwards: bool = False) -> Iterator[tuple[slice, slice, slice]]:
        """For each step but the last: the step, the step after it, and that part of the former
        whose sequences reach the latter."""
        moves: Iterable[int] = range(len(self._starts) - 2)
        for move in reversed(moves) if backwards else moves:
            start, middle, stop = self._starts[move : move + 3].tolist()
            yield slice(start, middle), slice(middle, stop), slice(start, start + stop - middle)


def viterbi(scores: np.ndarray, steps: Steps, transitions: np.ndarray) -> np.ndarray:
    """The best path of each sequence.

    :param scores: (n_tags, n_tokens) float32, in the order of ``steps``; overwritten.
    :param transitions: (n_tags, n_tags) float32, what it adds to go from row to column.
    :return: (n_tokens,) intp, the numbers of the tags, one sequence after the other.
    """
    last = slice(0, scores.shape[1])
    moves = transitions[:, :, None]
    for _, last, past in steps.pairs():
        scores[:, last] += np.maximum.reduce(scores[:, None, past] + moves, axis=0)
    path = np.empty(scores.shape[1], np.intp)
    scores[:, last].argmax(axis=0, out=path[last])
    for now, after, past in steps.pairs(backwards=True):
        scores[:, past] += transitions.take(path[after], axis=1)
        scores[:, now].argmax(axis=0, out=path[now])
    return path[steps.rows]

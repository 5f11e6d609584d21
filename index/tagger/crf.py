"""The CRF: the best sequence of tags for given scores (Viterbi 1967), many sequences at once."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Steps:
    """An order in which all first tokens of some sequences come first, then all second ones and
    so on, longer sequences before shorter ones, so that a step is one slice.

    ``rows[i]`` is where the i-th token of the sequences, one after the other, stands in that
    order; the step ``t`` is ``starts[t]`` to ``starts[t + 1]``.
    """

    rows: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, lengths: np.ndarray) -> "Steps":
        """The order for sequences of the given lengths, (n,) integers."""
        lane = np.empty(len(lengths), np.int64)
        lane[np.argsort(-lengths, kind="stable")] = np.arange(len(lengths))
        running = len(lengths) - np.bincount(lengths, minlength=1)[:-1].cumsum()
        starts = np.append(0, running.cumsum())
        rows = np.concatenate(
            [np.empty(0, np.int64)]
            + [starts[:length] + lane for length, lane in zip(lengths, lane)]
        )
        return cls(rows, starts)


def viterbi(scores: np.ndarray, steps: Steps, transitions: np.ndarray) -> np.ndarray:
    """The best path of each sequence.

    :param scores: (n_tags, n) float32, in the order of ``steps``; overwritten.
    :param transitions: (n_tags, n_tags) float32, what it adds to go from row to column.
    :return: (n,) uint8, the numbers of the tags, one sequence after the other.
    """
    path = np.empty(scores.shape[1], np.uint8)
    bounds = steps.starts.tolist()
    slices = list(map(slice, bounds, bounds[1:]))
    pairs = [
        (slice(past.start, past.start + step.stop - step.start), step)
        for past, step in zip(slices, slices[1:])
    ]
    for past, step in pairs:
        scores[:, step] += (scores[:, None, past] + transitions[:, :, None]).max(axis=0)
    ...

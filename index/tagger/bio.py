"""BIO tags: ``B-PER`` begins a span of the type PER, ``I-PER`` goes on with it, ``O`` is none."""

import numpy as np

from index.mentions import Span


class Bio:
    """What the tags of a model mean, given their names in the order of their numbers."""

    def __init__(self, names: list[str]):
        self.names = names
        self._types = [name.partition("-")[2] for name in names]
        self._begins = np.array([name.startswith("B-") for name in names])
        self._inside = np.array([name.startswith("I-") for name in names])

    def spans(self, starts: np.ndarray, stops: np.ndarray, tags: np.ndarray) -> list[Span]:
        """The spans of a text by position; the arguments tell of its tokens, (n_tokens,) each.

        As in slovnet, a span keeps the type that it begins with, and an ``I`` after no ``B``
        belongs to none.
        """
        firsts = np.flatnonzero(self._begins[tags])
        breaks = np.append(np.flatnonzero(~self._inside[tags]), len(tags))
        lasts = breaks[np.searchsorted(breaks, firsts, side="right")] - 1
        return [
            Span(start, stop, self._types[tag])
            for start, stop, tag in zip(
                starts[firsts].tolist(), stops[lasts].tolist(), tags[firsts].tolist()
            )
        ]

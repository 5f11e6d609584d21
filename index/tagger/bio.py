"""BIO tags: ``B-PER`` begins a span of the type PER, ``I-PER`` goes on with it, ``O`` is outside."""

import numpy as np

from index.mentions import Span
from index.tagger.tokens import Tokens


class Bio:
    """The meaning of a model's tags, given their names by number."""

    def __init__(self, names: list[str]):
        self.names = names
        self._types = [name.partition("-")[2] for name in names]
        self._begins = np.array([name.startswith("B-") for name in names])
        self._inside = np.array([name.startswith("I-") for name in names])

    def spans(self, tokens: Tokens, tags: np.ndarray) -> list[Span]:
        """The spans of a text by position, from the numbers of its tokens' tags.

        As in slovnet, a span has the type that it begins with, and what does not begin is none.
        """
        firsts = np.flatnonzero(self._begins[tags])
        breaks = np.append(np.flatnonzero(~self._inside[tags]), len(tags))
        lasts = breaks[np.searchsorted(breaks, firsts, side="right")] - 1
        return [
            Span(start, stop, self._types[tag])
            for start, stop, tag in zip(
                tokens.starts[firsts].tolist(), tokens.stops[lasts].tolist(), tags[firsts].tolist()
            )
        ]

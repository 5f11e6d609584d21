"""The tagger: texts in, spans of persons, organizations and places out.

It runs slovnet's NER model for news, whose weights are in natasha's wheel
(https://github.com/natasha/slovnet), and gives the same tags: each text is one sequence.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np

from index.mentions import Span
from index.tagger.bio import Bio
from index.tagger.crf import viterbi
from index.tagger.network import REACH, Network
from index.tagger.tokens import Tokens, tokenize
from index.tagger.weights import load_weights

__all__ = ["Tokens", "tag", "tag_tokens", "tokenize"]

BATCH = 1 << 14
"""Tokens that are tagged together; a longer text is a batch by itself."""

CACHED_FORMS = 1 << 17
"""Distinct forms whose features are kept in memory (news repeats itself)."""


def tag(texts: Iterable[str]) -> Iterator[list[Span]]:
    """The spans of each text, in the order of the texts; each list by position.

    Texts are read ahead until they make up a batch.
    """
    tagger = _tagger()
    for batch in _batches(map(tokenize, texts)):
        tags = tagger.tags([tokens.forms for tokens in batch])
        yield from map(tagger.bio.spans, batch, tags)


def tag_tokens(texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The names of the tags (``O``, ``B-PER``, ``I-PER``, …) of each text's tokens."""
    tagger = _tagger()
    return [[tagger.bio.names[tag] for tag in tags] for tags in tagger.tags(texts)]


class Tagger:
    """The model, loaded."""

    def __init__(self):
        weights = load_weights()
        self.bio = Bio(weights.tags)
        self._network = Network(weights)
        self._transitions = weights.transitions
        self._feature = lru_cache(CACHED_FORMS)(weights.feature)

    def tags(self, texts: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """The numbers of the tags of each text's tokens, (n_tokens,) int64 each."""
        lengths = np.array([len(forms) for forms in texts], np.int64)
        stops = lengths.cumsum()
        n = int(lengths.sum())
        places = np.arange(n) + np.repeat(np.arange(REACH, REACH + len(texts)), lengths)
        stream = np.full(n + len(texts) + 2 * REACH, self._network.padding, np.int64)
        features = (self._feature(form) for forms in texts for form in forms)
        stream[places] = np.fromiter(features, np.int64, n)
        scores = self._network.scores(stream)[places]
        return np.split(viterbi(scores, self._transitions, lengths[lengths > 0]), stops[:-1])


@cache
def _tagger() -> Tagger:
    return Tagger()


def _batches(texts: Iterable[Tokens]) -> Iterator[list[Tokens]]:
    batch: list[Tokens] = []
    size = 0
    for tokens in texts:
        if batch and size + len(tokens) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(tokens)
        size += len(tokens)
    if batch:
        yield batch

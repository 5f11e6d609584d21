"""The model: texts read into features, features tagged."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.mentions import Span
from index.tagger.bio import Bio
from index.tagger.crf import Steps, viterbi
from index.tagger.network import REACH, Network
from index.tagger.tokens import tokenize_by_chunks
from index.tagger.weights import load_weights

BATCH = 1 << 15
"""Tokens, and gaps between texts, that are tagged together; a longer text is its own batch."""

CACHED_FORMS = 1 << 17
"""Distinct forms whose features are kept in memory (news repeats itself)."""


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text as the network reads it: where its tokens lie, in code points, and the feature of
    each; (n_tokens,) int32 each."""

    starts: np.ndarray
    stops: np.ndarray
    features: np.ndarray

    def __len__(self) -> int:
        return len(self.features)


class Model:
    """slovnet's NER model for news, loaded (0.3 s)."""

    def __init__(self):
        weights = load_weights()
        self._network = Network(weights)
        self._transitions = weights.transitions
        self._bio = Bio(weights.tags)
        self._feature = lru_cache(CACHED_FORMS)(weights.feature)

    def encode(self, text: str) -> EncodedText:
        """The text's tokens and their features."""
        chunks = [
            np.stack([tokens.starts, tokens.stops, self._features(tokens.forms)], dtype=np.int32)
            for tokens in tokenize_by_chunks(text)
        ]
        return EncodedText(*np.concatenate([np.empty((3, 0), np.int32), *chunks], axis=1))

    def tag(self, texts: Iterable[str]) -> Iterator[list[Span]]:
        """The spans of each text, by position; a batch of texts at a time."""
        for batch in _batches(map(self.encode, texts)):
            tags = self._tags([text.features for text in batch])
            for text, numbers in zip(batch, tags):
                yield self._bio.spans(text.starts, text.stops, numbers)

    def tags(self, texts: Sequence[Sequence[str]]) -> list[list[str]]:
        """The names of the tags (``O``, ``B-PER``, ``I-PER`` …) of each text's tokens."""
        tags = self._tags([self._features(forms) for forms in texts])
        return [[self._bio.names[number] for number in numbers] for numbers in tags]

    def _features(self, forms: Sequence[str]) -> np.ndarray:
        return np.fromiter(map(self._feature, forms), np.int32, len(forms))

    def _tags(self, sequences: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The numbers of the tags, each sequence of features being tagged as a whole."""
        lengths = np.array([len(features) for features in sequences], np.int64)
        steps = Steps(lengths)
        places = np.arange(len(steps.rows)) + np.repeat(REACH + np.arange(len(lengths)), lengths)
        stream = np.full(lengths.sum() + len(lengths) + 2 * REACH, self._network.padding, np.int32)
        stream[places] = np.concatenate([np.empty(0, np.int32), *sequences])
        columns = np.full(len(stream), -1, np.int32)
        columns[places] = steps.rows
        path = viterbi(self._network.scores(stream, columns), steps, self._transitions)
        return [path[stop - n : stop] for n, stop in zip(lengths, lengths.cumsum())]


def _batches(texts: Iterable[EncodedText]) -> Iterator[list[EncodedText]]:
    batch: list[EncodedText] = []
    size = 0
    for text in texts:
        if batch and size + len(text) >= BATCH:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text) + 1
    if batch:
        yield batch

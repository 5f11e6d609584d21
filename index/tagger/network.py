"""The network: features of tokens in, scores of tags out.

Three convolutions of width 3, each with ReLU and batch norm, then a projection, run over a
stream of sequences with padding between them. Three things make it quick, none of which
changes what it computes: the first convolution's product with a word is computed once and
kept; a batch norm is folded into the convolution after it; the stream is cut into blocks that
fit the processor's cache.
"""

import numpy as np

from index.tagger.weights import Convolution, Weights

REACH = 3
"""Tokens on either side that a token's scores depend on."""

_BLOCK = 512
_SLAB = 1 << 13
_KEPT = 1 << 15


class Products:
    """The first convolution's three taps times the vector of a feature, for the features that
    were used last: 3 KB each, 100 MB at the most."""

    def __init__(self, weights: Weights):
        first = weights.convolutions[0]
        self._vectors = weights.vectors
        self._taps = np.concatenate(first.taps, axis=1)
        self._bias = np.zeros(self._taps.shape[1], np.float32)
        width = len(first.bias)
        self._bias[width : 2 * width] = first.bias
        self.table = np.empty((_KEPT, len(self._bias)), np.float32)
        self._rows: dict[int, int] = {}
        self._features = np.zeros(_KEPT, np.int64)
        self._used = np.zeros(_KEPT, np.int64)
        self._now = 0

    def rows(self, features: np.ndarray) -> np.ndarray:
        """The row of ``table`` that holds each feature's product; at most ``_KEPT`` distinct
        features, the rows are good until the next call."""
        distinct, places = np.unique(features, return_inverse=True)
        rows = np.array([self._rows.get(feature, -1) for feature in distinct.tolist()])
        self._now += 1
        self._used[rows[rows >= 0]] = self._now
        missing = np.flatnonzero(rows < 0)
        if len(missing):
            rows[missing] = self._add(distinct[missing])
        return rows[places]

    def _add(self, features: np.ndarray) -> np.ndarray:
        rows = np.argpartition(self._used, len(features) - 1)[: len(features)]
        for row in rows[self._used[rows] > 0].tolist():
            del self._rows[int(self._features[row])]
        self._rows.update(zip(features.tolist(), rows.tolist()))
        self._features[rows] = features
        self._used[rows] = self._now
        for start in range(0, len(rows), _BLOCK):
            block = slice(start, start + _BLOCK)
            self.table[rows[block]] = self._vectors(features[block]) @ self._taps + self._bias
        return rows


class Network:
    """slovnet's NER network, as far as the scores that its CRF decodes."""

    def __init__(self, weights: Weights):
        first, second, third = weights.convolutions
        self.padding = weights.padding
        self._products = Products(weights)
        self._first_blank = _blank(first)
        self._second = _fold(first, second)
        self._second_blank = _blank(second)
        self._third = _fold(second, third)
        projection = weights.projection
        self._projection = third.scale[:, None] * projection.weight
        self._bias = third.shift @ projection.weight + projection.bias

    def scores(self, stream: np.ndarray) -> np.ndarray:
        """The scores of the tags of every place of a stream of features.

        :param stream: (n,) int64; ``REACH`` times ``padding`` at both ends, and ``padding``
            between sequences.
        :return: (n, n_tags) float32; nothing of use at a place of padding.
        """
        scores = np.empty((len(stream), len(self._bias)), np.float32)
        last = len(stream) - REACH
        for slab in range(REACH, last, _SLAB):
            slab_stop = min(slab + _SLAB, last)
            features = stream[slab - REACH : slab_stop + REACH]
            rows, blanks = self._products.rows(features), features == self.padding
            for start in range(0, slab_stop - slab, _BLOCK):
                stop = min(start + _BLOCK, slab_stop - slab)
                around = slice(start, stop + 2 * REACH)
                scores[slab + start : slab + stop] = self._block(rows[around], blanks[around])
        return scores

    def _block(self, rows: np.ndarray, blanks: np.ndarray) -> np.ndarray:
        hidden = _slide(self._products.table.take(rows, axis=0))
        hidden[blanks[1:-1]] = self._first_blank
        kernel, bias = self._second
        hidden = _slide(hidden @ kernel, bias)
        hidden[blanks[2:-2]] = self._second_blank
        kernel, bias = self._third
        hidden = _slide(hidden @ kernel, bias)
        return hidden @ self._projection + self._bias


def _fold(previous: Convolution, layer: Convolution) -> tuple[np.ndarray, np.ndarray]:
    """The layer's taps side by side, (n_in, 3 * n_out), and its bias, both taking over the
    batch norm of the layer before."""
    taps = np.concatenate(layer.taps, axis=1)
    bias = layer.bias + (previous.shift @ layer.taps).sum(axis=0)
    return previous.scale[:, None] * taps, bias


def _blank(layer: Convolution) -> np.ndarray:
    """What padding holds after a layer, so that the batch norm makes it zero."""
    return -layer.shift / layer.scale


def _slide(products: np.ndarray, bias: np.ndarray | None = None) -> np.ndarray:
    """The sums over the three taps, whose products lie side by side, and the ReLU."""
    width = products.shape[1] // 3
    sums = products[:-2, :width] + products[1:-1, width : 2 * width]
    sums += products[2:, 2 * width :]
    if bias is not None:
        sums += bias
    return np.maximum(sums, 0, out=sums)

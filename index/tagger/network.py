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
_SLAB = 1 << 14
_KEPT = 1 << 15


class Products:
    """The first convolution's three taps times the vector of a feature, for the features that
    were used last: 3 KB each, 100 MB at the most."""

    def __init__(self, weights: Weights):
        self._vectors = weights.vectors
        self._taps = np.concatenate(weights.convolutions[0].taps, axis=1)
        self._rows: dict[int, int] = {}
        self._features = np.empty(_KEPT, np.int64)
        self._used = np.zeros(_KEPT, np.int64)
        self._now = 0
        self.table = np.empty((_KEPT, self._taps.shape[1]), np.float32)

    def rows(self, features: np.ndarray) -> np.ndarray:
        """The row of ``table`` that holds each feature's product, good until the next call; at
        most ``_KEPT`` distinct features."""
        self._now += 1
        distinct, places = np.unique(features, return_inverse=True)
        rows = np.array([self._rows.get(feature, -1) for feature in distinct.tolist()])
        self._used[rows[rows >= 0]] = self._now
        missing = np.flatnonzero(rows < 0)
        rows[missing] = self._add(distinct[missing])
        return rows[places]

    def _add(self, features: np.ndarray) -> np.ndarray:
        rows = self._free(len(features))
        self._rows.update(zip(features.tolist(), rows.tolist()))
        self._features[rows] = features
        self._used[rows] = self._now
        for start in range(0, len(rows), _BLOCK):
            block = slice(start, start + _BLOCK)
            self.table[rows[block]] = self._vectors(features[block]) @ self._taps
        return rows

    def _free(self, n: int) -> np.ndarray:
        """``n`` rows that were never used, else the ones that were not used for longest."""
        kept = len(self._rows)
        if kept + n <= _KEPT:
            return np.arange(kept, kept + n)
        rows = np.argpartition(self._used, n - 1)[:n]
        for feature in self._features[rows[self._used[rows] > 0]].tolist():
            del self._rows[feature]
        return rows


class Network:
    """slovnet's NER network, as far as the scores that its CRF decodes."""

    def __init__(self, weights: Weights):
        first, second, third = weights.convolutions
        self.padding = weights.padding
        self._products = Products(weights)
        self._first_bias, self._first_blank = first.bias, _blank(first)
        self._second = _fold(first, second)
        self._second_blank = _blank(second)
        self._third = _fold(second, third)
        projection = weights.projection
        self._projection = third.scale[:, None] * projection.weight
        self._bias = third.shift @ projection.weight + projection.bias

    def scores(self, stream: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """The scores of the tags of the tokens in a stream of features.

        :param stream: (n,) integers; ``padding`` stands between sequences and ``REACH`` times
            at both ends.
        :param columns: (n,) integers, the column of the result for each place of the stream,
            -1 for padding.
        :return: (n_tags, n_tokens) float32.
        """
        scores = np.empty((len(self._bias), columns.max() + 2), np.float32)
        last = len(stream) - REACH
        for slab in range(REACH, last, _SLAB):
            features = stream[slab - REACH : min(slab + _SLAB, last) + REACH]
            rows, blanks = self._products.rows(features), features == self.padding
            for start in range(0, len(features) - 2 * REACH, _BLOCK):
                around = slice(start, start + _BLOCK + 2 * REACH)
                block = self._block(rows[around], blanks[around])
                place = slab + start
                scores[:, columns[place : place + len(block)]] = block.T
        return scores[:, :-1]

    def _block(self, rows: np.ndarray, blanks: np.ndarray) -> np.ndarray:
        hidden = _slide(self._products.table.take(rows, axis=0), self._first_bias)
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


def _slide(products: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """The sum over the three taps, whose products lie side by side, and its ReLU."""
    width = len(bias)
    total = products[:-2, :width] + products[1:-1, width : 2 * width]
    total += products[2:, 2 * width :]
    total += bias
    return np.maximum(total, 0, out=total)

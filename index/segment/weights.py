"""Weights and lengths as codes of one byte each, so that a posting's BM25F is one look-up.

A weight is what Whoosh calls so: the sum of a term's boosts in a field of a document; a word's
boost grows towards the beginning of the text.
"""

import numpy as np
from whoosh.util.numeric import byte_to_length

from index.segment.arrays import starts

LED_FIELD = "text"
"""The field whose opening words weigh more."""

LED_SINCE = 3
"""The format of segments from which on they do."""

LEAD_WEIGHT = 3.0
LEAD_END = 120
"""The first word of a text weighs LEAD_WEIGHT, each following one a little less, those from
LEAD_END on 1: news tells its story in the opening words."""

_LEAD = 1 + (LEAD_WEIGHT - 1) * (1 - np.arange(LEAD_END + 1) / LEAD_END)

_STEPS = 16
_LEAST_EXPONENT = -6
_CUT, _BIAS = 52 - 4, 1023
"""Where the bits of a float64 are cut off that are beyond a sixteenth; what its exponent is
written with added."""

WEIGHTS = (1 + np.arange(256) % _STEPS / _STEPS) * 2.0 ** (
    np.arange(256) // _STEPS + _LEAST_EXPONENT
)
"""The weight of each code, (256,) float64: sixteen steps to every power of two, so that whole
numbers to 32 are exact and others off by 3 % at the most."""

LENGTHS = np.array([byte_to_length(code) for code in range(256)])
"""The length of each code, (256,) int64, as Whoosh has it."""


def lead_weights(positions: np.ndarray) -> np.ndarray:
    """The weight of a word of a text by its position, (n,) float64."""
    return _LEAD.take(positions, mode="clip")


def weight_codes(weights: np.ndarray) -> np.ndarray:
    """The code nearest to each weight, (n,) uint16."""
    # above _CUT the bits of a number are its exponent and how many sixteenths of the way to the
    # next power of two it is: rounded there, half to even, they are the code
    bits = weights.view(np.int64)
    codes = bits >> _CUT
    codes &= 1
    codes += bits
    codes += (1 << _CUT - 1) - 1
    codes >>= _CUT
    codes -= (_BIAS + _LEAST_EXPONENT) * _STEPS
    return np.clip(codes, 0, 255, out=codes).astype(np.uint16)


def led_codes(codes: np.ndarray, positions: np.ndarray, frequencies: np.ndarray) -> np.ndarray:
    """The codes of postings with the weight of the lead, (n,) uint16, from codes without it, as
    segments of a format before LED_SINCE have them; ``positions`` are those of all occurrences,
    posting by posting, ``frequencies`` (n,) how many each has."""
    if not len(codes):
        return codes
    leads = np.add.reduceat(lead_weights(positions), starts(frequencies)[:-1]) / frequencies
    return weight_codes(WEIGHTS[codes >> 8] * leads) << np.uint16(8) | codes & np.uint16(0xFF)


def length_codes(lengths: np.ndarray) -> np.ndarray:
    """The code of each length, rounded up, (n,) uint8."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)


def bm25f_table(mean_length: float, k1: float = 1.2, b: float = 0.75) -> np.ndarray:
    """BM25F without the idf for each posting code, (65536,) float32, 0 for code 0, which no
    posting has: Robertson, Zaragoza and
    Taylor (2004), as Whoosh's ``scoring.bm25`` computes it."""
    weights, lengths = WEIGHTS[:, None], LENGTHS[None, :]
    norm = k1 * ((1 - b) + b * lengths / mean_length)
    table = (weights * (k1 + 1) / (weights + norm)).astype(np.float32).ravel()
    table[0] = 0
    return table

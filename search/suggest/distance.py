"""Distance: how unlikely it is that one word was typed for another.

Damerau–Levenshtein in its restricted form (optimal string alignment: Damerau, 1964), with
slips that Russians make often (unstressed vowels, voiced and voiceless consonants, neighbouring
keys, soft signs, doubled letters) cheaper than others, as in Kernighan, Church and Gale, 1990.
"""

import numpy as np

from search.suggest.keyboard import ROWS

SOUNDS_ALIKE = 0.6
NEIGHBOURING_KEYS = 0.8
SWAPPED = 0.8
DOUBLED = 0.6
SILENT = 0.6
FIRST_LETTER = 0.3
"""What a slip costs, beside 1 for any other; one in the first letter costs so much more."""

_ALIKE = "ао ои ие еи еэ ия ея ыи уо ую ао йи ее бп вф гк дт жш зс шщ чщ цс гх тц".split()
_SILENT = "ьъ"
_TABLE = 1 << 11


def _substitutions() -> dict[int, np.ndarray]:
    costs: dict[int, np.ndarray] = {}

    def put(one: str, other: str, cost: float) -> None:
        for a, b in ((one, other), (other, one)):
            table = costs.setdefault(ord(a), np.ones(_TABLE, np.float32))
            table[ord(b)] = min(table[ord(b)], cost)

    for row in ROWS:
        for pair in zip(row, row[1:]):
            put(*pair, NEIGHBOURING_KEYS)
    for one, other in (pair for pair in _ALIKE if pair[0] != pair[1]):
        put(one, other, SOUNDS_ALIKE)
    put("ь", "ъ", SILENT)
    return costs


_COSTS = _substitutions()
_OTHERS = np.ones(_TABLE, np.float32)


def distances(word: str, letters: np.ndarray) -> np.ndarray:
    """What each of some words of one length, (n, length) code points below 2048, differs from
    a word in, (n,) float32."""
    n, length = letters.shape
    inserted = np.ones((n, length + 1), np.float32)
    for letter in _SILENT:
        inserted[:, 1:][letters == ord(letter)] = SILENT
    inserted[:, 2:][letters[:, 1:] == letters[:, :-1]] = DOUBLED
    inserted[:, 0] = 0
    inserted[:, 1] += FIRST_LETTER
    above = np.cumsum(inserted, axis=1)
    before = above
    for row, letter in enumerate(word):
        dropped = 1.0
        if letter in _SILENT:
            dropped = SILENT
        elif row and letter == word[row - 1]:
            dropped = DOUBLED
        first = FIRST_LETTER if row == 0 else 0.0
        changed = _COSTS.get(ord(letter), _OTHERS)[letters]
        changed[letters == ord(letter)] = 0
        if first and length:
            changed[:, 0] += first * (changed[:, 0] > 0)
        current = np.empty_like(above)
        current[:, 0] = above[:, 0] + dropped + first
        best = np.minimum(above[:, :-1] + changed, above[:, 1:] + dropped + first)
        if row and length > 1:
            swapped = (letters[:, 1:] == ord(word[row - 1])) & (letters[:, :-1] == ord(letter))
            crossed = np.where(swapped, before[:, :-2] + SWAPPED, np.inf)
            best[:, 1:] = np.minimum(best[:, 1:], crossed)
        for column in range(length):
            current[:, column + 1] = np.minimum(
                best[:, column], current[:, column] + inserted[:, column + 1]
            )
        before, above = above, current
    return above[:, -1]

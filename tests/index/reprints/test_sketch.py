"""Sketches against a slow, obvious version of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.reprints.sketch import EMPTY, SHINGLE, SHORTEST, SIZE, Words, numbers, sketches
from index.segment.arrays import starts

texts = st.tuples(st.integers(0, 400), st.sampled_from([1, 3, 10_000])).map(
    lambda drawn: np.random.default_rng(drawn[0]).integers(0, drawn[1], drawn[0], np.uint64)
)


def words(texts: list[np.ndarray]) -> Words:
    joined = np.concatenate([np.zeros(0, np.uint64), *texts])
    return Words(joined, starts(np.array([len(text) for text in texts], np.int64)))


def smallest_shingles(text: list[int]) -> list[int]:
    found = set()
    for first in range(len(text) - SHINGLE + 1):
        mixed = 0
        for word in text[first : first + SHINGLE]:
            mixed = (mixed ^ word) * 0x9E3779B97F4A7C15 % 2**64
            mixed ^= mixed >> 29
        found.add(min(mixed >> 32, int(EMPTY) - 1))
    return sorted(found)[:SIZE]


@given(st.lists(texts, max_size=6))
def test_a_sketch_has_the_smallest_hashes_of_the_text(texts):
    found = sketches(words([np.zeros(0, np.uint64)] * len(texts)), words(texts))
    assert found.shape == (len(texts), SIZE)
    for text, sketch in zip(texts, found.tolist()):
        held = [shingle for shingle in sketch if shingle != EMPTY]
        assert held == sketch[: len(held)]
        if len(text) - SHINGLE + 1 >= SHORTEST:
            assert held == smallest_shingles(text.tolist())
        else:
            assert len(held) == 1


def test_the_headline_tells_only_short_texts_apart():
    titles = words([np.array([n], np.uint64) for n in range(4)])
    long, short = np.arange(60, dtype=np.uint64), np.arange(5, dtype=np.uint64)
    sketch = sketches(titles, words([long, long, short, short])).tolist()
    assert sketch[0] == sketch[1] and sketch[2] != sketch[3]


def test_numbers_are_those_of_each_text():
    pieces = np.array([0, 8, 1, 2**63, 1], np.uint64)
    assert numbers(pieces, np.array([0, 2, 2, 5])).tolist() == [8, 0, 1 + 2**63]

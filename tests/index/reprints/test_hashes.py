"""Hashes are found among many by their last bits as they are by comparing each."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.reprints.hashes import Hashes, gathered, stretches
from index.reprints.sketch import EMPTY

HASHES = st.lists(
    st.integers(0, int(EMPTY) - 1) | st.integers(0, (1 << 12) - 1).map(lambda n: n << 20)
)


def array(hashes: list[int]) -> np.ndarray:
    return np.array(hashes, np.uint32)


@given(HASHES, HASHES)
def test_hashes_are_found_where_they_stand(held, others):
    hashes = Hashes(np.unique(array(held)))
    wanted = array([*others, *held, int(EMPTY)])
    known = hashes.among(wanted)
    assert np.array_equal(known, np.isin(wanted, hashes.hashes))
    assert np.array_equal(hashes.hashes[hashes.places(wanted[known])], wanted[known])


@given(HASHES, HASHES)
def test_what_may_be_among_them_is_all_that_is(held, others):
    wanted = array([*others, *held])
    assert set(np.flatnonzero(np.isin(wanted, array(held)))) <= set(
        Hashes(np.unique(array(held))).maybe(wanted)
    )


@given(HASHES, st.integers(1, 20))
def test_every_hash_is_in_one_stretch(held, most):
    sample = array(held)
    found = [h for low, high in stretches(sample, len(held), most) for h in held if low <= h < high]
    assert sorted(found) == sorted(held)


def test_chunks_are_gathered_end_to_end():
    assert gathered([array([3, 1]), array([]), array([2])], array([0] * 5)).tolist() == [3, 1, 2]

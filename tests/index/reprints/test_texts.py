"""What pairs connect has one owner."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.disjoint import DisjointSets
from index.reprints.texts import connected

PAIRS = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60)


@given(PAIRS)
def test_the_least_of_what_pairs_connect_owns_it(pairs):
    sets = DisjointSets(40)
    for one, other in pairs:
        sets.join(one, other)
    found = connected(np.array(pairs, np.int64).reshape(-1, 2), 40)
    assert found.tolist() == [sets.find(number) for number in range(40)]

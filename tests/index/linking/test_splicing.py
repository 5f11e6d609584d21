"""Splicing by stretches against rows put in order one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.linking.splicing import among, spliced, stretches

ids = st.lists(st.integers(0, 9).map(lambda number: number << 58), max_size=14).map(sorted)


def array(numbers):
    return np.array(numbers, np.uint64)


@given(ids, st.sets(st.integers(0, 9).map(lambda number: number << 58)), ids)
def test_blocks_come_in_the_order_of_their_ids(old, gone, new):
    new = [id for id in new if id in gone or id not in old]
    parts = stretches(array(old), array(sorted(gone)), array(new))
    expected = sorted([id for id in old if id not in gone] + new)
    tables = [[array(ids), array(ids) >> np.uint64(58)] for ids in (old, new)]
    found, tenths = spliced(*tables, parts)
    assert found.tolist() == expected
    assert tenths.tolist() == [id >> 58 for id in expected]
    assert all(first < stop for _, first, stop in parts.tolist())


@given(st.lists(st.integers(0, 2**64 - 1)), st.data())
def test_values_among_a_few(values, data):
    few = data.draw(st.lists(st.sampled_from(values or [0]) | st.integers(0, 2**64 - 1)))
    assert among(array(values), array(few)).tolist() == [value in few for value in values]

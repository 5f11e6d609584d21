"""The union of tables of strings against that of Python's sets."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.segment.strings import Strings
from index.segment.union import united

strings = st.text("аяё1", max_size=12).map(str.encode) | st.text("ab", max_size=3).map(str.encode)
tables = st.lists(st.sets(strings, max_size=40).map(sorted), min_size=1, max_size=4)


@given(tables)
def test_a_union_holds_each_string_once_in_order(lists):
    merged, numbers = united([Strings.of(held) for held in lists])
    assert merged.all() == sorted(set().union(*lists))
    assert [[merged[n] for n in found.tolist()] for found in numbers] == lists


@given(tables, st.randoms(use_true_random=False))
def test_a_union_leaves_out_what_is_not_used(lists, chance):
    used = [[n for n in range(len(held)) if chance.random() < 0.5] for held in lists]
    rows = [np.array(numbers, np.int64) for numbers in used]
    merged, numbers = united([Strings.of(held) for held in lists], rows)
    kept = [[held[n] for n in own] for held, own in zip(lists, used)]
    assert merged.all() == sorted(set().union(*kept))
    for held, own, found in zip(lists, used, numbers):
        assert [merged[n] for n in found[own].tolist()] == [held[n] for n in own]
        assert (np.delete(found, own) == -1).all()

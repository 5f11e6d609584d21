"""The union of tables of strings against that of Python's sets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.segment.strings import Strings, string_hashes
from index.segment.union import united

letters = st.text("аяё1", max_size=12) | st.text("ab", max_size=3) | st.text("\0a", max_size=18)
strings = letters.map(str.encode)
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


def test_a_union_keeps_strings_that_differ_in_few_bits():
    pair = [b"abcdefgHijkllnoP"], [b"abcdefghijklmnop"]
    for _ in range(400):
        merged, _ = united([Strings.of(held) for held in pair])
        assert merged.all() == [pair[0][0], pair[1][0]]


@pytest.mark.parametrize("multiplier", [0, 1, 1 << 63])
def test_a_union_keeps_strings_of_one_hash(multiplier, monkeypatch):
    def weak(content, begins, lengths, *_):
        return string_hashes(content, begins, lengths, np.uint64(multiplier))

    monkeypatch.setattr("index.segment.union.string_hashes", weak)
    lists = [sorted({b"a%d" % (n * step % 997) for n in range(300)}) for step in (2, 3, 5)]
    merged, numbers = united([Strings.of(held) for held in lists])
    assert merged.all() == sorted(set().union(*lists))
    assert [[merged[n] for n in found.tolist()] for found in numbers] == lists


def test_a_union_keeps_a_string_and_the_same_with_a_nul():
    merged, numbers = united([Strings.of([b"x\0"]), Strings.of([b"x"])])
    assert merged.all() == [b"x", b"x\0"]
    assert [found.tolist() for found in numbers] == [[1], [0]]

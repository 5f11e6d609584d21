"""Names of a link table as bytes against lists of strings."""

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.linking.names import Names
from index.segment.strings import Strings

names = st.text(st.sampled_from("абвяAZ «»-"), min_size=1, max_size=20)
lists = st.lists(names, unique=True, max_size=12)


def table(strings):
    content = [string.encode() for string in strings]
    begins = np.cumsum([0, *map(len, content)])
    return Strings(np.frombuffer(b"".join(content), np.uint8), begins)


@given(lists)
def test_names_are_read_back(given_names):
    found = Names.of(given_names)
    assert (len(found), list(found)) == (len(given_names), given_names)
    assert [found[row] for row in range(len(found))] == given_names


@given(lists, lists)
def test_strings_are_found_among_names(given_names, asked):
    expected = [given_names.index(name) if name in given_names else -1 for name in asked]
    assert Names.of(given_names).rows(table(asked)).tolist() == expected


@given(lists, lists)
def test_names_are_found_among_names(given_names, asked):
    expected = [given_names.index(name) if name in given_names else -1 for name in asked]
    found, asked = Names.of(given_names), Names.of(asked)
    assert found.rows_of(asked).tolist() == expected
    assert found.rows_of(asked, np.arange(len(found))).tolist() == expected


@given(lists, lists)
def test_names_of_one_hash_are_found(given_names, asked):
    expected = [given_names.index(name) if name in given_names else -1 for name in asked]

    def few_hashes(content, begins, lengths):
        return (lengths % 2).astype(np.uint64)

    with patch("index.linking.names.string_hashes", few_hashes):
        found = Names.of(given_names)
        assert found.rows(table(asked)).tolist() == expected
        assert found.rows_of(Names.of(asked)).tolist() == expected
        assert found.rows_of(Names.of(asked), np.arange(len(found))).tolist() == expected


@given(lists)
def test_ranks_are_those_of_sorted_names(given_names):
    order = sorted(given_names)
    assert Names.of(given_names).ranks.tolist() == [order.index(name) for name in given_names]

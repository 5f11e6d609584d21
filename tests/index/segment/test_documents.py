"""The documents of postings, where a segment has more of them than 16 bits count."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.segment import documents
from index.segment.arrays import Arrays, ArrayWriter, starts
from index.segment.documents import DocumentsWriter, read_documents

N_DOCS = 400
MANY = 200_000

postings = st.lists(
    st.sets(st.integers(0, N_DOCS - 1), min_size=1, max_size=60).map(sorted).map(np.array),
    min_size=1,
    max_size=8,
)
evenly = st.builds(
    lambda first, step, n: np.arange(first, MANY, step)[:n],
    st.integers(0, MANY - 1),
    st.integers(1, 9_000),
    st.integers(1, MANY),
)


@pytest.fixture(scope="module", autouse=True)
def in_runs():
    """However few postings a document has."""
    with patch.object(documents, "WORTH", 0):
        yield


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("documents") / "file"


def written(path, terms, n_docs, chunk):
    """The documents of some terms, written ``chunk`` terms at a time."""
    writer = ArrayWriter(path)
    documents_ = DocumentsWriter(writer, "text", sum(map(len, terms)), n_docs)
    for first in range(0, len(terms), chunk):
        part = terms[first : first + chunk]
        firsts = starts(np.array(list(map(len, part))))[:-1]
        documents_.append(np.concatenate(part), firsts)
    documents_.finish()
    writer.finish({})
    return read_documents(Arrays(path), "text")


def check(found, terms, wanted):
    """That the documents are those of the terms, and the wanted ones are found among them."""
    bounds = starts(np.array(list(map(len, terms)))).tolist()
    whole = np.concatenate(terms)
    assert np.array_equal(found.between(0, len(found)), whole)
    assert np.array_equal(found.take(np.arange(len(whole))), whole)
    asked = np.array(sorted(set(wanted)), np.int64)
    for term, first, last in zip(terms, bounds, bounds[1:]):
        assert np.array_equal(found.between(first, last), term)
        place, held = found.find(first, last, asked)
        assert np.array_equal(held, np.isin(asked, term))
        assert np.array_equal(term[place[held]], asked[held])


@pytest.mark.parametrize("few, short", [(0, 0), (0, N_DOCS), (N_DOCS, 0)])
@pytest.mark.parametrize("bits", [2, 6, 16])
@given(postings, st.integers(1, 8), st.lists(st.integers(0, N_DOCS - 1)))
def test_all_documents_are_found_again(path, bits, few, short, terms, chunk, wanted):
    with patch.multiple(documents, BITS=bits, _FEW=few, _ALONE=few, _SHORT=short):
        check(written(path, terms, N_DOCS, chunk), terms, wanted)


@given(
    st.lists(evenly, min_size=1, max_size=6),
    st.integers(1, 6),
    st.lists(st.integers(0, MANY - 1)) | evenly,
)
def test_all_documents_of_a_large_segment_are_found_again(path, terms, chunk, wanted):
    check(written(path, terms, MANY, chunk), terms, wanted)


def test_postings_are_taken_beyond_what_the_type_of_the_runs_holds(path):
    """The last run begins at a posting that 16 bits count, and ends at one that they do not."""
    terms = [np.arange(0, 100, 10), np.arange(20_000, 100_000)]
    found = written(path, terms, 100_000, 2)
    assert found.take(np.array([9, 10, 45_546, 70_000, 80_009])).tolist() == [
        90, 20_000, 65_536, 89_990, 99_999
    ]  # fmt: skip


@pytest.mark.parametrize("worth", [0, 32])
def test_documents_of_few_postings_are_found_again_beyond_16_bits(path, worth):
    """Those of titles, which are not worth runs."""
    with patch.object(documents, "WORTH", worth):
        terms = [np.array([7, 65_535, 65_536, 99_999]), np.array([65_543])]
        check(written(path, terms, 100_000, 1), terms, {7, 65_536, 65_543, 99_999})

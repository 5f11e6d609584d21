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

postings = st.lists(
    st.sets(st.integers(0, N_DOCS - 1), min_size=1, max_size=60).map(sorted), min_size=1, max_size=8
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("documents") / "file"


def written(path, terms, chunk):
    """The documents of some terms, written ``chunk`` terms at a time."""
    writer = ArrayWriter(path)
    documents_ = DocumentsWriter(writer, "text", sum(map(len, terms)), N_DOCS)
    for first in range(0, len(terms), chunk):
        part = terms[first : first + chunk]
        firsts = starts(np.array(list(map(len, part))))[:-1]
        documents_.append(np.array(sum(part, []), np.int64), firsts)
    documents_.finish()
    writer.finish({})
    return read_documents(Arrays(path), "text")


@pytest.mark.parametrize("few", [0, 64])
@pytest.mark.parametrize("bits", [2, 6, 16])
@given(postings, st.integers(1, 8), st.lists(st.integers(0, N_DOCS - 1)))
def test_all_documents_are_found_again(path, bits, few, terms, chunk, wanted):
    with patch.object(documents, "BITS", bits), patch.object(documents, "_FEW", few):
        found = written(path, terms, chunk)
        bounds = starts(np.array(list(map(len, terms)))).tolist()
        whole = sum(terms, [])
        assert found.between(0, len(found)).tolist() == whole
        assert found.take(np.arange(len(whole))).tolist() == whole
        asked = np.array(sorted(wanted), np.int64)
        for term, first, last in zip(terms, bounds, bounds[1:]):
            assert found.between(first, last).tolist() == term
            place, held = found.find(first, last, asked)
            assert held.tolist() == [docid in term for docid in asked.tolist()]
            assert [term[n] for n in place[held].tolist()] == asked[held].tolist()

"""Sets of documents: put together, and looked up in one another, against doing so one by one."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.matching.hits import Hits, constant, union
from search.matching.matches import Matches

N_DOCS = 2000
sizes = st.sampled_from([0, 1, 3, 20, 150, 700, N_DOCS])
sixteenths = st.integers(0, 40).map(lambda n: n / 16)


@st.composite
def sets(draw):
    chance = np.random.default_rng(draw(st.integers(0, 1000)))
    docids = np.sort(chance.choice(N_DOCS, draw(sizes), replace=False))
    if draw(st.booleans()):
        return constant(docids, draw(sixteenths), True)
    return Hits(docids, chance.integers(0, 40, len(docids)).astype(np.float32) / 16)


@given(st.lists(sets(), max_size=4))
def test_a_union_holds_the_documents_of_any_set_and_adds_up_their_scores(parts):
    expected = Counter()
    for part in parts:
        for docid, score in zip(part.docids.tolist(), part.scores.tolist()):
            expected[docid] += score
    found = union(parts, N_DOCS, scored=True)
    assert found.docids.tolist() == sorted(expected)
    assert found.scores.tolist() == [expected[docid] for docid in sorted(expected)]
    unscored = union([Hits(part.docids, None) for part in parts], N_DOCS, scored=False)
    assert unscored.docids.tolist() == sorted(expected)


@given(sets(), st.integers(1, 100), st.integers(0, 1000))
def test_scores_of_some_matches(part, percent, seed):
    matches = Matches(part.docids, part.scores, N_DOCS)
    kept = np.random.default_rng(seed).integers(0, 100, len(part)) < percent
    found = matches.scores_of(part.docids[kept])
    assert found.tolist() == part.scores[kept].tolist()

"""Forms: in which forms the index holds a lemma, and in how many articles each."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.morphology import fold
from index.segment.arrays import distinct
from index.segment.segment import SegmentData

_KEPT = 1024
"""Lemmas whose forms are kept, once counted."""


class Forms:
    """The forms in some segments, of which the documents that are ``alive``, (n_docs,) bool,
    count."""

    def __init__(self, segments: Sequence[SegmentData], alive: np.ndarray):
        self._segments = segments
        self._alive = alive
        self.counts = lru_cache(_KEPT)(self._counts)

    def _counts(self, lemmas: tuple[str, ...]) -> dict[str, int]:
        """The forms of any of the lemmas, in lower case, with the number of articles that hold
        each in title or text, the commonest first. Forms that differ in ё are one, spelt as the
        most of them."""
        documents: dict[str, list[np.ndarray]] = defaultdict(list)
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        base = 0
        for data in self._segments:
            for field in data.words.values():
                for lemma in lemmas:
                    if (number := field.terms.find(lemma.encode())) is None:
                        continue
                    postings = field.postings(number)
                    owners = np.cumsum(postings.marked_positions & 1, dtype=np.int64) - 1
                    docids = postings.docids[owners].astype(np.int64) + base
                    forms = postings.forms
                    if not (alive := self._alive[docids]).all():
                        docids, forms = docids[alive], forms[alive]
                    for code, spelt in enumerate(field.forms_of(number).tolist()):
                        found = docids[forms == code]
                        form = data.forms[spelt].decode().lower()
                        documents[fold(form)].append(found)
                        spellings[fold(form)][form] += len(found)
            base += data.n_docs
        counts = {
            spellings[form].most_common(1)[0][0]: len(distinct(np.concatenate(found)))
            for form, found in documents.items()
        }
        return dict(sorted((item for item in counts.items() if item[1]), key=_commonest))


def _commonest(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]

"""A range of dates as a Whoosh query, answered from the date columns."""

import numpy as np
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query

from index.schema import NO_DATE


class DateRange(Query):
    """Documents whose date lies wholly between two days (ordinals, both included).

    An article of August 2022 is inside 2022, and not inside the first half of August.
    """

    def __init__(self, first: int, last: int):
        self.first = first
        self.last = last

    def __eq__(self, other: object) -> bool:
        return type(other) is DateRange and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((self.first, self.last))

    def __repr__(self) -> str:
        return f"DateRange({self.first}, {self.last})"

    def estimate_size(self, reader) -> int:
        return reader.doc_count()

    def matcher(self, searcher, context=None):
        reader = searcher.reader()
        if not reader.doc_count_all():
            return NullMatcher()
        first, last = (_days(reader, field) for field in ("first_day", "last_day"))
        inside = (first >= self.first) & (last <= self.last) & (first != NO_DATE)
        docids = [docid for docid in inside.nonzero()[0].tolist() if not reader.is_deleted(docid)]
        return ListMatcher(docids, [1.0] * len(docids)) if docids else NullMatcher()


def _days(reader, field: str) -> np.ndarray:
    column = reader.column_reader(field)
    return np.fromiter((column[docid] for docid in range(reader.doc_count_all())), np.int64)

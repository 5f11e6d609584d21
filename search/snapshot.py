"""A snapshot: one generation of an index, opened, with its columns as arrays."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from whoosh.searching import Searcher

from index.article import Article
from index.segment.segment import SegmentData
from index.toc import ArrayIndex
from search.calendar import Calendar
from search.columns import FacetColumn, SegmentColumn, join_segments, read_days, read_segment
from search.statistics import Statistics


class Snapshot:
    """What an index holds at one commit.

    ``known`` are the columns that an earlier snapshot has read, by segment and facet: segments
    never change. ``segment_columns`` are those that this one has read or taken over.
    """

    def __init__(self, index: ArrayIndex, known: Mapping[tuple[str, str], SegmentColumn]):
        self.generation: int = index.generation
        self.searcher: Searcher = index.searcher()
        self.n_docs: int = self.searcher.doc_count_all()
        self._known = known
        self.segment_columns: dict[tuple[str, str], SegmentColumn] = {}
        self._columns: dict[str, FacetColumn] = {}
        leaves = self.searcher.reader().leaf_readers() if self.n_docs else ()
        self._readers = [leaf for leaf, _ in leaves]

    def __len__(self) -> int:
        return self.searcher.doc_count()

    def column(self, field: str) -> FacetColumn:
        """The column of a facet."""
        if field not in self._columns:
            self._columns[field] = join_segments(
                field, [self._segment_column(reader, field) for reader in self._readers]
            )
        return self._columns[field]

    def _segment_column(self, reader, field: str) -> SegmentColumn:
        key = reader.segment().segment_id(), field
        column = self._known.get(key) or read_segment(reader, field)
        return self.segment_columns.setdefault(key, column)

    @cached_property
    def data(self) -> list[SegmentData]:
        """The segments' files, by docid."""
        return [reader.segment().data(reader.storage()) for reader in self._readers]

    def id(self, docid: int) -> str:
        """The article's id of a document."""
        for data in self.data:
            if docid < data.n_docs:
                return data.id(docid)
            docid -= data.n_docs
        raise IndexError(docid)

    @cached_property
    def calendar(self) -> Calendar:
        """The dates of all documents."""
        return Calendar(self.first_days, self.last_days)

    @cached_property
    def statistics(self) -> Statistics:
        """What scores depend on."""
        return Statistics(self.data)

    @cached_property
    def first_days(self) -> np.ndarray:
        """The first day of each document's date, (n_docs,) int32 ordinals, NO_DATE where none."""
        return read_days(self._readers, "first_day")

    @cached_property
    def last_days(self) -> np.ndarray:
        """The last day of each document's date, like ``first_days``."""
        return read_days(self._readers, "last_day")

    def article(self, docid: int) -> Article:
        """The stored article of a document."""
        return Article.from_json(self.searcher.stored_fields(docid)["article"])

    def docid(self, id: str) -> int | None:
        """The document of an article's id, or None."""
        return self.searcher.document_number(id=id)

"""A snapshot: one generation of an index, opened, with its columns as arrays."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from whoosh.searching import Searcher

from index.article import Article
from index.segment.segment import SegmentData
from index.toc import ArrayIndex
from search.calendar import Calendar, held_spans
from search.columns import FacetColumn, SegmentColumn, join_segments, read_days, read_segment
from search.counting import ValueTable
from search.statistics import Statistics

_TOGETHER = (("person", "org"), ("source", "section"))
"""Facets that are counted in one pass; the first ones with the dates."""


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
            self._read_columns(next(group for group in _TOGETHER if field in group))
        return self._columns[field]

    @property
    def calendar(self) -> Calendar:
        """The dates of all documents."""
        self.column(_TOGETHER[0][0])
        return self._calendar

    def _read_columns(self, fields: Sequence[str]) -> None:
        joined = [
            join_segments(field, [self._segment_column(reader, field) for reader in self._readers])
            for field in fields
        ]
        held = [held for _, held in joined]
        if fields is _TOGETHER[0]:
            spans, dates = held_spans(self.first_days, self.last_days)
            held.append(dates)
        table = ValueTable(held, self.n_docs)
        for field, (entities, _), column in zip(fields, joined, table.columns):
            self._columns[field] = FacetColumn(entities, column, self.n_docs)
        if fields is _TOGETHER[0]:
            self._calendar = Calendar(spans, table.columns[-1])

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
    def newest_first(self) -> np.ndarray:
        """All documents by date, the newest first, undated ones last, (n_docs,) intp."""
        return np.argsort(-self.first_days.astype(np.int64), kind="stable")

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

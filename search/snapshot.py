"""A snapshot: one generation of an index, opened, with its columns as arrays."""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path

import numpy as np
from whoosh.searching import Searcher

from index.article import Article
from index.ledger import Ledger
from index.linking.table import LinkTable, link
from index.linking.tally import FIELDS, tally
from index.linking.upkeep import linked
from index.schema import KINDS_OF_FACETS
from index.segment.segment import SegmentData
from index.toc import ArrayIndex
from search.calendar import Calendar
from search.columns import (
    FacetColumn,
    SegmentColumn,
    facet_column,
    join_segments,
    read_days,
    read_segment,
)
from search.entities import by_spelling
from search.linked_entities import LinkedEntities
from search.statistics import Statistics

_log = logging.getLogger(__name__)


class Snapshot:
    """What the index in a folder holds at one commit, with the corrections of a ledger.

    What an ``earlier`` snapshot has read of it is taken over: segments never change.
    """

    def __init__(
        self, folder: Path, index: ArrayIndex, ledger: Ledger, earlier: Snapshot | None = None
    ):
        self.generation: int = index.generation
        self.ledger = ledger
        self.searcher: Searcher = index.searcher()
        self.n_docs: int = self.searcher.doc_count_all()
        self._folder = folder
        self._known = earlier._segment_columns if earlier else {}
        self._segment_columns: dict[tuple[str, str], SegmentColumn] = {}
        self._columns: dict[str, FacetColumn] = {}
        leaves = self.searcher.reader().leaf_readers() if self.n_docs else ()
        self._readers = [leaf for leaf, _ in leaves]
        segments = (reader.segment().segment_id() for reader in self._readers)
        self._commit = (self.generation, *segments)
        same = earlier is not None and earlier._commit == self._commit
        self._tables: dict[str, LinkTable] = earlier._tables if same else {}

    def __len__(self) -> int:
        return self.searcher.doc_count()

    def column(self, field: str) -> FacetColumn:
        """The column of a facet."""
        if field not in self._columns:
            segments = [self._segment_column(reader, field) for reader in self._readers]
            names = join_segments(segments, self.alive)
            if field in FIELDS:
                self._columns[field] = self._linked(field, names)
            else:
                counts = np.bincount(names.numbers, minlength=len(names.names))
                self._columns[field] = facet_column(names, by_spelling(names.names, counts))
        return self._columns[field]

    def _linked(self, field: str, names: SegmentColumn) -> FacetColumn:
        """A column of linked entities; a table that lacks one of its names is made anew."""
        reader = self.searcher.reader()
        if field not in self._tables:
            self._tables[field] = linked(self._folder, field, self.generation, reader)
        try:
            found = facet_column(names, self._entities(field))
        except KeyError:
            self._tables[field] = link(field, tally(reader, field))
            found = facet_column(names, self._entities(field))
        for complaint in found.entities.complaints:
            _log.warning("%s", complaint)
        return found

    def _entities(self, field: str) -> LinkedEntities:
        operations = [o for o in self.ledger.operations if o.kind == KINDS_OF_FACETS[field]]
        return LinkedEntities(field, self._tables[field], operations)

    @cached_property
    def alive(self) -> np.ndarray:
        """The documents that are not deleted, (n_docs,) bool."""
        alive = np.zeros(self.n_docs, bool)
        alive[list(self.searcher.reader().all_doc_ids() if self.n_docs else ())] = True
        return alive

    def _segment_column(self, reader, field: str) -> SegmentColumn:
        key = reader.segment().segment_id(), field
        column = self._known.get(key) or read_segment(reader, field)
        return self._segment_columns.setdefault(key, column)

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
        try:
            return self.searcher.document_number(id=id)
        except UnicodeEncodeError:
            return None

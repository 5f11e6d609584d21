"""A snapshot: one generation of an index, opened, with its columns as arrays."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from whoosh.searching import Searcher

from index.article import Article
from index.folder import committed_ns
from index.ledger import Ledger
from index.linking import storage
from index.linking.table import LinkTable, link
from index.linking.tally import FIELDS, tally
from index.merging import due
from index.reprints.storage import grouped, stored
from index.schema import KINDS_OF_FACETS
from index.segment.codec import held
from index.segment.policy import FACTOR, PATIENCE
from index.segment.segment import SegmentData
from index.segment.strings import common_ranks
from index.toc import ArrayIndex
from search.entities.facet_entities import Entities
from search.entities.linked_entities import LinkedEntities
from search.entities.linked_organizations import LinkedOrganizations
from search.entities.linked_persons import LinkedPersons
from search.facets.calendar import Calendar, held_spans
from search.facets.columns import (
    FacetColumn,
    SegmentColumn,
    held_entities,
    ordinals_in,
    read_columns,
    read_days,
    spelt_alike,
)
from search.facets.counting import ValueTable
from search.facets.stories import Reprints
from search.matching.forms import Forms
from search.matching.statistics import Statistics
from search.ranking.bonuses import BonusScorer
from search.ranking.order import Order
from search.suggest.beginnings import Beginnings
from search.suggest.lexicon import Lexicon

_log = logging.getLogger(__name__)

_TOGETHER = (("person", "org"), ("source", "section"))
"""Facets that are counted in one pass; the first ones with the dates."""

_LINKED = {"person": LinkedPersons, "org": LinkedOrganizations}


class Snapshot:
    """What the index in a folder holds at one commit, with the corrections of a ledger.

    Link tables and groups of reprints are read at once, as later commits remove their files;
    those of an ``earlier`` snapshot of the same commit are taken over. May be shared between
    threads.
    """

    def __init__(
        self, folder: Path, index: ArrayIndex, ledger: Ledger, earlier: Snapshot | None = None
    ):
        self.generation: int = index.generation
        self.committed_ns = committed_ns(folder, index.generation)
        self.ledger = ledger
        self.searcher: Searcher = index.searcher()
        self.n_docs: int = self.searcher.doc_count_all()
        self._folder = folder
        self._storage = index.storage
        self._lock = threading.RLock()
        self._columns: dict[str, FacetColumn] = {}
        self._whole: dict[tuple[str, bool], Mapping[str, int]] = {}
        leaves = self.searcher.reader().leaf_readers() if self.n_docs else ()
        self._readers = [leaf for leaf, _ in leaves]
        segments = [reader.segment().segment_id() for reader in self._readers]
        self._commit = (self.generation, *segments)
        same = earlier is not None and earlier._commit == self._commit
        self._tables: dict[str, LinkTable] = earlier._tables if same else self._stored_tables()
        self._groups = earlier._groups if same else stored(folder, self.generation, segments)
        tables = [] if same else [f"links of {f}" for f in FIELDS if f not in self._tables]
        self._made_anew = tables + ["groups of reprints"] * (self._groups is None)

    def _stored_tables(self) -> dict[str, LinkTable]:
        tables = {field: storage.load(self._folder, field, self.generation) for field in FIELDS}
        return {field: table for field, table in tables.items() if table is not None}

    def __len__(self) -> int:
        return self.searcher.doc_count()

    def faults(self) -> list[tuple[str, str]]:
        """What the snapshot does without, or has to make anew: a code and a sentence each."""
        found = []
        read = [self._columns[field].entities for field in FIELDS if field in self._columns]
        lines = sum(len(told.complaints) for told in (self.ledger, *read))
        if lines:
            found.append(("ledger", f"{lines} lines of entities.jsonl are passed over"))
        if self.n_docs and self._made_anew:
            names = ", ".join(self._made_anew)
            found.append(("files", f"missing or damaged, made anew in memory: {names}"))
        waiting = due([reader.segment() for reader in self._readers])
        late = max(map(len, waiting), default=0)
        if late >= 2 * PATIENCE * FACTOR:
            found.append(("merge", f"{late} segments wait to be one; run podshivka optimize"))
        return found

    def read_like(self, earlier: Snapshot) -> None:
        """Read all that has been read of an earlier snapshot."""
        for name in list(vars(earlier)):
            if isinstance(getattr(Snapshot, name, None), cached_property):
                getattr(self, name)

    def column(self, field: str) -> FacetColumn:
        """The column of a facet."""
        if field not in self._columns:
            with self._lock:
                if field not in self._columns:
                    self._read_columns(next(group for group in _TOGETHER if field in group))
        return self._columns[field]

    @property
    def calendar(self) -> Calendar:
        """The dates of all documents."""
        self.column(_TOGETHER[0][0])
        return self._calendar

    def whole(self, interval: str, stories: bool = False) -> Mapping[str, int]:
        """How many articles (or stories) of all are of each interval, by its start; a story counts
        once in each of its intervals."""
        key = interval, stories
        if key not in self._whole:
            again = self.reprints.told_again(self.everything) if stories else None
            self._whole[key] = self.calendar.of_each(self.everything, interval, again)
        return self._whole[key]

    def _read_columns(self, fields: Sequence[str]) -> None:
        segments = [read_columns(self.data, field, self.alive) for field in fields]
        named = [self._named(*pair) for pair in zip(fields, segments)]
        held = [
            held_entities(inside, ordinals, entities)
            for inside, (entities, ordinals) in zip(segments, named)
        ]
        if fields is _TOGETHER[0]:
            spans, dates = held_spans(self.first_days, self.last_days)
            held.append(dates)
        table = ValueTable(held, self.n_docs, self.everything)
        if fields is _TOGETHER[0]:
            self._calendar = Calendar(spans, table.columns[-1], dates.ordinals)
        for field, inside, names, column in zip(fields, segments, named, table.columns):
            self._columns[field] = FacetColumn(names[0], inside, names[1], column, self.n_docs)

    def _named(
        self, field: str, segments: list[SegmentColumn]
    ) -> tuple[Entities, list[np.ndarray]]:
        """The entities of a facet, and the ordinals of each segment's names; a link table that
        lacks one of the names is made anew."""
        if field not in FIELDS:
            entities = spelt_alike(segments)
            return entities, ordinals_in(segments, entities)
        reader = self.searcher.reader()
        if field not in self._tables:
            self._tables[field] = link(field, tally(reader, field))
        entities = self._entities(field)
        try:
            ordinals = ordinals_in(segments, entities)
        except KeyError:
            self._tables[field] = link(field, tally(reader, field))
            entities = self._entities(field)
            ordinals = ordinals_in(segments, entities)
        for complaint in entities.complaints:
            _log.warning("%s", complaint)
        return entities, ordinals

    def _entities(self, field: str) -> LinkedEntities:
        operations = [o for o in self.ledger.operations if o.kind == KINDS_OF_FACETS[field]]
        kind = _LINKED[field]
        return kind(field, self._tables[field], operations)

    @cached_property
    def alive(self) -> np.ndarray:
        """The documents that are not deleted, (n_docs,) bool."""
        alive = np.ones(self.n_docs, bool)
        first = 0
        for reader, data in zip(self._readers, self.data):
            deleted = reader.segment().deleted_docs()
            alive[first + np.fromiter(deleted, np.intp, len(deleted))] = False
            first += data.n_docs
        return alive

    @cached_property
    def everything(self) -> np.ndarray:
        """The same documents, docids (n,) ascending."""
        return np.flatnonzero(self.alive)

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
    def order(self) -> Order:
        """The order of documents that score alike."""
        ids = [data.names["id"] for data in self.data]
        if len(ids) == 1:
            return Order(self.first_days, ids[0].values)
        ranks = common_ranks([field.terms for field in ids]) if ids else []
        ranked = [of_terms[field.values] for of_terms, field in zip(ranks, ids)]
        return Order(self.first_days, np.concatenate([np.zeros(0, np.int64), *ranked]))

    def n_ids_up_to(self, id: str) -> int:
        """How many ids of documents, those of deleted ones too, are this one or come before it."""
        following = id.encode() + b"\0"
        return sum(data.names["id"].terms.first_from(following) for data in self.data)

    @cached_property
    def forms(self) -> Forms:
        """The forms of words."""
        return Forms(self.data, self.alive)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words, to correct others by."""
        return Lexicon(self.data)

    @cached_property
    def beginnings(self) -> Beginnings:
        """The lemmas, to complete words by."""
        return Beginnings(self.data, self.alive)

    @cached_property
    def statistics(self) -> Statistics:
        """What scores depend on."""
        return Statistics(self.data)

    @cached_property
    def bonus_scorer(self) -> BonusScorer:
        """What the best documents score beside BM25F."""
        return BonusScorer(self.data, self.statistics)

    @cached_property
    def first_days(self) -> np.ndarray:
        """The first day of each document's date, (n_docs,) int32 ordinals, NO_DATE where none."""
        return read_days(self.data, "first_day")

    @cached_property
    def last_days(self) -> np.ndarray:
        """The last day of each document's date, like ``first_days``."""
        return read_days(self.data, "last_day")

    @cached_property
    def reprints(self) -> Reprints:
        """The groups of reprints."""
        groups = self._groups
        if groups is None:
            groups = grouped(held([reader.segment() for reader in self._readers], self._storage))
        return Reprints(groups, self.first_days, self.last_days, self.order.ids)

    def article(self, docid: int) -> Article:
        """The stored article of a document."""
        return Article.from_json(self.searcher.stored_fields(docid)["article"])

    def docid(self, id: str) -> int | None:
        """The document of an article's id, or None."""
        try:
            return self.searcher.document_number(id=id)
        except UnicodeEncodeError:
            return None

"""Columns: what each document holds of a facet, as arrays over docids."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from whoosh.reading import IndexReader

from index.schema import NO_DATE, column_names
from search.entities import Entities


@dataclass(frozen=True, slots=True)
class SegmentColumn:
    """The names that the documents of one segment hold: ``names[numbers[i]]`` belongs to the
    document ``docids[i]``; both (n_values,) int64, docids ascending."""

    names: list[str]
    docids: np.ndarray
    numbers: np.ndarray
    n_docs: int


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The entities that each document of the index holds, an entity once a document:
    ``docids`` and ``ordinals`` (n_values,) int64, docids ascending."""

    entities: Entities
    docids: np.ndarray
    ordinals: np.ndarray

    def counts(self, selected: np.ndarray) -> np.ndarray:
        """How many of the selected documents hold each entity: (n_docs,) bool in,
        (len(entities),) int64 out."""
        return np.bincount(self.ordinals[selected[self.docids]], minlength=len(self.entities))

    def shown_counts(self, selected: np.ndarray) -> np.ndarray:
        """The same with 0 for the entities that are hidden."""
        return np.where(self.entities.hidden, 0, self.counts(selected))

    def holding(self, ordinals: Iterable[int], n_docs: int) -> np.ndarray:
        """The documents that hold any of the entities, (n_docs,) bool."""
        wanted = np.zeros(len(self.entities), bool)
        wanted[list(ordinals)] = True
        found = np.zeros(n_docs, bool)
        found[self.docids[wanted[self.ordinals]]] = True
        return found

    def held(self, n_docs: int) -> np.ndarray:
        """The documents that hold any entity at all, (n_docs,) bool."""
        found = np.zeros(n_docs, bool)
        found[self.docids] = True
        return found


def read_segment(reader: IndexReader, field: str) -> SegmentColumn:
    """The column of a facet in one segment."""
    numbers: dict[str, int] = {}
    docids, values = [], []
    if reader.has_column(field):
        column = reader.column_reader(field, translate=False)
        for docid in range(reader.doc_count_all()):
            for name in column_names(column[docid]):
                docids.append(docid)
                values.append(numbers.setdefault(name, len(numbers)))
    return SegmentColumn(
        list(numbers),
        np.array(docids, np.int64),
        np.array(values, np.int64),
        reader.doc_count_all(),
    )


def join_segments(segments: list[SegmentColumn], alive: np.ndarray) -> SegmentColumn:
    """The column of the whole index without deleted documents; ``alive`` is (n_docs,) bool."""
    known: dict[str, int] = {}
    docids, numbers, base = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for segment in segments:
        kept = alive[segment.docids + base]
        used = np.zeros(len(segment.names), bool)
        used[segment.numbers[kept]] = True
        known_numbers = np.array(
            [known.setdefault(n, len(known)) if u else -1 for n, u in zip(segment.names, used)],
            np.int64,
        )
        docids.append(segment.docids[kept] + base)
        numbers.append(known_numbers[segment.numbers[kept]])
        base += segment.n_docs
    return SegmentColumn(list(known), np.concatenate(docids), np.concatenate(numbers), base)


def facet_column(column: SegmentColumn, entities: Entities) -> FacetColumn:
    """A column with its names put together into entities.

    Raises KeyError for a name that the entities do not know.
    """
    known = np.array([entities.of_name(name) for name in column.names], np.int64)
    n_entities = max(len(entities), 1)
    pairs = np.unique(column.docids * n_entities + known[column.numbers])
    return FacetColumn(entities, *np.divmod(pairs, n_entities))


def read_days(readers: Iterable[IndexReader], field: str) -> np.ndarray:
    """A date column of the whole index: (n_docs,) int64 ordinals, NO_DATE where none."""
    days = []
    for reader in readers:
        n_docs = reader.doc_count_all()
        if reader.has_column(field):
            column = reader.column_reader(field)
            days.append(np.fromiter((column[i] for i in range(n_docs)), np.int64, n_docs))
        else:
            days.append(np.full(n_docs, NO_DATE, np.int64))
    return np.concatenate(days or [np.zeros(0, np.int64)])

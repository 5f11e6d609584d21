"""Columns: what each document holds of a facet, as arrays over docids."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from whoosh.reading import SegmentReader

from search.counting import Held, ValueColumn
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
    """The entities that each document of the index holds, an entity once a document; ``values``
    counts them by ordinal. ``n_docs`` documents in all."""

    entities: Entities
    values: ValueColumn
    n_docs: int

    def holding(self, ordinals: Iterable[int]) -> np.ndarray:
        """The documents that hold any of the entities, (n_docs,) bool."""
        found = np.zeros(self.n_docs, bool)
        for ordinal in ordinals:
            found[self.values.holding(ordinal)] = True
        return found


def read_segment(reader: SegmentReader, field: str) -> SegmentColumn:
    """The column of a facet in one segment."""
    names = reader.segment().data(reader.storage()).names[field]
    lengths = np.diff(names.value_starts.astype(np.int64))
    return SegmentColumn(
        [name.decode() for name in names.terms.all()],
        np.repeat(np.arange(len(lengths)), lengths),
        names.values.astype(np.int64),
        len(lengths),
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


def held_entities(column: SegmentColumn, entities: Entities) -> Held:
    """Who holds which entity, by a column's names.

    Raises KeyError for a name that the entities do not know.
    """
    known = np.array([entities.of_name(name) for name in column.names], np.int64)
    n_entities = max(len(entities), 1)
    pairs = np.unique(column.docids * n_entities + known[column.numbers])
    return Held(*np.divmod(pairs, n_entities), len(entities), entities.name_ranks)


def read_days(readers: Iterable[SegmentReader], field: str) -> np.ndarray:
    """A date column of the whole index: (n_docs,) int32 ordinals, NO_DATE where none."""
    days = [reader.segment().data(reader.storage()).arrays[field] for reader in readers]
    return np.concatenate(days or [np.zeros(0, np.int32)])

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


def join_segments(field: str, segments: list[SegmentColumn]) -> tuple[Entities, Held]:
    """The names of the whole index put together into entities, and who holds which."""
    known: dict[str, int] = {}
    docids, numbers, base = [], [], 0
    for segment in segments:
        known_numbers = np.array(
            [known.setdefault(name, len(known)) for name in segment.names], np.int64
        )
        docids.append(segment.docids + base)
        numbers.append(known_numbers[segment.numbers])
        base += segment.n_docs
    all_docids = np.concatenate(docids or [np.zeros(0, np.int64)])
    all_numbers = np.concatenate(numbers or [np.zeros(0, np.int64)])
    entities = Entities(field, list(known), np.bincount(all_numbers, minlength=len(known)))
    ordinals = entities.ordinals[all_numbers]
    pairs = np.unique(all_docids * max(len(entities), 1) + ordinals)
    held = np.divmod(pairs, max(len(entities), 1))
    return entities, Held(*held, len(entities), entities.name_ranks)


def read_days(readers: Iterable[SegmentReader], field: str) -> np.ndarray:
    """A date column of the whole index: (n_docs,) int32 ordinals, NO_DATE where none."""
    days = [reader.segment().data(reader.storage()).arrays[field] for reader in readers]
    return np.concatenate(days or [np.zeros(0, np.int32)])

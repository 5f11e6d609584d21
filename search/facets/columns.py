"""Columns: what each document holds of a facet, as arrays over docids."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.segment.arrays import distinct, starts
from index.segment.fields import NameField
from index.segment.segment import SegmentData
from search.entities.facet_entities import Entities
from search.entities.spelt_entities import by_spelling
from search.facets.counting import Held, ValueColumn


@dataclass(frozen=True, slots=True)
class SegmentColumn:
    """A facet in one segment, whose documents are ``first`` and those after it in the index:
    ``alive`` (n_docs,) bool are not deleted, ``counts`` (n_names,) of them hold each name."""

    field: NameField
    first: int
    alive: np.ndarray
    counts: np.ndarray

    def values(self) -> tuple[np.ndarray, np.ndarray]:
        """How many names each document holds, and the numbers of these, document after
        document."""
        lengths = np.diff(self.field.value_starts)
        if self.alive.all():
            return lengths, self.field.values
        return lengths * self.alive, self.field.values[np.repeat(self.alive, lengths)]

    def documents(self, names: np.ndarray) -> np.ndarray:
        """The documents that hold any of some names, by their numbers, ascending."""
        postings = [self.field.postings(number) for number in names.tolist()]
        found = distinct(np.concatenate(postings)).astype(np.intp) if postings else names
        return found[self.alive[found]] + self.first


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The entities that each document of the index holds, an entity once a document; ``values``
    counts them by ordinal. ``ordinals`` are those of each segment's names, (n_names,) int32.
    ``n_docs`` documents in all."""

    entities: Entities
    segments: Sequence[SegmentColumn]
    ordinals: Sequence[np.ndarray]
    values: ValueColumn
    n_docs: int

    def documents(self, ordinal: int) -> np.ndarray:
        """The documents that hold an entity, ascending."""
        found = [
            segment.documents(np.flatnonzero(ordinals == ordinal))
            for segment, ordinals in zip(self.segments, self.ordinals)
        ]
        return np.concatenate(found) if found else np.zeros(0, np.intp)

    def holding(self, ordinals: Iterable[int]) -> np.ndarray:
        """The documents that hold any of the entities, (n_docs,) bool."""
        found = np.zeros(self.n_docs, bool)
        for ordinal in ordinals:
            found[self.documents(ordinal)] = True
        return found


def read_columns(data: Iterable[SegmentData], field: str, alive: np.ndarray) -> list[SegmentColumn]:
    """A facet in each segment of an index; ``alive`` is (n_docs,) bool."""
    found, first = [], 0
    for segment in data:
        names, living = segment.names[field], alive[first : first + segment.n_docs]
        counts = np.diff(names.posting_starts)
        if not living.all():
            lengths = np.diff(names.value_starts.astype(np.int64))
            kept = names.values[np.repeat(living, lengths)]
            counts = np.bincount(kept, minlength=len(names.terms))
        found.append(SegmentColumn(names, first, living, counts))
        first += segment.n_docs
    return found


def spelt_alike(segments: Iterable[SegmentColumn]) -> Entities:
    """The entities of a facet that is not linked: its few names by their spelling."""
    articles: Counter[str] = Counter()
    for segment in segments:
        for name, count in zip(segment.field.terms.all(), segment.counts.tolist()):
            if count:
                articles[name.decode()] += count
    return by_spelling(list(articles), np.fromiter(articles.values(), np.int64, len(articles)))


def ordinals_in(segments: Iterable[SegmentColumn], entities: Entities) -> list[np.ndarray]:
    """The ordinals of the names of each segment, see ``FacetColumn``.

    Raises KeyError where the entities do not know a name that a document holds.
    """
    found = [entities.of_names(segment.field.terms) for segment in segments]
    for segment, ordinals in zip(segments, found):
        unknown = np.flatnonzero((ordinals < 0) & (segment.counts > 0))
        if len(unknown):
            raise KeyError(segment.field.terms[int(unknown[0])].decode())
    return found


def held_entities(
    segments: Iterable[SegmentColumn], ordinals: Iterable[np.ndarray], entities: Entities
) -> Held:
    """Who holds which entity."""
    lengths, held, counts = [], [], np.zeros(len(entities), np.int64)
    for segment, known in zip(segments, ordinals):
        in_each, names = segment.values()
        lengths.append(in_each)
        held.append(known.take(names))
        found = known >= 0
        counts += np.bincount(known[found], segment.counts[found], minlength=len(entities)).astype(
            np.int64
        )
    return _once(_joined(lengths), _joined(held), counts, entities)


def _joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    return parts[0] if len(parts) == 1 else np.concatenate(parts or [np.zeros(0, np.int32)])


def _once(
    lengths: np.ndarray, ordinals: np.ndarray, counts: np.ndarray, entities: Entities
) -> Held:
    """Every entity once a document: only one of several names can be there twice."""
    several = np.bincount(entities.ordinals, minlength=len(entities)) > 1
    doubtful = np.flatnonzero(several.take(ordinals)) if several.any() else np.zeros(0, np.intp)
    docids = np.searchsorted(starts(lengths), doubtful, "right") - 1
    pairs = docids * len(entities) + ordinals[doubtful]
    order = np.argsort(pairs, kind="stable")
    again = order[1:][pairs[order][1:] == pairs[order][:-1]]
    if len(again):
        lengths = lengths - np.bincount(docids[again], minlength=len(lengths))
        counts = counts - np.bincount(ordinals[doubtful[again]], minlength=len(counts))
        ordinals = np.delete(ordinals, doubtful[again])
    return Held(lengths, ordinals, counts, entities.name_ranks)


def read_days(data: Iterable[SegmentData], field: str) -> np.ndarray:
    """A date column of the whole index: (n_docs,) int32 ordinals, NO_DATE where none."""
    return _joined([segment.arrays[field] for segment in data])

"""Selection: which documents the chosen facet values and dates leave, facet by facet."""

from dataclasses import dataclass

import numpy as np

from index.dates import days
from index.schema import FACETS, NO_DATE
from index.segment.arrays import true_places
from search.facets.columns import FacetColumn
from search.request import Request, Selection
from search.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a selection means in one facet's column: the ordinals that each value stands for,
    those of the excluded ones, and the documents that it leaves, (n_docs,) bool."""

    values: dict[str, list[int]]
    excluded: dict[str, list[int]]
    leaves: np.ndarray


def choose(column: FacetColumn, selection: Selection) -> Chosen:
    """The documents that a selection leaves: those that hold any (or, by its mode, all) of its
    values, or none at all where it asks for that, and no excluded one."""
    values = {value: column.entities.find(value) for value in selection.values}
    excluded = {value: column.entities.find(value) for value in selection.excluded}
    alternatives = [column.holding(found) for found in values.values()]
    if selection.missing:
        alternatives.append(column.values.empty)
    if not alternatives:
        leaves = np.ones(column.n_docs, bool)
    elif selection.mode == "all":
        leaves = np.logical_and.reduce(alternatives)
    else:
        leaves = np.logical_or.reduce(alternatives)
    for found in excluded.values():
        leaves = leaves & ~column.holding(found)
    return Chosen(values, excluded, leaves)


class Filter:
    """What the selections of a request leave of the documents of a snapshot."""

    def __init__(self, snapshot: Snapshot, request: Request):
        self.chosen = {
            name: choose(snapshot.column(name), selection)
            for name, selection in request.selection.items()
            if selection
        }
        self._snapshot = snapshot
        self._first = days(request.date_from)[0] if request.date_from else None
        self._last = days(request.date_to)[1] if request.date_to else None
        self._undated = request.date_missing
        self._dated = bool(request.date_from or request.date_to or request.date_missing)
        self._known: dict[tuple, tuple[np.ndarray, np.ndarray]] = {}

    def all(self, found: np.ndarray) -> np.ndarray:
        """What is left of the found documents, docids (n,) in and out."""
        return self._left(found, tuple(self.chosen), self._dated)

    def but(self, facet: str, found: np.ndarray) -> np.ndarray:
        """What is left when the selection of one facet (or ``date``) is passed over."""
        others = tuple(name for name in self.chosen if name != facet)
        return self._left(found, others, self._dated and facet != "date")

    def _left(self, found: np.ndarray, names: tuple[str, ...], with_dates: bool) -> np.ndarray:
        """What some selections leave: the very same array each time, so that it is counted once."""
        known = self._known.get((names, with_dates))
        if known is None or known[0] is not found:
            left = found
            for name in names:
                left = left.take(true_places(self.chosen[name].leaves.take(left)))
            known = self._known[names, with_dates] = found, self._inside(left, with_dates)
        return known[1]

    def _inside(self, found: np.ndarray, with_dates: bool) -> np.ndarray:
        if not with_dates:
            return found
        ranged = self._first is not None or self._last is not None
        first = self._snapshot.first_days.take(found)
        undated = first == NO_DATE
        inside = ~undated & ranged
        if self._first is not None:
            inside &= first >= self._first
        if self._last is not None:
            inside &= self._snapshot.last_days.take(found) <= self._last
        return found.take(true_places(inside | undated if self._undated else inside))


def facet_names(request: Request) -> list[str]:
    """The facets of names that a request asks for."""
    return [name for name in FACETS if name in request.facets]

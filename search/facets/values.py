"""Facets: how many of the found articles hold each value."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from search.entities.linked_entities import LinkedEntities
from search.entities.words import name_words
from search.facets.columns import FacetColumn
from search.facets.selection import Chosen
from search.facets.stories import Reprints


class EntityCounts:
    """How many of some documents, docids (n,), hold each entity: by ordinal; with ``reprints``,
    how many stories. Hidden entities are not among the commonest and not in the total."""

    def __init__(self, column: FacetColumn, found: np.ndarray, reprints: Reprints | None = None):
        self._column = column
        if reprints:
            self._counts = column.values.counts_of_stories(found, reprints.told_again(found))
        else:
            self._counts = column.values.counts(found)
        self._looked_up: dict[int, int] = {}
        self._hidden = column.entities.hidden_ordinals
        self.total = self._counts.total - sum(self[ordinal] > 0 for ordinal in self._hidden)
        self.missing = self._counts.missing

    def __getitem__(self, ordinal: int) -> int:
        count = self._looked_up.get(ordinal)
        if count is None:
            count = self._counts.of(int(self._column.values.number_of[ordinal]))
        return count

    def commonest(self, size: int, but: int | None = None) -> list[int]:
        """The ordinals of the ``size`` commonest entities, one of them excepted."""
        if not size:
            return []
        passed_over = self._hidden | {but}
        found = self._column.values.commonest(self._counts, size + len(passed_over))
        self._looked_up.update(found)
        return [ordinal for ordinal, _ in found if ordinal not in passed_over][:size]

    def each(self) -> np.ndarray:
        """The counts by ordinal, (n_entities,) int64, 0 for hidden entities."""
        counts = self._counts.of_each(self._column.values.number_of).astype(np.int64)
        return np.where(self._column.entities.hidden, 0, counts)

    def rank(self, ordinal: int) -> tuple[int, float]:
        """What entities are ordered by: commoner ones first, equally common ones by name."""
        return -self[ordinal], float(self._column.values.ranks[ordinal])


def facet(
    column: FacetColumn,
    found: np.ndarray,
    chosen: Chosen | None,
    size: int,
    reprints: Reprints | None = None,
) -> dict[str, Any]:
    """The facet as the API gives it: the ``size`` commonest values of the found documents,
    docids (n,), and the selected and excluded ones whatever their counts; see EntityCounts."""
    counts = EntityCounts(column, found, reprints)
    shown = {*_chosen_ordinals(chosen), *counts.commonest(size)}
    ranked = sorted(shown, key=counts.rank)
    return {
        "total": counts.total,
        "missing": counts.missing,
        "values": [*value_rows(column, counts, chosen, ranked), *_unknown(column, chosen)],
    }


def completions(
    column: FacetColumn,
    found: np.ndarray,
    chosen: Chosen | None,
    prefix: str,
    size: int,
    reprints: Reprints | None = None,
) -> list[dict[str, Any]]:
    """The commonest values of the found documents whose name has, for each word of the prefix, a
    word that begins with it or with a form of it; all of them for an empty one."""
    counts, words = EntityCounts(column, found, reprints), name_words(prefix)
    if not words:
        return value_rows(column, counts, chosen, counts.commonest(size))
    each = counts.each()
    order = (each.max(initial=0) - each) * len(each) + column.values.ranks
    begun = column.entities.words.begun(words, order, size)
    return value_rows(column, counts, chosen, [ordinal for ordinal in begun if each[ordinal]])


def value_rows(
    column: FacetColumn, counts: EntityCounts, chosen: Chosen | None, ordinals: Iterable[int]
) -> list[dict[str, Any]]:
    """Facet values as the API gives them."""
    selected = _ordinals(chosen.values) if chosen else set()
    excluded = _ordinals(chosen.excluded) if chosen else set()
    rows = []
    for ordinal in ordinals:
        entity = column.entities[ordinal]
        row = {
            "id": entity.id,
            "name": entity.name,
            "variants": list(entity.variants),
            "count": counts[ordinal],
            "selected": ordinal in selected,
            "excluded": ordinal in excluded,
        }
        if isinstance(column.entities, LinkedEntities):
            row["ambiguous"] = bool(entity.candidates)
        if entity.candidates:
            row["candidates"] = [entity_reference(column, n) for n in entity.candidates]
        rows.append(row)
    return rows


def entity_reference(column: FacetColumn, ordinal: int) -> dict[str, str]:
    """An entity as the API names it beside something else."""
    return {"id": column.entities.id(ordinal), "name": column.entities.name(ordinal)}


def _chosen_ordinals(chosen: Chosen | None) -> set[int]:
    return _ordinals(chosen.values) | _ordinals(chosen.excluded) if chosen else set()


def _ordinals(values: dict[str, list[int]]) -> set[int]:
    return {ordinal for found in values.values() for ordinal in found}


def _unknown(column: FacetColumn, chosen: Chosen | None) -> list[dict[str, Any]]:
    if chosen is None:
        return []
    linked = {"ambiguous": False} if isinstance(column.entities, LinkedEntities) else {}
    return [
        {
            "id": value,
            "name": value,
            "variants": [],
            "count": 0,
            "selected": values is chosen.values,
            "excluded": values is chosen.excluded,
            **linked,
        }
        for values in (chosen.values, chosen.excluded)
        for value, found in values.items()
        if not found
    ]

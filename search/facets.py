"""Facets: how many of the found articles hold each value."""

from collections.abc import Iterable
from heapq import nsmallest
from typing import Any

import numpy as np

from search.columns import FacetColumn
from search.linked_entities import LinkedEntities
from search.selection import Chosen


def facet(
    column: FacetColumn, found: np.ndarray, chosen: Chosen | None, size: int
) -> dict[str, Any]:
    """The facet as the API gives it: the ``size`` commonest values of the found documents,
    (n_docs,) bool, and the selected and excluded ones whatever their counts."""
    counts, shown_counts = column.counts(found), column.shown_counts(found)
    missing = int(np.count_nonzero(found & ~column.held(len(found))))
    shown = {*_chosen_ordinals(chosen), *_commonest(column, shown_counts, size)}
    ranked = sorted(shown, key=lambda n: (-counts[n], column.entities.name(n), n))
    return {
        "total": int(np.count_nonzero(shown_counts)),
        "missing": missing,
        "values": [*value_rows(column, counts, chosen, ranked), *_unknown(column, chosen)],
    }


def completions(
    column: FacetColumn, found: np.ndarray, chosen: Chosen | None, prefix: str, size: int
) -> list[dict[str, Any]]:
    """The commonest values of the found documents that have a word beginning with prefix."""
    counts = column.shown_counts(found)
    matching = [n for n in column.entities.beginning_with(prefix) if counts[n]]
    matching.sort(key=lambda n: (-counts[n], column.entities.name(n)))
    return value_rows(column, counts, chosen, matching[:size])


def value_rows(
    column: FacetColumn, counts: np.ndarray, chosen: Chosen | None, ordinals: Iterable[int]
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
            "count": int(counts[ordinal]),
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

def _commonest(column: FacetColumn, counts: np.ndarray, size: int) -> list[int]:
    least = np.partition(counts, -size)[-size] if len(counts) > size else 1
    candidates = np.flatnonzero(counts >= max(least, 1))
    return nsmallest(
        size, candidates.tolist(), key=lambda n: (-counts[n], column.entities.name(n))
    )


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

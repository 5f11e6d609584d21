"""The answer about an entity: its names, roles over time, and who is named beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson

from index.mentions import ORGANIZATION, PERSON
from index.schema import KINDS_OF_FACETS, NO_DATE
from search.answers.roles import worded
from search.facets.columns import FacetColumn
from search.facets.dates import beside_all
from search.facets.histogram import histogram
from search.facets.values import EntityCounts, entity_reference
from search.snapshot import Snapshot

MOST_TOGETHER = 20
"""Persons and organizations named together with an entity that are listed."""

MOST_READ = 800
"""Articles of an entity that are read for its roles: half of them the newest, half spread evenly
over the older ones."""

FARTHEST_ROLE = 400
"""Code points between a name and its role at the most: other names may share the role."""

TOGETHER = {"persons": "person", "organizations": "org"}


def entity_answer(snapshot: Snapshot, facet: str, ordinal: int) -> dict[str, Any]:
    """The answer of ``GET /api/v1/persons/<id>`` and ``/organizations/<id>``; ``facet`` is
    ``person`` or ``org``. Roles are those of ``roles_of`` of its articles, MOST_READ at the most;
    the rest counts all."""
    column = snapshot.column(facet)
    entities = column.entities
    docids = column.documents(ordinal)
    first_days, last_days = snapshot.first_days[docids], snapshot.last_days[docids]
    months = histogram(first_days, last_days, "month")
    candidates = entities.candidates(ordinal)
    read = _sample(docids, last_days)
    return {
        **entity_reference(column, ordinal),
        "kind": KINDS_OF_FACETS[facet],
        "articles": len(docids),
        "first_date": _date(snapshot, docids, first_days, np.argmin),
        "last_date": _date(snapshot, docids, last_days, np.argmax),
        "ambiguous": bool(candidates),
        "candidates": _counted(column, candidates, snapshot.n_docs) if candidates else [],
        "hidden": bool(entities.hidden[ordinal]),
        "variants": [
            {
                "name": entities.names[number],
                "count": int(entities.counts[number]),
                "reason": entities.reason(number),
            }
            for number in entities.members(ordinal)
        ],
        "roles": _roles(snapshot, facet, ordinal, read),
        "roles_of": len(read),
        **{
            name: _together(snapshot.column(other), docids, ordinal if other == facet else None)
            for name, other in TOGETHER.items()
        },
        "months": beside_all(snapshot, months),
    }


def _counted(column: FacetColumn, ordinals: Iterable[int], n_docs: int) -> list[dict[str, Any]]:
    everywhere = EntityCounts(column, np.arange(n_docs))
    return [entity_reference(column, n) | {"count": everywhere[n]} for n in ordinals]


def _sample(docids: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Of many documents the MOST_READ that are read; those without a date (NO_DATE) are older
    than all others."""
    if len(docids) <= MOST_READ:
        return docids
    order = np.lexsort((-days.astype(np.int64), days == NO_DATE))
    newest, older = np.split(order, [MOST_READ // 2])
    spread = older[np.linspace(0, len(older) - 1, MOST_READ - len(newest)).astype(np.intp)]
    return np.sort(docids[np.concatenate((newest, spread))])


def _date(snapshot: Snapshot, docids: np.ndarray, days: np.ndarray, choose) -> str | None:
    """The date of the article with the first or the last of the days."""
    dated = np.flatnonzero(days != NO_DATE)
    if not len(dated):
        return None
    return snapshot.article(int(docids[dated[choose(days[dated])]])).date


def _together(column: FacetColumn, found: np.ndarray, but: int | None) -> list[dict[str, Any]]:
    """The entities in the most of some documents, one of them excepted."""
    counts = EntityCounts(column, found)
    return [
        entity_reference(column, n) | {"count": counts[n]}
        for n in counts.commonest(MOST_TOGETHER, but)
    ]


@dataclass(slots=True)
class _Role:
    """A role as articles word it, in how many of them, when, and the ordinals of who is named
    with it: organizations with a person's, persons with an organization's."""

    texts: Counter[str] = field(default_factory=Counter)
    named: Counter[int] = field(default_factory=Counter)
    dates: list[str] = field(default_factory=list)
    count: int = 0


def _roles(
    snapshot: Snapshot, facet: str, ordinal: int, docids: np.ndarray
) -> list[dict[str, Any]]:
    """The roles of an entity, the earliest first; one in several cases counts as one."""
    found = _of_person if facet == "person" else _in_organization
    beside = snapshot.column("org" if facet == "person" else "person")
    label = KINDS_OF_FACETS["org" if facet == "person" else "person"]
    entities = snapshot.column(facet).entities
    names = {entities.names[number] for number in entities.members(ordinal)}
    roles: dict[tuple[str, int | None], _Role] = defaultdict(_Role)
    for docid in docids.tolist():
        article = orjson.loads(snapshot.searcher.stored_fields(docid)["article"])
        seen = set()
        for text, name in found(article, names):
            wording = worded(text)
            other = None if name is None else beside.entities.of_name(name)
            if facet == "org" and beside.entities.hidden[other]:
                continue
            key = wording.casefold(), other if facet == "org" else None
            role = roles[key]
            role.texts[wording] += 1
            if other is not None:
                role.named[other] += 1
            if key not in seen:
                seen.add(key)
                role.count += 1
                role.dates += [article["date"]] if article["date"] else []
    rows = [_role_row(role, label, beside) for role in roles.values()]
    return sorted(rows, key=lambda row: (row["first"] is None, row["first"] or "", row["text"]))


def _role_row(role: _Role, label: str, beside: FacetColumn) -> dict[str, Any]:
    text = min(role.texts, key=lambda text: (-role.texts[text], text))
    named = min(role.named, key=lambda n: (-role.named[n], n), default=None)
    return {
        "text": text,
        label: None if named is None else entity_reference(beside, named),
        "first": min(role.dates, default=None),
        "last": max(role.dates, default=None),
        "count": role.count,
    }


def _of_person(article: dict[str, Any], names: set[str]) -> Iterator[tuple[str, str | None]]:
    """The roles of a person, each with the organization named in it."""
    for name, role, inside in _named_roles(article):
        if name in names:
            yield role, inside[-1] if inside else None


def _in_organization(article: dict[str, Any], names: set[str]) -> Iterator[tuple[str, str]]:
    """The roles that name an organization, each with the person who has it."""
    for name, role, inside in _named_roles(article):
        if not names.isdisjoint(inside):
            yield role, name


def _named_roles(article: dict[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """The roles of the persons of an article: name, role, the organizations named in it."""
    mentions = article["mentions"] or []
    title, text = article["title"], article["text"]
    full_text = f"{title}\n\n{text}" if title else text
    for mention in mentions:
        if mention["kind"] == PERSON and mention["role"]:
            role = mention["role"]
            start = _place(full_text, role, mention["start"], mention["stop"])
            inside = [
                other["entity"]
                for other in mentions
                if other["kind"] == ORGANIZATION
                and start <= other["start"]
                and other["stop"] <= start + len(role)
            ]
            yield mention["entity"], " ".join(role.split()), inside


def _place(text: str, role: str, start: int, stop: int) -> int:
    """Where the role of a name stands: before it or, where it is not there, after it."""
    before = text.rfind(role, max(0, start - FARTHEST_ROLE - len(role)), start)
    return before if before >= 0 else text.find(role, stop, stop + FARTHEST_ROLE + len(role))

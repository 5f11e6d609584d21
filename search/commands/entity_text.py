"""Answers about entities as lines of text, for a terminal."""

from collections.abc import Iterable, Iterator
from typing import Any

REASONS = {
    "name": "the name",
    "spelling": "«{of}» spelt in another way",
    "shorter": "fits only «{of}» among the fuller names",
    "initials": "initials that fit only «{of}»",
    "surname": "a surname that only «{of}» has",
    "patronymic": "a given name and patronymic that only «{of}» has",
    "kind": "without what kind of organization it is, and only «{of}» has this name",
    "country": "without its country, and only «{of}» has one",
    "abbreviation": "stood for «{of}», articles: {articles}",
    "within": "a part of «{of}», which shares its abbreviation",
    "ledger": "line {line} of the ledger, {by}, {when}",
}
"""The sentence for the code of each reason (``index.linking.reasons``)."""


def list_lines(answer: dict[str, Any]) -> Iterator[str]:
    """Entities with their articles and variants."""
    for value in answer["values"]:
        note = " (ambiguous)" if value["ambiguous"] else ""
        variants = f"  [{'; '.join(value['variants'])}]" if value["variants"] else ""
        yield f"{value['count']:>6}  {value['id']}  {value['name']}{note}{variants}"


def changed_lines(answers: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Entities with their articles before a correction, each once."""
    for entity in {answer["id"]: answer for answer in answers}.values():
        yield f"{entity['articles']:>6}  {entity['id']}  {entity['name']}"


def entity_lines(entity: dict[str, Any]) -> Iterator[str]:
    """An entity: its names and why they are there, roles, company and months."""
    yield f"{entity['name']}  ({entity['kind']} {entity['id']}{_marks(entity)})"
    articles = "article" if entity["articles"] == 1 else "articles"
    yield f"{entity['articles']} {articles}, {_span(entity['first_date'], entity['last_date'])}"
    if entity["candidates"]:
        yield from ("", "May be:")
        yield from (f"  {_counted(candidate)}" for candidate in entity["candidates"])
    yield from ("", "Names:")
    for variant in entity["variants"]:
        yield f"  {_counted(variant)}  — {_reason(variant['reason'])}"
    if entity["roles"]:
        of = "" if entity["roles_of"] == entity["articles"] else f" in {entity['roles_of']} of them"
        yield from ("", f"Roles{of}:")
        for role in entity["roles"]:
            other = role.get("organization") or role.get("person")
            named = f"  [{other['name']}]" if other else ""
            when = _span(role["first"], role["last"])
            yield f"  {role['count']:>6}  {when}  {role['text']}{named}"
    for label, field in (("Persons", "persons"), ("Organizations", "organizations")):
        if entity[field]:
            yield from ("", f"{label} named together with it:")
            yield from (f"  {_counted(other)}" for other in entity[field])
    if entity["months"]:
        yield from ("", "Articles a month:")
        yield from (f"  {m['start']}  {m['count']}" for m in entity["months"] if m["count"])


def _marks(entity: dict[str, Any]) -> str:
    return "".join(f", {mark}" for mark in ("ambiguous", "hidden") if entity[mark])


def _counted(row: dict[str, Any]) -> str:
    return f"{row['count']:>6}  {row['name']}"


def _span(first: str | None, last: str | None) -> str:
    if first is None:
        return "no date"
    return first if first == last else f"{first} to {last}"


def _reason(reason: dict[str, Any]) -> str:
    facts = {name: "unknown" if value is None else value for name, value in reason.items()}
    return REASONS[reason["code"]].format(**facts)

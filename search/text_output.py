"""Answers as lines of text, for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

import click


def search_lines(answer: dict[str, Any]) -> Iterator[str]:
    """The hits of a search, and the facets that it counted."""
    yield f"{answer['total']} found"
    for warning in answer["query"]["warnings"]:
        yield f"note: {warning['message']}"
    for result in answer["results"]:
        yield ""
        yield _marked(result["title"] or "(no title)", result["title_marks"])
        yield " · ".join(filter(None, (_day(result), result["source"], result["id"])))
        for snippet in result["snippets"]:
            yield f"  {_marked(snippet['text'], snippet['marks'])}"
    for name, facet in answer["facets"].items():
        yield ""
        yield f"{name}:"
        for value in facet["values"]:
            if value["count"] or value.get("selected"):
                chosen = "*" if value.get("selected") else " "
                yield f"{chosen} {value['count']:>6}  {value.get('name') or value['start']}"


def article_lines(article: dict[str, Any]) -> Iterator[str]:
    """An article, and who is in it."""
    yield article["title"] or "(no title)"
    yield " · ".join(filter(None, (_day(article), article["source"], article["url"])))
    if article["authors"]:
        yield ", ".join(article["authors"])
    yield ""
    yield article["text"]
    for label, field in (("Persons", "persons"), ("Organizations", "organizations")):
        if article[field]:
            yield ""
            yield f"{label}: {'; '.join(entity['name'] for entity in article[field])}"


def stats_lines(stats: dict[str, Any]) -> Iterator[str]:
    """What an archive holds, a line each."""
    for name, value in stats.items():
        yield f"{name.replace('_', ' '):>14}  {'—' if value is None else value}"


def _day(article: dict[str, Any]) -> str | None:
    return article["date"] or article.get("date_written")


def _marked(text: str, marks: Sequence[Sequence[int]]) -> str:
    pieces, at = [], 0
    for start, stop in marks:
        pieces += [text[at:start], click.style(text[start:stop], bold=True)]
        at = stop
    return " ".join("".join([*pieces, text[at:]]).split())

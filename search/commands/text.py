"""Answers as lines of text, for a terminal."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import Any

import click

_SAID = ("kind", "score")


def search_lines(answer: dict[str, Any]) -> Iterator[str]:
    """The hits of a search, and the facets that it counted."""
    yield f"{answer['total']} found"
    for warning in answer["query"]["warnings"]:
        yield f"note: {warning['message']}"
    if suggestion := answer["query"]["suggestion"]:
        yield f"did you mean: {suggestion['q']} ({suggestion['total']} found)"
    for result in answer["results"]:
        yield ""
        yield _marked(result["title"] or "(no title)", result["title_marks"])
        told = [_day(result), result["source"], result["id"]]
        if result["reprints"]:
            told.append(f"reprints: {result['reprints']}")
        yield " · ".join(filter(None, told))
        for snippet in result["snippets"]:
            yield f"  {_marked(snippet['text'], snippet['marks'])}"
        if "explanation" in result:
            yield f"  score {result['score']:.2f}"
            for part in result["explanation"]:
                facts = ", ".join(f"{k} {_fact(v)}" for k, v in part.items() if k not in _SAID)
                yield f"  {part['score']:8.2f}  {part['kind']}: {facts}".rstrip(": ")
    for name, facet in answer["facets"].items():
        yield ""
        yield f"{name}:"
        for value in facet["values"]:
            if value["count"] or value.get("selected"):
                chosen = "*" if value.get("selected") else " "
                yield f"{chosen} {value['count']:>6}  {value.get('name') or value['start']}"


def _fact(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


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
    if article["addresses"]:
        yield ""
        yield f"Also at: {' '.join(article['addresses'])}"
    if article["reprints"]:
        yield ""
        yield "Publications:"
        for one in article["publications"]:
            here = "*" if one["id"] == article["id"] else " "
            said = filter(None, (_day(one), one["source"], one["title"], one["id"]))
            yield f"{here} {' · '.join(said)}"
    if article["versions"]:
        yield ""
        yield f"Earlier versions: {len(article['versions'])}; --versions shows what changed"


def similar_lines(answer: dict[str, Any]) -> Iterator[str]:
    """The articles that are like one, and what each has in common with it."""
    for number, one in enumerate(answer["results"]):
        if number:
            yield ""
        yield one["title"] or "(no title)"
        yield " · ".join(filter(None, (_day(one), one["source"], one["id"])))
        shared = one["shared"]
        names = [entity["name"] for entity in (*shared["persons"], *shared["organizations"])]
        yield f"  in common: {'; '.join([*names, ', '.join(shared['lemmas'])]).strip('; ')}"


def version_lines(article: dict[str, Any]) -> Iterator[str]:
    """What changed in an article from version to version, as unified diffs of its paragraphs."""
    versions = [*article["versions"], article | {"until": None}]
    for number, (earlier, later) in enumerate(zip(versions, versions[1:]), start=1):
        yield from unified_diff(
            _paragraphs(earlier),
            _paragraphs(later),
            f"version {number}",
            f"version {number + 1}",
            f"until {earlier['until']}",
            f"until {later['until']}" if later["until"] else "now",
            n=1,
            lineterm="",
        )


def _paragraphs(version: dict[str, Any]) -> list[str]:
    lines = [version["title"], "", *version["text"].split("\n")]
    return [version["date"] or "no date", *lines]


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

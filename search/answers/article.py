"""The answer about an article, and what any answer tells of one."""

import datetime
from collections.abc import Iterable
from typing import Any

from index.article import Article
from index.dates import precision
from search.answers.citation import citation
from search.answers.highlight import marks, matched_words
from search.facets.columns import FacetColumn
from search.facets.values import entity_reference
from search.query.notes import compiled
from search.query.parser import parse
from search.snapshot import Snapshot


def article_answer(snapshot: Snapshot, docid: int, query: str) -> dict[str, Any]:
    """An article with its entities and reprints, and the marks of a query in it."""
    article = snapshot.article(docid)
    words = matched_words(snapshot, compiled(snapshot, parse(query).tree), [docid])
    columns = {"person": snapshot.column("person"), "organization": snapshot.column("org")}
    stated = {**head(article), "authors": list(article.authors)}
    return {
        **stated,
        "citation": citation(stated, datetime.date.today()),
        "text": article.text,
        "section": article.section,
        **entity_lists(snapshot, article),
        "mentions": [
            {
                "kind": mention.kind,
                "entity": entity_reference(
                    columns[mention.kind], columns[mention.kind].entities.of_name(mention.entity)
                ),
                "start": mention.start,
                "stop": mention.stop,
                "text": mention.text,
                "role": mention.role,
            }
            for mention in article.mentions or ()
        ],
        "title_marks": marks(article.title, words.get((docid, "title"), {})),
        "text_marks": marks(article.text, words.get((docid, "text"), {})),
        **publications(snapshot, docid),
        "addresses": list(article.addresses),
        "versions": [
            {"title": v.title, "text": v.text, "date": v.date, "until": v.until}
            for v in article.versions
        ],
        "publications": [head(snapshot.article(n)) for n in snapshot.reprints.of(docid)],
    }


def head(article: Article) -> dict[str, Any]:
    """What a list of articles says of each; ``date_written`` only of one whose date has no
    year."""
    written = {"date_written": article.date_written} if article.date_written else {}
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "date": article.date,
        "date_precision": precision(article.date) if article.date else "none",
        "date_provenance": article.date_provenance,
        **written,
    }


def publications(snapshot: Snapshot, docid: int) -> dict[str, Any]:
    """How many reprints an article has, and the id of the first publication among them all."""
    group = snapshot.reprints.of(docid)
    return {"reprints": len(group) - 1, "first_publication": snapshot.id(group[0])}


def entity_lists(snapshot: Snapshot, article: Article) -> dict[str, Any]:
    """The persons and organizations of an article, those that are hidden left out."""
    return {
        "persons": _entity_list(snapshot.column("person"), article.persons),
        "organizations": _entity_list(snapshot.column("org"), article.organizations),
    }


def _entity_list(column: FacetColumn, names: Iterable[str]) -> list[dict[str, str]]:
    ordinals = dict.fromkeys(column.entities.of_name(name) for name in names)
    return [entity_reference(column, n) for n in ordinals if not column.entities.hidden[n]]

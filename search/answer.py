"""The answer: the JSON that the API, the command line and the page give."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

import numpy as np

from index.analyzer import query_lemmas
from index.article import Article
from index.dates import precision
from search.columns import FacetColumn
from search.compiler import compile_query
from search.facets import completions, entity_reference, facet
from search.highlight import marks
from search.matches import Matches, match
from search.parser import ParsedQuery, parse
from search.ranking import first_ranked
from search.request import Request
from search.selection import Filter, facet_names
from search.snapshot import Snapshot
from search.snippet import snippets
from search.syntax import NAME_FIELDS, Name, Node, Word, Phrase, positive_leaves

SEARCH_PATH = "/api/v1/search"


def search_answer(snapshot: Snapshot, request: Request) -> dict[str, Any]:
    """The answer to a search, all but the time that it took."""
    parsed = parse(request.q)
    matches = _matches(snapshot, parsed, scored=request.sorting == "relevance")
    left = Filter(snapshot, request)
    hits = left.all(matches.docids)
    page = _page(snapshot, request, hits, matches)
    return {
        "query": {
            "q": request.q,
            "lemmas": _lemmas(parsed.tree),
            "warnings": _warnings(snapshot, parsed, left),
            "suggestion": None,
        },
        "total": len(hits),
        "generation": snapshot.generation,
        "results": [_result(snapshot, parsed.tree, d, matches.score(d)) for d in page],
        "facets": _facets(snapshot, request, matches.docids, left),
        "links": _links(request, len(hits)),
    }


def facet_answer(
    snapshot: Snapshot, field: str, prefix: str, request: Request
) -> dict[str, Any]:
    """The values of a facet that begin with a prefix, among what a search finds."""
    found = _matches(snapshot, parse(request.q), scored=False).docids
    left = Filter(snapshot, request)
    values = completions(
        snapshot.column(field),
        _counted(request, field, found, left),
        left.chosen.get(field),
        prefix,
        request.facet_size,
    )
    return {"field": field, "prefix": prefix, "values": values}


def article_answer(snapshot: Snapshot, article: Article, query: str) -> dict[str, Any]:
    """An article with its entities, and the marks of a query in it."""
    tree = parse(query).tree
    columns = {"person": snapshot.column("person"), "organization": snapshot.column("org")}
    return {
        **_head(article),
        "text": article.text,
        "section": article.section,
        "authors": list(article.authors),
        **_entities(snapshot, article),
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
        "title_marks": marks(tree, "title", article.title),
        "text_marks": marks(tree, "text", article.text),
    }


def _page(snapshot: Snapshot, request: Request, hits: np.ndarray, matches: Matches) -> list[int]:
    last = request.offset + request.limit
    if len(hits) == snapshot.n_docs and not matches.scores.any() and request.sorting != "date":
        return snapshot.newest_first[request.offset : last].tolist()
    scores = matches.scores_of(hits)
    ranking = first_ranked(hits, scores, snapshot.first_days, request.sorting, max(last, 1))
    return ranking[request.offset : last].tolist()


def _matches(snapshot: Snapshot, parsed: ParsedQuery, scored: bool) -> Matches:
    named = {leaf.field for leaf in _names(parsed.tree)}
    entities = {field: snapshot.column(field).entities for field in named}
    return match(snapshot.searcher, compile_query(parsed.tree, entities), scored, snapshot.statistics)


def _counted(request: Request, field: str, found: np.ndarray, left: Filter) -> np.ndarray:
    if field == "date" or request.selection[field].mode == "any":
        return left.but(field, found)
    return left.all(found)


def _facets(
    snapshot: Snapshot, request: Request, found: np.ndarray, left: Filter
) -> dict[str, Any]:
    facets = {
        name: facet(
            snapshot.column(name),
            _counted(request, name, found, left),
            left.chosen.get(name),
            request.facet_size,
        )
        for name in facet_names(request)
    }
    if "date" in request.facets:
        counted = left.but("date", found)
        bars = snapshot.calendar.histogram(counted, request.interval)
        facets["date"] = {
            "interval": bars.interval,
            "coarse": bars.coarse,
            "missing": bars.missing,
            "values": [{"start": s, "count": n} for s, n in zip(bars.starts, bars.counts)],
        }
    return facets


def _result(snapshot: Snapshot, tree: Node | None, docid: int, score: float) -> dict[str, Any]:
    article = snapshot.article(docid)
    fragments = snippets(article.text, marks(tree, "text", article.text))
    return {
        **_head(article),
        "score": round(float(score), 4),
        "title_marks": marks(tree, "title", article.title),
        "snippets": [{"text": f.text, "marks": list(f.marks)} for f in fragments],
        **_entities(snapshot, article),
    }


def _head(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "date": article.date,
        "date_precision": precision(article.date) if article.date else "none",
        "date_provenance": article.date_provenance,
    }


def _entities(snapshot: Snapshot, article: Article) -> dict[str, Any]:
    return {
        "persons": _entity_list(snapshot.column("person"), article.persons),
        "organizations": _entity_list(snapshot.column("org"), article.organizations),
    }


def _entity_list(column: FacetColumn, names: Iterable[str]) -> list[dict[str, str]]:
    ordinals = dict.fromkeys(column.entities.of_name(name) for name in names)
    return [entity_reference(column, n) for n in ordinals if not column.entities.hidden[n]]


def _lemmas(tree: Node | None) -> list[dict[str, Any]]:
    words: list[str] = []
    for leaf in positive_leaves(tree):
        if isinstance(leaf, Word):
            words.append(leaf.text)
        elif isinstance(leaf, Phrase):
            words += leaf.words
    return [
        {"word": word, "lemmas": list(query_lemmas(word))} for word in dict.fromkeys(words)
    ]


def _names(tree: Node | None) -> list[Name]:
    match tree:
        case Name(field) if field in NAME_FIELDS:
            return [tree]
        case _:
            children = getattr(tree, "children", None) or [getattr(tree, "child", None)]
            return [name for child in children if child for name in _names(child)]


def _warnings(snapshot: Snapshot, parsed: ParsedQuery, left: Filter) -> list[dict[str, Any]]:
    found = [
        {"code": w.code, "position": w.position, "message": w.message} for w in parsed.warnings
    ]
    asked = [
        (name.field, name.name, snapshot.column(name.field).entities.find(name.name))
        for name in _names(parsed.tree)
    ]
    for field, chosen in left.chosen.items():
        asked += [(field, value, ordinals) for value, ordinals in chosen.values.items()]
    for field, value, ordinals in asked:
        if len(ordinals) != 1:
            found.append(_name_warning(snapshot, field, value, ordinals))
    return found


def _name_warning(
    snapshot: Snapshot, field: str, value: str, ordinals: list[int]
) -> dict[str, Any]:
    if not ordinals:
        return {
            "code": "unknown-name",
            "field": field,
            "value": value,
            "message": f"no {field} is called {value!r}",
        }
    names = [snapshot.column(field).entities.name(n) for n in ordinals]
    return {
        "code": "ambiguous-name",
        "field": field,
        "value": value,
        "candidates": names,
        "message": f"{value!r} is any of {', '.join(names)}",
    }


def _links(request: Request, total: int) -> dict[str, str]:
    links = {"self": _link(request)}
    after = request.offset + request.limit
    if request.limit and after < total:
        links["next"] = _link(request.replace(offset=after))
    if request.limit and request.offset:
        before = max(0, request.offset - request.limit)
        links["previous"] = _link(request.replace(offset=before))
    return links


def _link(request: Request) -> str:
    query = urlencode(request.to_params(), quote_via=quote)
    return f"{SEARCH_PATH}?{query}" if query else SEARCH_PATH

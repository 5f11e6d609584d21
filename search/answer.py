"""The answer to a search: the JSON that the API, the command line and the page give."""

from typing import Any
from urllib.parse import quote, urlencode

import numpy as np

from search.article_answer import entity_lists, head, publications
from search.compiler import compile_query
from search.facets import completions, facet
from search.highlight import marks
from search.matches import Matches, match
from search.parser import ParsedQuery, parse
from search.query_notes import lemmas, names_in, warnings
from search.ranking import first_ranked
from search.reprints import Reprints
from search.request import Request
from search.selection import Filter, facet_names
from search.snapshot import Snapshot
from search.snippet import snippets
from search.syntax import Node

SEARCH_PATH = "/api/v1/search"


def search_answer(snapshot: Snapshot, request: Request) -> dict[str, Any]:
    """The answer to a search, all but the time that it took."""
    parsed = parse(request.q)
    matches = _matches(snapshot, parsed, scored=request.sorting == "relevance")
    left = Filter(snapshot, request)
    hits = _folded(snapshot, request, left.all(matches.docids))
    page = _page(snapshot, request, hits, matches)
    return {
        "query": {
            "q": request.q,
            "lemmas": lemmas(parsed.tree),
            "warnings": warnings(snapshot, parsed, left),
            "suggestion": None,
        },
        "total": len(hits),
        "generation": snapshot.generation,
        "results": [_result(snapshot, parsed.tree, d, matches.score(d)) for d in page],
        "facets": _facets(snapshot, request, matches.docids, left),
        "links": _links(request, len(hits)),
    }


def facet_answer(snapshot: Snapshot, field: str, prefix: str, request: Request) -> dict[str, Any]:
    """The values of a facet that begin with a prefix, among what a search finds."""
    found = _matches(snapshot, parse(request.q), scored=False).docids
    left = Filter(snapshot, request)
    values = completions(
        snapshot.column(field),
        _counted(request, field, found, left),
        left.chosen.get(field),
        prefix,
        request.facet_size,
        _stories(snapshot, request),
    )
    return {"field": field, "prefix": prefix, "values": values}


def _stories(snapshot: Snapshot, request: Request) -> Reprints | None:
    """The groups of which each counts once, where the request asks for that."""
    return snapshot.reprints if request.group else None


def _folded(snapshot: Snapshot, request: Request, found: np.ndarray) -> np.ndarray:
    stories = _stories(snapshot, request)
    return stories.first_of_each(found) if stories else found


def _page(snapshot: Snapshot, request: Request, hits: np.ndarray, matches: Matches) -> list[int]:
    last = request.offset + request.limit
    if len(hits) == snapshot.n_docs and not matches.scores.any() and request.sorting != "date":
        return snapshot.newest_first[request.offset : last].tolist()
    scores = matches.scores_of(hits)
    ranking = first_ranked(hits, scores, snapshot.first_days, request.sorting, max(last, 1))
    return ranking[request.offset : last].tolist()


def _matches(snapshot: Snapshot, parsed: ParsedQuery, scored: bool) -> Matches:
    named = {leaf.field for leaf in names_in(parsed.tree)}
    entities = {field: snapshot.column(field).entities for field in named}
    return match(
        snapshot.searcher, compile_query(parsed.tree, entities), scored, snapshot.statistics
    )


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
            _stories(snapshot, request),
        )
        for name in facet_names(request)
    }
    if "date" in request.facets:
        counted = _folded(snapshot, request, left.but("date", found))
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
        **head(article),
        "score": round(float(score), 4),
        "title_marks": marks(tree, "title", article.title),
        "snippets": [{"text": f.text, "marks": list(f.marks)} for f in fragments],
        **entity_lists(snapshot, article),
        **publications(snapshot, docid),
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

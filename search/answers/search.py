"""The answer to a search: the JSON that the API, the command line and the page give."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import numpy as np
from whoosh.query import Query

from search.answers.article import entity_lists, head, publications
from search.answers.export import FORMATS
from search.answers.highlight import marks, matched_words
from search.answers.snippet import snippets
from search.cursor import cursor_at, cursor_of, search_hash
from search.deadline import check
from search.facets.dates import date_facet
from search.facets.selection import Filter, facet_names
from search.facets.stories import Reprints
from search.facets.values import completions, facet
from search.matching.matches import Matches, match
from search.query.notes import absent_words, compiled, lemmas, warnings
from search.query.parser import parse
from search.query.syntax import Node
from search.ranking.explanation import explanations
from search.ranking.page import Page, page, page_after
from search.request import Request
from search.snapshot import Snapshot
from search.suggest.meant import meant
from search.suggest.named import named

SEARCH_PATH = "/api/v1/search"
EXPORT_PATH = "/api/v1/export"

_REORDERED = {
    "code": "reordered",
    "message": "the index has changed since the cursor was made, and with it the order by "
    "relevance and which article stands for a story: some may come again or be passed over; "
    "by date, each comes once where nothing is grouped",
}


def search_answer(snapshot: Snapshot, request: Request) -> dict[str, Any]:
    """The answer to a search, all but the time that it took."""
    parsed = parse(request.q)
    query = compiled(snapshot, parsed.tree)
    matches = _matches(snapshot, query, scored=request.sorting == "relevance")
    left = Filter(snapshot, request)
    articles = left.all(matches.docids)
    hits = _folded(snapshot, request, articles)
    shown = _shown(snapshot, request, parsed.tree, matches, hits, request.limit)
    results = list(results_of(snapshot, query, shown))
    if request.explain:
        for result, parts in zip(results, explanations(snapshot, query, shown)):
            result["explanation"] = parts
    notes = warnings(snapshot, parsed, left)
    if shown.reordered:
        notes.append(_REORDERED)
    following = next_cursor(snapshot, request, shown)
    suggestion = None
    if not len(matches.docids):
        counted = partial(_n_hits, snapshot, request, left)
        guess = meant(request.q, parsed.tree, snapshot.lexicon, counted)
        suggestion, notes = guess.suggestion, [*notes, *absent_words(guess.absent, parsed.tree)]
    return {
        "query": {
            "q": request.q,
            "lemmas": lemmas(snapshot, parsed.tree),
            "warnings": notes,
            "suggestion": suggestion,
            "entities": named(snapshot, parsed.tree),
        },
        "total": len(hits),
        "articles": len(articles),
        "next": following,
        "generation": snapshot.generation,
        "results": results,
        "facets": _facets(snapshot, request, matches.docids, left),
        "links": _links(request, following),
    }


def _n_hits(snapshot: Snapshot, request: Request, left: Filter, q: str) -> int:
    return len(found(snapshot, request.replace(q=q), left))


def found(snapshot: Snapshot, request: Request, left: Filter) -> np.ndarray:
    """The documents that a search finds, ascending; ``left`` is what its selections leave."""
    matches = _matches(snapshot, compiled(snapshot, parse(request.q).tree), scored=False)
    return _folded(snapshot, request, left.all(matches.docids))


def in_order(snapshot: Snapshot, request: Request) -> list[int]:
    """All documents that a search finds, in its order, whatever its limit and offset."""
    return list(ranked(snapshot, request.from_first())[1].docids)


def ranked(snapshot: Snapshot, request: Request, limit: int | None = None) -> tuple[Query, Page]:
    """The query of a request, and its hits from its offset on, ``limit`` of them at the most,
    all by default."""
    tree = parse(request.q).tree
    query = compiled(snapshot, tree)
    matches = _matches(snapshot, query, scored=request.sorting == "relevance")
    hits = _folded(snapshot, request, Filter(snapshot, request).all(matches.docids))
    most = len(hits) if limit is None else min(limit, len(hits))
    return query, _shown(snapshot, request, tree, matches, hits, most)


def _shown(
    snapshot: Snapshot,
    request: Request,
    tree: Node | None,
    matches: Matches,
    hits: np.ndarray,
    limit: int,
) -> Page:
    cursor = cursor_of(snapshot, request)
    asked = snapshot, tree, matches, hits, request.sorting, request.offset, limit
    return page_after(cursor, *asked, request.folded) if cursor else page(*asked)


def next_cursor(snapshot: Snapshot, request: Request, shown: Page) -> str | None:
    """The cursor after the last hit of a page; None where no hit follows."""
    if not (shown.more and shown.docids):
        return None
    return cursor_at(snapshot, search_hash(request), shown.docids[-1], shown.scores[-1])


def facet_answer(snapshot: Snapshot, field: str, prefix: str, request: Request) -> dict[str, Any]:
    """The values of a facet that begin with a prefix, among what a search finds."""
    found = _matches(snapshot, compiled(snapshot, parse(request.q).tree), scored=False).docids
    left = Filter(snapshot, request)
    values = completions(
        snapshot.column(field),
        _counted(request, field, found, left),
        left.chosen.get(field),
        prefix,
        request.size(field),
        _stories(snapshot, request),
    )
    return {"field": field, "prefix": prefix, "values": values}


def _stories(snapshot: Snapshot, request: Request) -> Reprints | None:
    """The groups of which each counts once, where the request asks for that."""
    return snapshot.reprints if request.folded else None


def _folded(snapshot: Snapshot, request: Request, found: np.ndarray) -> np.ndarray:
    stories = _stories(snapshot, request)
    return stories.first_of_each(found) if stories else found


def _matches(snapshot: Snapshot, query: Query, scored: bool) -> Matches:
    found = match(snapshot.searcher, query, scored, snapshot.statistics)
    # the very same array for all that find everything, so that it is counted once
    whole = len(found.docids) == len(snapshot)
    return replace(found, docids=snapshot.everything) if whole else found


def _counted(request: Request, field: str, found: np.ndarray, left: Filter) -> np.ndarray:
    check()
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
            request.size(name),
            _stories(snapshot, request),
        )
        for name in facet_names(request)
    }
    if "date" in request.facets:
        everywhen = left.but("date", found)
        facets["date"] = date_facet(snapshot, request, everywhen, left.all(found))
    return facets


def results_of(snapshot: Snapshot, query: Query, shown: Page) -> Iterator[dict[str, Any]]:
    """What a page of hits says of each."""
    words = matched_words(snapshot, query, list(shown.docids))
    for docid, score in zip(shown.docids, shown.scores):
        check()
        article = snapshot.article(docid)
        fragments = snippets(article.text, marks(article.text, words.get((docid, "text"), {})))
        yield {
            **head(article),
            "score": round(score, 4),
            "title_marks": marks(article.title, words.get((docid, "title"), {})),
            "snippets": [{"text": f.text, "marks": list(f.marks)} for f in fragments],
            **entity_lists(snapshot, article),
            **publications(snapshot, docid),
        }


def _links(request: Request, following: str | None) -> dict[str, str]:
    links = {"self": _link(SEARCH_PATH, request)}
    if following:
        links["next"] = _link(SEARCH_PATH, request.going_on(following))
    if request.limit and request.offset and not request.after:
        before = max(0, request.offset - request.limit)
        links["previous"] = _link(SEARCH_PATH, request.replace(offset=before))
    whole = request.from_first().replace(limit=Request().limit, explain=False)
    for format in (*FORMATS, "rss"):
        links[format] = _link(EXPORT_PATH, whole, ("format", format))
    return links


def _link(path: str, request: Request, *more: tuple[str, str]) -> str:
    query = urlencode([*more, *request.to_params()], quote_via=quote)
    return f"{path}?{query}" if query else path

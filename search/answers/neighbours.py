"""Neighbours: the hits before and after an article among those of a search."""

from typing import Any

from search.answers.article import head
from search.answers.search import in_order
from search.request import Request
from search.snapshot import Snapshot


def neighbours_answer(snapshot: Snapshot, docid: int, request: Request) -> dict[str, Any] | None:
    """The place of an article (where hits are stories, of the one that it is of) among the hits
    of a search, from 1 on, their ``total``, and the ``previous`` and ``next`` one, None past the
    ends; None for an article that is no hit."""
    hits = in_order(snapshot, request)
    same = {*snapshot.reprints.of(docid)} if request.folded else {docid}
    place = next((place for place, hit in enumerate(hits) if hit in same), None)
    if place is None:
        return None
    beside = {"previous": hits[max(place - 1, 0) : place], "next": hits[place + 1 : place + 2]}
    return {
        "position": place + 1,
        "total": len(hits),
        **{
            name: head(snapshot.article(found[0])) if found else None
            for name, found in beside.items()
        },
    }

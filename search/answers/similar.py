"""The answer about the articles that are like one."""

from typing import Any

from index.schema import KINDS_OF_FACETS
from search.answers.article import entity_lists, head, publications
from search.facets.values import entity_reference
from search.ranking.similar import Similar, similar
from search.snapshot import Snapshot


def similar_answer(snapshot: Snapshot, docid: int, size: int) -> dict[str, Any]:
    """The articles that have most in common with one, each with what that is."""
    results = [_result(snapshot, one) for one in similar(snapshot, docid, size)]
    return {"id": snapshot.id(docid), "results": results}


def _result(snapshot: Snapshot, one: Similar) -> dict[str, Any]:
    shared = {
        f"{kind}s": [entity_reference(snapshot.column(field), n) for n in one.entities[field]]
        for field, kind in KINDS_OF_FACETS.items()
    }
    return {
        **head(one.article),
        "score": round(one.score, 3),
        "shared": shared | {"lemmas": one.lemmas},
        **entity_lists(snapshot, one.article),
        **publications(snapshot, one.docid),
    }

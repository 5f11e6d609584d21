"""The hits beside an article: the order of the search that it was opened from."""

import pytest

from search import ArticleNotFound, Request


@pytest.mark.parametrize(
    "pairs",
    [
        [("q", "визит")],
        [("q", "визит"), ("sort", "date")],
        [("q", "совет"), ("source", "Каспийский вестник"), ("limit", "1"), ("offset", "1")],
        [],
        [("group", "reprints"), ("sort", "date")],
    ],
)
def test_they_follow_the_hits(archive, pairs):
    asked = Request.from_params(pairs)
    hits = archive.search(asked.replace(limit=100, offset=0))["results"]
    ids = [hit["id"] for hit in hits]
    assert ids
    for place, id in enumerate(ids):
        beside = archive.neighbours(id, asked)
        assert (beside["position"], beside["total"]) == (place + 1, len(ids))
        previous, following = beside["previous"], beside["next"]
        assert (previous and previous["id"]) == (ids[place - 1] if place else None)
        assert (following and following["id"]) == (ids[place + 1] if ids[place + 1 :] else None)


def test_an_article_that_is_no_hit_has_none(archive):
    assert archive.neighbours("steel", Request(q="визит")) is None


def test_an_unknown_article_is_not_found(archive):
    with pytest.raises(ArticleNotFound):
        archive.neighbours("nothing", Request())

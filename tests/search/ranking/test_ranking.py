"""The order of hits: total, the same over segments, and kept from page to page."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.rows import article_from_row
from index.schema import NO_DATE
from index.segment.strings import Strings, common_ranks
from index.writer import IndexWriter
from search import Archive, Request
from search.ranking.order import Order, first_ranked

WORDS = "мост река лодка паром".split()
SORTS = ["relevance", "date", "-date"]

documents = st.tuples(st.integers(0, 3), st.integers(0, 5))


def in_order(scores, days, ids, sort):
    """The numbers of documents in the order of ``sort``, by going through them."""
    key = {
        "relevance": lambda d: (-scores[d], -days[d], ids[d]),
        "-date": lambda d: (-days[d], ids[d]),
        "date": lambda d: (days[d] == NO_DATE, days[d], ids[d]),
    }[sort]
    return sorted(range(len(scores)), key=key)


@settings(max_examples=300)
@given(
    st.lists(documents, min_size=1, max_size=3000),
    st.sampled_from(SORTS),
    st.integers(1, 20),
    st.randoms(use_true_random=False),
)
def test_the_first_ranked_are_the_first_of_all_in_order(found, sort, n, chance):
    scores, days = np.array(found, np.float32).T
    ids = np.array(chance.sample(range(len(found)), len(found)), np.uint32)
    order = Order(days.astype(np.int32), ids)
    expected = in_order(scores.tolist(), days.tolist(), ids.tolist(), sort)
    ranking = first_ranked(np.arange(len(found)), scores, order, sort, n)
    assert ranking.tolist() == expected[:n]


def test_many_documents_of_one_score_are_ranked_by_date():
    docids, scores = np.arange(5000), np.ones(5000, np.float32)
    scores[7] = 2
    order = Order(np.arange(5000, dtype=np.int32) % 977 + 1, docids)
    expected = in_order(scores.tolist(), order.days.tolist(), docids.tolist(), "relevance")
    assert first_ranked(docids, scores, order, "relevance", 25).tolist() == expected[:25]


strings = st.binary(max_size=40) | st.text("\0a", max_size=20).map(str.encode)


@given(st.lists(st.lists(strings, unique=True).map(sorted), min_size=1, max_size=3))
def test_ranks_over_tables_order_their_strings(lists):
    tables = []
    for strings in lists:
        begins = np.cumsum([0, *map(len, strings)])
        tables.append(Strings(np.frombuffer(b"".join(strings), np.uint8), begins))
    everything = sorted(string for strings in lists for string in strings)
    expected = [[everything.index(string) for string in strings] for strings in lists]
    assert [ranks.tolist() for ranks in common_ranks(tables)] == expected


articles = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["", "Мост", "Паром через реку"]),
        "text": st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
        "date": st.sampled_from([None, "2021", "2022-08-19", "2022-08-20"]),
        "mentions": st.just([]),
    }
)
queries = st.sampled_from(
    ["", "мост", "мост OR река", "лодка паром", "ре*", '"мост река"', "-мост"]
)
of_a_folder = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def built(tmp_path_factory):
    """Builds an archive of segments, and deletes of it; the segments merged at the end or not."""

    def build(segments, deleted=(), merged=False):
        folder = tmp_path_factory.mktemp("index")
        for rows in segments:
            with IndexWriter(folder) as writer:
                for row in rows:
                    writer.add(article_from_row(row)[0])
        with IndexWriter(folder) as writer:
            for id in deleted:
                writer.delete(id)
            writer.commit(optimize=merged)
        return Archive(folder)

    return build


def numbered(rows, chance):
    """The rows with ids that do not follow their order."""
    names = chance.sample(range(100), len(rows))
    return [row | {"id": f"n{name}"} for row, name in zip(rows, names)]


def cut(rows, places):
    """The rows as segments."""
    ends = sorted({place % len(rows) for place in places} - {0}) + [len(rows)]
    return [rows[a:b] for a, b in zip([0, *ends], ends)]


def hits(archive, request):
    return [hit["id"] for hit in archive.search(request)["results"]]


many = st.lists(articles, min_size=1, max_size=30)
places = st.lists(st.integers(0, 30), max_size=3)
chances = st.randoms(use_true_random=False)


@pytest.mark.once
@of_a_folder
@given(many, places, st.sets(st.integers(0, 29), max_size=5), chances, queries, st.integers(1, 9))
def test_pages_hold_every_hit_once(built, rows, ends, deleted, chance, q, limit):
    rows = numbered(rows, chance)
    gone = [rows[n]["id"] for n in deleted if n < len(rows)]
    archive = built(cut(rows, ends), gone)
    for sort in SORTS:
        request = Request(q=q, sort=sort, facets=())
        everything = archive.search(request.replace(limit=100))
        whole = [hit["id"] for hit in everything["results"]]
        assert len(whole) == len(set(whole)) == everything["total"]
        assert not set(gone).intersection(whole)
        offsets = range(0, len(whole) + 1, limit)
        paged = [hits(archive, request.replace(limit=limit, offset=n)) for n in offsets]
        assert [id for page in paged for id in page] == whole


@pytest.mark.once
@of_a_folder
@given(many, places, places, chances, queries)
def test_the_order_is_the_same_however_articles_lie_in_segments(
    built, rows, ends, other_ends, chance, q
):
    rows = numbered(rows, chance)
    shuffled = chance.sample(rows, len(rows))
    archives = [
        built(cut(rows, ends)),
        built(cut(shuffled, other_ends)),
        built(cut(rows, ends), merged=True),
    ]
    for sort in SORTS:
        request = Request(q=q, sort=sort, facets=(), limit=100)
        first, *others = (archive.search(request)["results"] for archive in archives)
        told = [(hit["id"], hit["score"]) for hit in first]
        assert all([(hit["id"], hit["score"]) for hit in other] == told for other in others)

"""Plain Whoosh over an index of several segments, some articles deleted."""

import pytest
from whoosh import query
from whoosh.index import open_dir
from whoosh.sorting import FieldFacet

from index.rows import article_from_row
from index.writer import IndexWriter

ROWS = [
    {"id": "a", "text": "Мост и город.", "date": "2021", "source": "Край", "persons": ["Анна Ким"]},
    {"id": "b", "text": "Мост закрыт.", "date": "2023-05-01", "source": "Вести"},
    {"id": "c", "text": "Город без моста.", "source": "Вести", "persons": ["Анна Ким"]},
    {"id": "d", "text": "Завод.", "date": "2022-08", "source": "Край"},
    {"id": "e", "text": "Мост через город.", "date": "2020", "source": "Край"},
]


@pytest.fixture
def searcher(tmp_path):
    for first in (0, 2, 4):
        with IndexWriter(tmp_path) as writer:
            for row in ROWS[first : first + 2]:
                writer.add(article_from_row(row | {"mentions": []})[0])
    with IndexWriter(tmp_path) as writer:
        writer.delete("e")
    with open_dir(str(tmp_path)).searcher() as searcher:
        yield searcher


def ids(searcher, hits):
    column = searcher.reader().column_reader("id")
    return "".join(column[hit.docnum] for hit in hits)


BRIDGE, TOWN = query.Term("text", "мост"), query.Term("text", "город")


@pytest.mark.parametrize(
    "asked, found",
    [
        (query.Every(), "abcd"),
        (query.Every("person"), "ac"),
        (query.Not(query.Not(BRIDGE)), "abc"),
        (query.Or([TOWN, query.Not(BRIDGE)]), "acd"),
        (query.AndMaybe(BRIDGE, TOWN), "abc"),
        (query.AndNot(BRIDGE, TOWN), "b"),
        (query.DisjunctionMax([BRIDGE, TOWN]), "abc"),
        (query.FuzzyTerm("text", "масты", maxdist=2), "abc"),
        (query.FuzzyTerm("text", "масты", maxdist=2, prefixlength=2), ""),
        (query.Regex("text", "мос.|зав.*"), "abcd"),
        (query.TermRange("id", "a", "c", startexcl=True), "bc"),
        (query.Phrase("text", ["мост", "город"], slop=2), "a"),
    ],
    ids=str,
)
def test_whoosh_finds(searcher, asked, found):
    assert "".join(sorted(ids(searcher, searcher.search(asked, limit=None)))) == found


def test_whoosh_filters_sorts_and_groups(searcher):
    by_date = FieldFacet("first_day", reverse=True)
    assert ids(searcher, searcher.search(query.Every(), sortedby="first_day")) == "cadb"
    assert ids(searcher, searcher.search(query.Every(), sortedby=by_date)) == "bdac"
    assert ids(searcher, searcher.search(query.Every(), sortedby=["source", by_date])) == "bcda"
    assert ids(searcher, searcher.search(BRIDGE, mask=TOWN)) == "b"
    assert ids(searcher, searcher.search(BRIDGE, filter=TOWN, sortedby="id")) == "ac"
    groups = searcher.search(query.Every(), groupedby="source").groups()
    assert {name: len(docnums) for name, docnums in groups.items()} == {"Вести": 2, "Край": 2}


def test_whoosh_suggests_and_finds_alike(searcher):
    assert searcher.suggest("text", "горот") == ["город"]
    terms = list(searcher.reader().all_terms())
    assert terms == sorted(terms)
    alike = searcher.more_like(0, "text", text="Мост и город.")
    assert set(ids(searcher, alike)) == {"b", "c"}

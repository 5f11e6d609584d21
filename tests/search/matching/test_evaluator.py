"""The evaluator against plain Whoosh on the same index, and against going through the articles."""

import fnmatch
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh
from whoosh.index import open_dir
from whoosh.support.levenshtein import levenshtein

from index.analyzer import terms
from index.dates import days
from index.rows import article_from_row
from index.toc import ArrayIndex
from index.tokens import tokens
from index.writer import IndexWriter
from search.matching import together
from search.matching.daterange import DateRange
from search.matching.matches import match
from search.matching.queries import Near, Without

WORDS = "сталь стали стать мост моста мостом визит визита алма-ата ата президент указ".split()
LEMMAS = "сталь стать мост визит алма алма-ата ата президент указ нет".split()
NAMES = ["Иван Петров", "Пётр Иванов", "Анна Ким"]
DATES = [None, "2020", "2021-03", "2021-03-05", "2022-08-19"]

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
rows = st.fixed_dictionaries(
    {
        "title": texts,
        "text": texts.map(lambda text: text or "указ"),
        "date": st.sampled_from(DATES),
        "persons": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        "mentions": st.just([]),
    }
)
corpora = st.lists(st.lists(rows, min_size=1, max_size=6), min_size=1, max_size=3)

fields = st.sampled_from(["title", "text"])
terms_of_words = st.builds(whoosh.Term, fields, st.sampled_from(LEMMAS))
words = st.one_of(
    terms_of_words,
    st.builds(lambda f, texts: whoosh.Or([whoosh.Term(f, t) for t in texts]), fields,
              st.lists(st.sampled_from(LEMMAS), min_size=1, max_size=3, unique=True)),
)  # fmt: skip


@st.composite
def phrases(draw):
    field = draw(fields)
    found = draw(st.lists(st.sampled_from(LEMMAS[:-1]), min_size=2, max_size=3))
    slop, ordered = draw(st.sampled_from([(1, True), (3, True), (1, False), (4, False)]))
    return Near([whoosh.Term(field, lemma) for lemma in found], slop=slop, ordered=ordered)


several = st.one_of(
    st.builds(whoosh.Prefix, fields, st.sampled_from(["с", "мо", "алма", "я"])),
    st.builds(whoosh.Wildcard, fields, st.sampled_from(["ст*ь", "?ост", "*т", "а*"])),
    st.builds(
        whoosh.FuzzyTerm,
        fields,
        st.sampled_from(["сталь", "мост", "визиты"]),
        maxdist=st.integers(1, 3),
        prefixlength=st.integers(0, 4),
    ),
)
unscored = st.one_of(
    st.builds(
        lambda name: whoosh.ConstantScoreQuery(whoosh.Term("person", name), 0.0),
        st.sampled_from(NAMES),
    ),
    st.builds(
        DateRange,
        st.sampled_from([1, days("2021")[0]]),
        st.sampled_from([days("2021")[1], 10**6]),
    ),
)


SCORED_OTHERWISE = re.compile("ConstantScore|Prefix|Wildcard|FuzzyTerm")
"""Queries whose score Whoosh finds otherwise, some by chance."""


def trees(leaves):
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(whoosh.And),
            st.lists(inner, min_size=1, max_size=3).map(whoosh.Or),
            st.builds(Without, inner, inner),
            st.builds(Without, st.just(whoosh.Every()), inner),
            st.builds(whoosh.Not, inner),
        ),
        max_leaves=6,
    )


def build(folder, segments):
    """An index of these segments; the articles by docid."""
    articles = []
    for rows_of_segment in segments:
        with IndexWriter(folder) as writer:
            for content in rows_of_segment:
                article, _ = article_from_row(content | {"id": f"a{len(articles)}"})
                writer.add(article)
                articles.append(article)
    return articles


def delete(folder, numbers, merged=False):
    with IndexWriter(folder) as writer:
        for number in numbers:
            writer.delete(f"a{number}")
        writer.commit(optimize=merged)


def positions(article, query):
    """Where the words of a query stand in an article."""
    if isinstance(query, whoosh.Or):
        return sorted({p for part in query.subqueries for p in positions(article, part)})
    text = article.title if query.fieldname == "title" else article.text
    return [n for n, token in enumerate(tokens(text)) if query.text in dict(terms(token.text))]


def spans(article, query):
    found = [(p, p) for p in positions(article, query.qs[0])]
    for part in query.qs[1:]:
        found = [
            (min(a, p), max(b, p))
            for a, b in found
            for p in positions(article, part)
            if 1 <= p - b <= query.slop or (not query.ordered and 1 <= a - p <= query.slop)
        ]
    return found


def finds(article, query):
    """Whether a query finds an article, by going through it."""
    match query:
        case whoosh.And():
            return all(finds(article, part) for part in query.subqueries)
        case whoosh.Or():
            return any(finds(article, part) for part in query.subqueries)
        case Without():
            return finds(article, query.a) and not finds(article, query.b)
        case whoosh.Not():
            return not finds(article, query.query)
        case Near():
            return bool(spans(article, query))
        case whoosh.Every():
            return True
        case whoosh.ConstantScoreQuery():
            return query.child.text in article.persons
        case DateRange():
            if article.date is None:
                return False
            first, last = days(article.date)
            return query.first <= first and last <= query.last
        case whoosh.Term():
            return bool(positions(article, query))
    text = article.title if query.fieldname == "title" else article.text
    held = {lemma for token in tokens(text) for lemma, _ in terms(token.text)}
    match query:
        case whoosh.Prefix():
            return any(lemma.startswith(query.text) for lemma in held)
        case whoosh.Wildcard():
            return any(fnmatch.fnmatchcase(lemma, query.text) for lemma in held)
        case whoosh.FuzzyTerm():
            return any(
                lemma.startswith(query.text[: query.prefixlength])
                and levenshtein(lemma, query.text) <= query.maxdist
                for lemma in held
            )


every_kind = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def folder(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("index")


@every_kind
@given(
    corpora,
    st.sets(st.integers(0, 17), max_size=4),
    st.booleans(),
    trees(st.one_of(words, phrases(), several, unscored)),
)
def test_a_query_finds_what_going_through_the_articles_finds(
    folder, corpus, deleted, merged, query
):
    home = folder()
    articles = build(home, corpus)
    deleted = {number for number in deleted if number < len(articles)}
    delete(home, deleted, merged)
    searcher = ArrayIndex(home).searcher()
    found = {f"a{n}" for n, a in enumerate(articles) if n not in deleted and finds(a, query)}
    assert ids(searcher, match(searcher, query, scored=False).docids) == found
    assert ids(searcher, match(searcher, query).docids) == found


@pytest.mark.once
@every_kind
@given(
    corpora,
    st.sets(st.integers(0, 17), max_size=4),
    st.booleans(),
    trees(st.one_of(words, phrases(), several, unscored)),
)
def test_plain_whoosh_finds_and_scores_the_same(folder, corpus, deleted, merged, query):
    home = folder()
    articles = build(home, corpus)
    delete(home, {number for number in deleted if number < len(articles)}, merged)
    plain = open_dir(str(home)).searcher()
    matches = match(plain, query)
    expected = {hit.docnum: hit.score for hit in plain.search(query, limit=None)}
    assert matches.docids.tolist() == sorted(expected)
    if not SCORED_OTHERWISE.search(repr(query)) and plain.doc_count():
        scores = [expected[docid] for docid in matches.docids.tolist()]
        np.testing.assert_allclose(matches.scores, scores, rtol=1e-5, atol=1e-4)


def test_a_phrase_is_found_among_more_documents_than_are_looked_at_at_once(folder, monkeypatch):
    monkeypatch.setattr(together, "AT_ONCE", 3)
    texts = ["мост ата", "ата мост", "визит мост ата", "мост визит ата"]
    home = folder()
    articles = build(home, [[{"text": texts[n % 4], "mentions": []} for n in range(10)]])
    query = Near([whoosh.Term("text", "мост"), whoosh.Term("text", "ата")])
    searcher = ArrayIndex(home).searcher()
    found = {f"a{n}" for n, article in enumerate(articles) if "мост ата" in article.text}
    assert ids(searcher, match(searcher, query).docids) == found


def ids(searcher, docids):
    found = set()
    for leaf, base in searcher.reader().leaf_readers() if searcher.doc_count_all() else ():
        data = leaf.segment().data(leaf.storage())
        inside = [d - base for d in docids.tolist() if base <= d < base + data.n_docs]
        found |= {data.id(docid) for docid in inside}
    return found

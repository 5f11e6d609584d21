"""Any query tree finds, and marks, what a reading of every article finds; so does plain Whoosh."""

import random
from fnmatch import fnmatchcase
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.support.levenshtein import levenshtein

from index.analyzer import query_lemmas, terms
from index.indexing import delete_articles, index_sources
from index.morphology import fold
from search import Archive
from search.answers.highlight import matched_words
from search.matching import near as near_words
from search.matching.matches import match
from search.matching.near import common, followed
from search.query.compiler import compile_query
from search.query.syntax import (
    And,
    Exact,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Prefix,
    Sentence,
    Wildcard,
    Word,
)

FORMS = "сталь стали Стали сталью мост Мосты моста ёлка елки Ёлки вице-мэр мэра вице-мэра".split()
DELETED = ("3", "17", "31")


def written(sentences):
    return " ".join(" ".join(words) + "." for words in sentences)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, write_rows):
    """Three segments with deletions: the archive, and the sentences of each article's fields."""
    home = tmp_path_factory.mktemp("spans")
    chance = random.Random(2)

    def sentences(most):
        found = [chance.choices(FORMS, k=chance.randint(1, 5)) for _ in range(most)]
        return [[words[0].capitalize(), *words[1:]] for words in found]

    articles = {
        str(n): {"title": sentences(1), "text": sentences(chance.randint(1, 3))} for n in range(45)
    }
    for part in range(3):
        rows = [
            {"id": id, "mentions": [], **{f: written(s) for f, s in fields.items()}}
            for id, fields in articles.items()
            if int(id) % 3 == part
        ]
        index_sources(home / "index", [write_rows(home / "a.jsonl", rows)])
    delete_articles(home / "index", DELETED)
    archive = Archive(home / "index")
    archive.health()
    plain = open_dir(str(home / "index")).searcher()
    return archive, plain, {id: a for id, a in articles.items() if id not in DELETED}


fields = st.sampled_from([None, None, None, "title", "text"])
one_word = st.one_of(
    st.builds(Word, st.sampled_from(FORMS)),
    st.builds(Exact, st.sampled_from([*FORMS, "елка", "мостов", "стал"])),
    st.sampled_from(
        [
            Word("стали", None, ("стать",)),
            Word("мост", None, ("!мост",)),
            Word("стали", None, ("!стали", "сталь")),
            Prefix("ст"), Prefix("ел"), Prefix("вице"),
            Wildcard("м?ст"), Wildcard("ста*ь"), Wildcard("в*э*"),
            Fuzzy("мась"), Fuzzy("масты", 2), Fuzzy("стать"),
        ]
    ),
)  # fmt: skip


def in_field(word, field):
    return type(word)(word.text, *([word.distance] if isinstance(word, Fuzzy) else []), field,
                      *([word.without] if isinstance(word, Word) else []))  # fmt: skip


phrases = st.builds(
    Phrase,
    st.lists(one_word, min_size=2, max_size=3).map(tuple),
    fields,
    st.sampled_from([0, 0, 1, 2, 4]),
)
parts = st.builds(in_field, one_word, fields) | phrases


def grown(nodes):
    return st.one_of(
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: And(tuple(children))),
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: Or(tuple(children))),
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: Sentence(tuple(children))),
        nodes.map(Not),
    )


trees = st.recursive(parts, grown, max_leaves=6)


def fits(word, token):
    """Whether a word of a query means a word of a text, whose lemmas the analyzer knows."""
    held = set(dict(terms(token)))
    text = fold(word.text)
    match word:
        case Exact():
            return fold(token) == text
        case Prefix():
            return any(lemma.startswith(text) for lemma in held)
        case Wildcard():
            return any(fnmatchcase(lemma, text) for lemma in held)
        case Fuzzy(distance=most):
            return any(
                lemma[:1] == other[:1] and levenshtein(lemma, other) <= most
                for lemma in held
                for other in {text, query_lemmas(word.text)[0]}
            )
    if "!" + fold(token) in word.without:
        return False
    return not held.isdisjoint(set(query_lemmas(word.text)) - set(word.without))


def spans(leaf, tokens):
    """The sets of words of a text that match a leaf."""
    words = leaf.words if isinstance(leaf, Phrase) else (leaf,)
    found = [[n for n, token in enumerate(tokens) if fits(word, token)] for word in words]
    if not isinstance(leaf, Phrase):
        return [{n} for n in found[0]]
    if not leaf.distance:
        return [
            set(places) for places in product(*found)
            if all(b == a + 1 for a, b in zip(places, places[1:]))
        ]  # fmt: skip
    most, everywhere = max(leaf.distance, len(words) - 1), sorted(set().union(*found))
    windows = []
    for first in everywhere:
        for last in range(first, first + most + 1):
            inside = {n for n in everywhere if first <= n <= last}
            whole = all(inside & set(places) for places in found)
            if last in everywhere and whole and len(inside) >= len(words):
                windows.append(inside)
                break
    return windows


def marked(tree, article, field, among=None):
    """The words of a field that make an article, or with ``among`` the sentence of these words,
    match."""
    match tree:
        case And(children) | Or(children):
            found = [marked(child, article, field, among) for child in children]
            where = (None, None) if among is None else (field, among)
            if isinstance(tree, And) and not all(finds(c, article, *where) for c in children):
                return set()
            return set().union(*found)
        case Not():
            return set()
        case Sentence(children):
            found = set()
            for inside in sentences_of(article, field) if among is None else [among]:
                if all(finds(child, article, field, inside) for child in children):
                    found |= set().union(*(marked(c, article, field, inside) for c in children))
            return found
    if tree.field not in (None, field):
        return set()
    found = spans(tree, [word for sentence in article[field] for word in sentence])
    return set().union(*(span for span in found if among is None or span <= among))


def sentences_of(article, field):
    at = 0
    for words in article[field]:
        yield set(range(at, at + len(words)))
        at += len(words)


def finds(tree, article, field=None, among=None):
    match tree:
        case And(children):
            return all(finds(child, article, field, among) for child in children)
        case Or(children):
            return any(finds(child, article, field, among) for child in children)
        case Not(child):
            return not finds(child, article, field, among)
        case Sentence(children) if among is not None:
            return all(finds(child, article, field, among) for child in children)
        case Sentence(children):
            return any(
                all(finds(child, article, name, inside) for child in children)
                for name in ([field] if field else ["title", "text"])
                for inside in sentences_of(article, name)
            )
    return any(marked(tree, article, name, among) for name in ([field] if field else article))


@pytest.mark.once
@settings(max_examples=150, deadline=None)
@given(trees)
def test_a_tree_finds_and_marks_what_reading_does(corpus, tree):
    archive, plain, articles = corpus
    snapshot = archive._newest()
    query = compile_query(tree, {})
    docids = match(snapshot.searcher, query).docids.tolist()
    found = {snapshot.id(docid): docid for docid in docids}
    assert set(found) == {id for id, article in articles.items() if finds(tree, article)}
    assert {hit["article"] for hit in map(plain.stored_fields, docids)} == {
        hit.fields()["article"] for hit in plain.search(query, limit=None)
    }
    shown = matched_words(snapshot, query, docids)
    for id, docid in found.items():
        for field in ("title", "text"):
            assert set(shown.get((docid, field), ())) == marked(tree, articles[id], field)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from("ab"), max_size=60),
    st.lists(st.sampled_from("ab"), min_size=1, max_size=40),
    st.integers(1, 2),
)
def test_words_follow_each_other_where_reading_says_so(text, words, step):
    lines = {w: np.array([n for n, t in enumerate(text) if t == w], np.int64) for w in "ab"}
    expected = [
        start
        for start in range(len(text))
        if list(words) == text[start : start + step * len(words) : step]
    ]
    assert followed(words, lines, step).tolist() == expected


@pytest.mark.parametrize("pattern", ["a", "ab", "aab"])
def test_a_phrase_of_a_few_words_again_and_again_takes_few_steps(monkeypatch, pattern):
    looked_at = []

    def counted(lines):
        looked_at.extend(map(len, lines))
        return common(lines)

    monkeypatch.setattr(near_words, "common", counted)
    text = (pattern * 1000)[:1000]
    lines = {w: np.array([n for n, t in enumerate(text) if t == w], np.int64) for w in "ab"}
    found = followed(text[:480], lines)
    assert found.tolist() == list(range(0, 521, len(pattern)))
    assert sum(looked_at) < 60 * len(text)

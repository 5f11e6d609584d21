"""Any query tree finds what a reading of every document finds."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.indexing import delete_articles, index_sources
from search import Archive
from search.matching.matches import match
from search.query.compiler import compile_query
from search.query.syntax import And, Not, Or, Phrase, Prefix, Word
from search.snapshot import Snapshot

VOCABULARY = ("мост", "река", "лодка", "пристань", "паром")
DELETED = ("3", "17", "31")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, write_rows):
    """Three segments with deletions: the snapshot, and the words of each article by its id."""
    home = tmp_path_factory.mktemp("matches")
    chance = random.Random(1)
    texts = {str(n): chance.choices(VOCABULARY, k=chance.randint(1, 5)) for n in range(45)}
    for part in range(3):
        rows = [
            {"id": id, "text": " ".join(words), "mentions": []}
            for id, words in texts.items()
            if int(id) % 3 == part
        ]
        index_sources(home / "index", [write_rows(home / "a.jsonl", rows)])
    delete_articles(home / "index", DELETED)
    held = {id: words for id, words in texts.items() if id not in DELETED}
    archive = Archive(home / "index")
    archive.health()
    return archive, held


words = st.sampled_from(VOCABULARY)
leaves = st.one_of(
    st.builds(Word, words),
    st.builds(Prefix, st.sampled_from(["п", "ре", "мост", "ы"])),
    st.builds(Phrase, st.lists(st.builds(Word, words), min_size=2, max_size=3).map(tuple)),
)
trees = st.recursive(
    leaves,
    lambda nodes: st.one_of(
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: And(tuple(children))),
        st.lists(nodes, min_size=2, max_size=3).map(lambda children: Or(tuple(children))),
        nodes.map(Not),
    ),
    max_leaves=8,
)


def finds(tree, text):
    """The obvious meaning of a tree for one list of words."""
    match tree:
        case Word(word):
            return word in text
        case Prefix(prefix):
            return any(word.startswith(prefix) for word in text)
        case Phrase(phrase):
            asked = [word.text for word in phrase]
            return any(text[n : n + len(asked)] == asked for n in range(len(text)))
        case And(children):
            return all(finds(child, text) for child in children)
        case Or(children):
            return any(finds(child, text) for child in children)
        case Not(child):
            return not finds(child, text)


@given(trees)
def test_a_tree_finds_what_reading_finds(corpus, tree):
    archive, texts = corpus
    snapshot: Snapshot = archive._newest()
    matches = match(snapshot.searcher, compile_query(tree, {}))
    found = {snapshot.article(docid).id for docid in matches.docids.tolist()}
    assert found == {id for id, text in texts.items() if finds(tree, text)}
    assert (matches.docids[1:] > matches.docids[:-1]).all()

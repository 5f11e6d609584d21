"""What near words and words in the query's form add to a score."""

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.indexing import optimize_index
from index.morphology import fold
from index.rows import article_from_row
from index.tokens import tokens
from index.writer import IndexWriter
from search import Archive, Request
from search.query.parser import parse
from search.ranking import bonuses as rules

WORDS = "мост моста мостом Мост река реки лодка стали сталь паром и".split()


@pytest.fixture
def archive(tmp_path_factory):
    """Builds an archive of texts, one segment for each list."""

    def build(*segments):
        folder = tmp_path_factory.mktemp("index")
        for texts in segments:
            with IndexWriter(folder) as writer:
                for text in texts:
                    row = {"id": text.replace(" ", "-"), "text": text, "mentions": []}
                    writer.add(article_from_row(row)[0])
        return Archive(folder)

    return build


def first(archive, q):
    return archive.search(Request(q=q, facets=()))["results"][0]["id"]


@pytest.mark.parametrize(
    "q, better, worse",
    [
        ("мост река", "лодка и паром моста реки", "моста и лодка и паром реки"),
        ("река OR мост", "лодка и паром моста реки", "моста и лодка и паром реки"),
        ("мостом рекой", "лодка мостом паром а и рекой", "лодка мосты паром а и реки"),
        ("!мостом лодка", "лодка и паром мостом", "лодка и паром а и весло мостом"),
    ],
)
def test_near_words_and_the_same_forms_come_first(archive, q, better, worse):
    for texts in ([better, worse], [worse, better]):
        assert first(archive(texts), q) == better.replace(" ", "-")
        assert first(archive(texts[:1], texts[1:]), q) == better.replace(" ", "-")


@pytest.mark.parametrize("q", ["мост", '"мост река"', "мост -река", "title:мост title:река", "мо*"])
def test_one_word_and_phrases_have_no_bonus(archive, q):
    opened = archive(["мост река лодка"])
    assert opened._newest().bonus_scorer.asked(parse(q).tree) is None


def test_a_word_that_is_spelt_in_256_ways(archive):
    ways = product(*((letter.upper(), letter) for letter in "пароходы"))
    opened = archive([" ".join(map("".join, ways))], ["мост", "пароходы мост"])
    optimize_index(opened.folder)
    assert first(opened, "пароходы мост") == "пароходы-мост"


def test_a_word_in_many_articles_tells_nothing(archive, monkeypatch):
    opened = archive(["мост река", "мост лодка", "мост паром"])
    scorer = opened._newest().bonus_scorer
    asked = scorer.asked(parse("мост река лодка").tree)
    assert [word.form for word in asked.words] == ["мост", "река", "лодка"]
    monkeypatch.setattr(rules, "MANY", 2)
    asked = scorer.asked(parse("мост лодка река").tree)
    assert [word.form for word in asked.words] == ["лодка", "река"]


def slow_bonus(text, words, statistics):
    """The bonus of a text, by going through it."""
    found = [fold(token.text) for token in tokens(text)]
    rarity = [statistics.idf(*word.term) for word in words]
    places = [[n for n, form in enumerate(found) if form[:3] == word.form[:3]] for word in words]
    line = sorted((n, which) for which, some in enumerate(places) for n in some)
    near: dict[tuple[int, int], float] = {}
    for (a, one), (b, other) in zip(line, line[1:]):
        if one != other and 0 < b - a <= rules.REACH:
            pair = min(one, other), max(one, other)
            near[pair] = max(near.get(pair, 0), 1 / (b - a))
    total = sum(rules.NEAR * min(rarity[a], rarity[b]) * v for (a, b), v in near.items())
    same = [r for word, r in zip(words, rarity) if word.form in found]
    return total + rules.SAME_FORM * sum(same)


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(texts, min_size=1, max_size=5), min_size=1, max_size=3),
    st.lists(st.sampled_from("мост реки лодку паром стали сталь".split()), min_size=2, max_size=4),
)
def test_bonuses_are_those_of_going_through_the_texts(archive, segments, asked_words):
    seen: set[str] = set()
    segments = [[t for t in some if not (t in seen or seen.add(t))] for some in segments]
    snapshot = archive(*filter(None, segments))._newest()
    asked = snapshot.bonus_scorer.asked(parse(" OR ".join(asked_words)).tree)
    docids = np.flatnonzero(snapshot.alive)[::-1]
    if asked:
        found = snapshot.bonus_scorer.bonuses(asked, docids)
        for docid, total in zip(docids.tolist(), found.totals.tolist()):
            text = snapshot.article(docid).text
            assert total == pytest.approx(slow_bonus(text, asked.words, snapshot.statistics))
            assert total == pytest.approx(sum(bonus.score for bonus in found.of(docid)))

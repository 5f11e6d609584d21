"""Link tables: the same however a corpus came to be, kept through commits and damage."""

import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from link_tables import ARCHIVE, LONG, ambiguous, entities, equal, table_of

from index import indexing
from index.folder import latest_commit, open_index
from index.indexing import delete_articles, index_sources
from index.linking import storage
from index.linking.reasons import Reason
from index.linking.spelling import spelling
from index.linking.table import empty, link, relink
from index.linking.tally import FIELDS, Tally, tally
from index.linking.upkeep import linked

GIVENS = ["Иван", "Илья", "Пётр", "Петр", "Анна"]
PATRONYMICS = ["", "", "Ильич", "Львович", "И.", "Львовна"]
SURNAMES = ["Котов", "Котова", "Щукин", "Котов-Щукин", "Котов-младший"]
INITIALS = ["", "И.", "И. И.", "П.", "А. Л."]

persons = st.one_of(
    st.builds("{} {} {}".format, *map(st.sampled_from, (GIVENS, PATRONYMICS, SURNAMES))),
    st.builds("{} {}".format, st.sampled_from(INITIALS), st.sampled_from(SURNAMES)),
    st.builds("{1} {0}".format, st.sampled_from(GIVENS), st.sampled_from(SURNAMES)),
    st.builds("{} {}".format, *map(st.sampled_from, (GIVENS, PATRONYMICS[2:]))),
    st.sampled_from(GIVENS),
).map(lambda name: " ".join(name.split()))
cased = st.builds(
    lambda name, change: change(name), persons, st.sampled_from([str, str, str.upper])
)

BODIES = [
    "МИД", "МИД Грузии", "МИД России", "мид грузии", "Министерство иностранных дел", "ЦАМО",
    LONG, ARCHIVE, f"Бакинский {LONG}", "«Ромашка»", "ООО «Ромашка»", "ромашка", "НИИ", "ЦБ",
    "банк «Ромашка»", "фонд «Ромашка»", "МИД Татарстана", "НИИ России", "«НИИ России»", "нии россии", "НИИ Грузии",
]  # fmt: skip
LONG_BODIES = [LONG, ARCHIVE, f"Бакинский {LONG}", "НИИ геологии", "Банк России", "МИД Грузии"]
SHORT_BODIES = ["ЦАМО", "НИИ", "ЦБ", "ЦА"]
pairs = st.tuples(st.sampled_from(SHORT_BODIES), st.sampled_from(LONG_BODIES))


@st.composite
def articles(draw):
    """Names and aliases of an article; an alias stands for a name that the article holds."""
    found = draw(st.lists(pairs, max_size=2))
    bodies = draw(st.lists(st.sampled_from(BODIES), max_size=3))
    return {
        "person": (draw(st.lists(cased, max_size=4)), []),
        "org": (bodies + [name for _, name in found], found),
    }


@pytest.mark.once
@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(articles(), st.booleans(), st.integers(0, 3)), max_size=14), st.randoms())
def test_linking_depends_neither_on_the_order_nor_on_the_commits(history, random):
    """Articles come in commits (a number above 0 ends one), some go again later."""
    for field in FIELDS:
        table, change, whole = empty(), Tally(), Tally()
        leaving = []
        for article, goes, end in history:
            change.add(*article[field])
            if goes:
                leaving.append(article)
            else:
                whole.add(*article[field])
            if end:
                table, change = relink(field, table, change), Tally()
        for article in leaving:
            change.add(*article[field], times=-1)
        table = relink(field, table, change)
        assert equal(table, link(field, Tally(+whole.names, +whole.aliases)))
        shuffled = list(whole.names.items())
        random.shuffle(shuffled)
        assert equal(table, link(field, Tally(Counter(dict(shuffled)), whole.aliases)))


@pytest.mark.parametrize("field, few", [
    ("person", {"Иван Номеров": 1, "Иван Ильич Номеров": 1, "П. Котов": -1, "Пётр Котов": 1}),
    ("org", {"Банк № 7": 1, "«Ромашка»": 1, "ООО «Ромашка»": 1, "Банк № 9": -1}),
])  # fmt: skip
def test_a_few_names_change_a_large_table_as_they_would_a_small_one(field, few):
    many = {"Иван Номеров": 2, "П. Котов": 1, "И. Номеров": 1, "ромашка": 1}
    many |= {f"Банк № {n}": 1 for n in range(10)} | {
        f"Иван Номеров{'а' * n}": 1 for n in range(999)
    }
    whole = Counter(many)
    whole.update(few)
    table = relink(field, link(field, Tally(Counter(many))), Tally(Counter(few)))
    assert equal(table, link(field, Tally(+whole)))


@settings(max_examples=150, deadline=None)
@given(st.lists(cased, max_size=25))
def test_what_holds_of_every_table_of_persons(names):
    table = table_of("person", names)
    leaders = np.arange(len(table)) + table.leaders
    assert (leaders[leaders] == leaders).all()
    by_spelling = {}
    for row, name in enumerate(table.names):
        assert by_spelling.setdefault(spelling(name), leaders[row]) == leaders[row]
        for candidate in table.candidates_of(row):
            assert leaders[candidate] == candidate != leaders[row]
        assert (table.reasons[row] == Reason.AMBIGUOUS) == (len(table.candidates_of(row)) > 1)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=12).map(lambda t: " ".join(t.split())).filter(bool), max_size=8))
def test_any_text_is_linked_somehow(names):
    for field in FIELDS:
        assert sorted(table_of(field, names).names) == sorted(set(names))


@pytest.fixture
def indexed(tmp_path):
    """Indexes articles with these persons each into one folder; the folder."""

    def run(*people, first=0):
        rows = [
            {"id": str(number), "text": f"Статья {number}", "persons": list(names), "mentions": []}
            for number, names in enumerate(people, first)
        ]
        source = tmp_path / "rows.jsonl"
        source.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        index_sources(tmp_path / "index", [source])
        return tmp_path / "index"

    return run


def loaded(folder):
    return storage.load(folder, "person", latest_commit(folder)[0])


def rebuilt(folder):
    with open_index(folder).searcher() as searcher:
        return link("person", tally(searcher.reader(), "person"))


def test_each_commit_leaves_the_table_of_the_whole_index(indexed):
    folder = indexed(["Иван Котов", "Котов"], ["Котов"])
    assert entities(loaded(folder)) == {"Иван Котов": {"Иван Котов", "Котов"}}
    indexed(["Пётр Котов"], first=2)
    assert equal(loaded(folder), rebuilt(folder))
    assert list(ambiguous(loaded(folder))) == ["Котов"]
    indexed(["Анна Котова"], first=2)
    assert equal(loaded(folder), rebuilt(folder))
    assert not ambiguous(loaded(folder))
    delete_articles(folder, ["0"])
    assert equal(loaded(folder), rebuilt(folder))
    assert sorted(loaded(folder).names) == ["Анна Котова", "Котов"]
    last = latest_commit(folder)[0]
    assert {path.name for path in folder.glob("*.links")} == {
        f"{field}_{generation}.links" for field in FIELDS for generation in (last - 1, last)
    }


def test_what_another_run_adds_before_the_writer_opens_is_replaced_with_its_names(
    indexed, monkeypatch
):
    folder = indexed(["Анна Щукина"])
    open_writer = indexing.open_writer

    def after_another_run(*told):
        monkeypatch.undo()
        indexed(["Иван Котов"], first=1)
        return open_writer(*told)

    monkeypatch.setattr(indexing, "open_writer", after_another_run)
    indexed(["Пётр Котов"], first=1)
    assert sorted(loaded(folder).names) == ["Анна Щукина", "Пётр Котов"]
    assert equal(loaded(folder), rebuilt(folder))


@pytest.mark.parametrize(
    "damage", [lambda content: b"", lambda content: content[:-1], lambda content: b"{}\n" + content,
               lambda content: content.replace("Котов".encode(), "Кокон".encode(), 1),
               lambda content: b"[]\n" + content, lambda content: b"7\n",
               lambda content: content.replace(b'"arrays"', b'"errors"', 1),
               lambda content: content.replace(b'"ranks":', b'"rank_":', 1)]
)  # fmt: skip
def test_a_damaged_table_is_made_anew(indexed, damage):
    folder = indexed(["Иван Котов", "Котов"])
    generation = latest_commit(folder)[0]
    path = storage.path(folder, "person", generation)
    whole = rebuilt(folder)
    path.write_bytes(damage(path.read_bytes()))
    assert loaded(folder) is None
    with open_index(folder).searcher() as searcher:
        assert equal(linked(folder, "person", generation, searcher.reader()), whole)
    path.unlink()
    indexed(["Котов"], first=1)
    assert equal(loaded(folder), rebuilt(folder))


def test_a_table_that_cannot_be_written_leaves_the_last_commit(indexed, monkeypatch):
    from index.folder import IndexUnusable

    folder = indexed(["Иван Котов"])

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "save", full)
    with pytest.raises(IndexUnusable, match="No space left"):
        indexed(["Пётр Котов"], first=1)
    with pytest.raises(IndexUnusable, match="No space left"):
        delete_articles(folder, ["0"])
    monkeypatch.undo()
    assert list(loaded(folder).names) == ["Иван Котов"]
    delete_articles(folder, ["0"])
    assert len(loaded(folder)) == 0

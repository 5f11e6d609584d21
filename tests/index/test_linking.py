"""Linking: which names of a corpus are one entity, why, and how tables are kept."""

import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.folder import latest_commit, open_index
from index.indexing import delete_articles, index_sources
from index.linking import storage
from index.linking.aliases import aliases
from index.linking.lookup import Lookup, written
from index.linking.reasons import Reason
from index.linking.spelling import name_id, spelling
from index.linking.table import DTYPES, empty, link, relink
from index.linking.tally import FIELDS, Tally, tally
from index.linking.upkeep import linked
from index.rows import article_from_row


def table_of(field, names, pairs=()):
    counts = names if isinstance(names, dict) else dict.fromkeys(names, 1)
    return link(field, Tally(Counter(counts), Counter(dict(pairs))))


def entities(table):
    """The names of each entity, by its name: the one of highest rank, then count."""
    groups = {}
    for row, name in enumerate(table.names):
        worth = int(table.ranks[row]), int(table.counts[row]), row
        groups.setdefault(row + int(table.leaders[row]), []).append((worth, name))
    return {max(rows)[1]: {name for _, name in rows} for rows in groups.values()}


def ambiguous(table):
    """The candidates of each ambiguous name, by the name; leaders stand for their entities."""
    rows = np.flatnonzero(table.reasons == Reason.AMBIGUOUS).tolist()
    return {table.names[row]: {table.names[c] for c in table.candidates_of(row)} for row in rows}


def reasons(table):
    return {name: Reason(code).name.lower() for name, code in zip(table.names, table.reasons)}


def equal(one, other):
    return list(one.names) == list(other.names) and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in DTYPES
    )


@pytest.mark.parametrize(
    "names",
    [
        ["Эркин Тукумов", "эркин тукумов", "ЭРКИН ТУКУМОВ", "Эркин  Тукумов", "Тукумов Эркин"],
        ["Екатерина Соловьёва", "Екатерина Соловьева"],
        [
            "Касым-Жомарт Токаев",
            "Касым‑Жомарт Токаев",
            "Касым – Жомарт Токаев",
            "Касым Жомарт Токаев",
        ],
        ["Сергей Волков", "Cергей Волков", "Сергей Вoлков", "Сергей Во\u0301лков"],
        ["И. П. Котов", "И.П.Котов", "И.П. Котов", "Котов И. П."],
        ["Иван Петров", "Иван Иванович Петров"],
        ["Иван Петров", "Иван Иванович Петров", "И. Петров", "И. И. Петров", "Петров"],
        ["Николай Геннадьевич Сомов", "Николай Геннадиевич Сомов"],
        ["К.-Ж. Токаев", "К. Токаев", "Касым-Жомарт Кемелевич Токаев", "К.-Ж. К. Токаев"],
        ["Башар Асад", "Башар аль-Асад"],
        ["Иван И. Щукин", "Иван Ильич Щукин", "Иван Щукин"],
        ["Лейла Рашид кызы Алиева", "Лейла Рашидовна Алиева", "Л. Р. Алиева"],
        ["Расим Гусейн оглы Алиев", "Расим Гусейнович Алиев", "Расим Алиев", "Р. Г. Алиев"],
        ["Иван Петров", "И. П. Петров"],
        ["Екатерина Дмитриевна", "Екатерина Дмитриевна Котова", "Е. Д. Котова", "Котова"],
        ["Буш-младший", "Джордж Буш-младший", "Дж. Буш-младший"],
    ],
)
def test_names_of_one_person(names):
    assert list(entities(table_of("person", names)).values()) == [set(names)]


@pytest.mark.parametrize(
    "names",
    [
        ["Иван Петров", "Пётр Петров"],
        ["Иван Петров", "Анна Петрова"],
        ["Петров", "Петрова"],
        ["И. Петров", "И. И. Петров"],
        ["И. Петров", "А. Петров"],
        ["Иван Иванович Петров", "Иван Петрович Петров"],
        ["Иван Петров", "П. Петров"],
        ["Иван Ильич Петров", "И. Х. Петров"],
        ["Лейла Рашид кызы Алиева", "Лейла Расимовна Алиева"],
        ["Саша Али оглы Алиев", "Саша Али кызы Алиев"],
        ["Джордж Буш", "Джордж Буш младший"],
        ["Алекс Громов", "Александр Громов"],
        ["Иван", "Иван Петров"],
        ["А1", "А2"],
        ["Николай II", "Николай I"],
        ["Маргрете II", "Маргрете"],
        ["Екатерина Дмитриевна", "Екатерина Львовна Котова"],
        ["Екатерина Дмитриевна", "Екатерина Котова"],
    ],
)
def test_names_of_two_persons(names):
    assert sorted(entities(table_of("person", names))) == sorted(names)


@pytest.mark.parametrize(
    "names, found",
    [
        (["Иван Петров", "И. Х. Петров", "И. П. Петров"], 3),
        (["Иван Петров", "И. Х. Петров", "И. Х. ПЕТРОВ"], 1),
        (["Иван Петров", "Иван Ильич Петров", "И. Х. Петров"], 2),
        (["Иван Петров", "Игорь Петров", "И. Х. Петров"], 3),
        (["Джон Уолтер Смит", "Дж. У. Смит", "Д. У. Смит"], 1),
    ],
)
def test_a_second_initial_joins_one_person_and_contradicts_nothing(names, found):
    assert len(entities(table_of("person", names))) == found


def test_a_person_goes_by_the_fullest_name():
    names = {"Петров": 90, "Иван Петров": 50, "Иван Иванович Петров": 1, "И. И. Петров": 9}
    assert list(entities(table_of("person", names))) == ["Иван Иванович Петров"]
    names = {"ЭРКИН ТУКУМОВ": 9, "Тукумов Эркин": 5, "Эркин Тукумов": 1}
    assert list(entities(table_of("person", names))) == ["Эркин Тукумов"]


def test_a_bare_surname_that_two_have_keeps_a_value_of_its_own():
    table = table_of("person", ["Иван Котов", "Пётр Котов", "Котов", "И. Котов", "П. П. Котов"])
    assert ambiguous(table) == {"Котов": {"Иван Котов", "Пётр Котов"}}
    assert entities(table) == {
        "Иван Котов": {"Иван Котов", "И. Котов"},
        "Пётр Котов": {"Пётр Котов", "П. П. Котов"},
        "Котов": {"Котов"},
    }


def test_a_shorter_name_that_two_patronymics_fit_is_ambiguous():
    names = ["Иван Котов", "Иван Ильич Котов", "Иван Львович Котов", "И. И. Котов", "И. Котов"]
    both = {"Иван Ильич Котов", "Иван Львович Котов"}
    table = table_of("person", names)
    assert ambiguous(table) == {"Иван Котов": both, "И. Котов": both}
    assert entities(table)["Иван Ильич Котов"] == {"Иван Ильич Котов", "И. И. Котов"}


def test_a_given_name_and_patronymic_that_two_have_keep_a_value_of_their_own():
    both = {"Екатерина Дмитриевна Котова", "Екатерина Дмитриевна Щукина"}
    table = table_of("person", [*both, "Екатерина Дмитриевна", "Екатерина ДМИТРИЕВНА"])
    assert ambiguous(table) == {
        "Екатерина Дмитриевна": both, "Екатерина ДМИТРИЕВНА": both,
    }  # fmt: skip
    assert len(entities(table)) == 3
    alone = table_of("person", ["Екатерина Дмитриевна", "Екатерина Дмитриевна Котова"])
    assert reasons(alone)["Екатерина Дмитриевна"] == "patronymic"


def test_initials_alone_are_candidates_and_never_merge():
    table = table_of("person", ["И. Котов", "И. И. Котов", "Котов"])
    assert ambiguous(table) == {"Котов": {"И. Котов", "И. И. Котов"}}


def test_every_name_of_a_person_has_its_reason():
    names = ["Иван Ильич Котов", "иван ильич котов", "Иван Котов", "И. Котов", "Котов"]
    assert reasons(table_of("person", names)) == {
        "Иван Ильич Котов": "spelling",
        "иван ильич котов": "spelling",
        "Иван Котов": "shorter",
        "И. Котов": "initials",
        "Котов": "surname",
    }


@pytest.mark.parametrize(
    "names",
    [
        ["«Ромашка»", "Ромашка", '"Ромашка"', "ООО «Ромашка»", "компания «Ромашка»"],
        ["МИД Грузии", "Министерство иностранных дел Грузии", "грузинский МИД"],
        ["МИД РФ", "МИД России", "российский МИД"],
        ["МИД", "МИД России", "Министерство иностранных дел"],
        ["ЦБ", "Банк России", "Центробанк", "ЦБ РФ"],
        ["Госдума", "Государственная дума"],
    ],
)
def test_names_of_one_organization(names):
    assert list(entities(table_of("org", names)).values()) == [set(names)]


def test_a_body_without_a_country_is_not_a_foreign_one():
    table = table_of("org", ["МИД", "МИД Грузии"])
    assert entities(table) == {"МИД": {"МИД"}, "МИД Грузии": {"МИД Грузии"}}
    assert ambiguous(table) == {}


@pytest.mark.parametrize(
    "names",
    [
        ["банк «Заря»", "«Заря»", "Банк «Заря»"],
        ["Минздрав Татарстана", "Министерство здравоохранения Республики Татарстан",
         "Министерство здравоохранения Татарстана"],
    ],
)  # fmt: skip
def test_names_of_one_organization_of_a_kind_or_place(names):
    assert list(entities(table_of("org", names)).values()) == [set(names)]


def test_organizations_of_two_kinds_stay_apart():
    table = table_of("org", ["банк «Заря»", "фонд «Заря»", "«Заря»", "компания «Заря»"])
    both = {"банк «Заря»", "фонд «Заря»"}
    assert entities(table) == {
        "банк «Заря»": {"банк «Заря»"},
        "фонд «Заря»": {"фонд «Заря»"},
        "компания «Заря»": {"«Заря»", "компания «Заря»"},
    }
    assert ambiguous(table) == {"«Заря»": both, "компания «Заря»": both}
    assert reasons(table_of("org", ["банк «Заря»", "«Заря»"]))["«Заря»"] == "kind"


def test_a_body_of_a_region_is_not_the_federal_one():
    table = table_of("org", ["МВД", "МВД России", "МВД Татарстана", "МВД по Чеченской Республике"])
    assert set(map(frozenset, entities(table).values())) == {
        frozenset({"МВД", "МВД России"}),
        frozenset({"МВД Татарстана"}),
        frozenset({"МВД по Чеченской Республике"}),
    }
    assert ambiguous(table) == {}


def test_state_bodies_of_several_countries_stay_apart():
    table = table_of("org", ["МИД", "МИД Грузии", "МИД РФ", "Министерство иностранных дел России"])
    assert entities(table) == {
        "МИД": {"МИД"},
        "МИД Грузии": {"МИД Грузии"},
        "Министерство иностранных дел России": {"Министерство иностранных дел России", "МИД РФ"},
    }
    assert list(ambiguous(table)) == ["МИД"]


LONG, ARCHIVE = "Центр анализа мировых отношений", "Центральный архив медицинского общества"


def test_an_abbreviation_joins_the_one_long_name_that_it_stood_for():
    pairs = {("ЦАМО", LONG): 3}
    table = table_of("org", ["ЦАМО", LONG], pairs)
    assert entities(table) == {LONG: {LONG, "ЦАМО"}}
    assert reasons(table)["ЦАМО"] == "abbreviation"
    assert table.aliases_of(table.names.index("ЦАМО")) == [(table.names.index(LONG), 3)]
    assert entities(table_of("org", [LONG], pairs)) == {LONG: {LONG, "ЦАМО"}}
    assert len(entities(table_of("org", ["ЦАМО", LONG]))) == 2


def test_an_abbreviation_of_two_long_names_is_ambiguous():
    table = table_of("org", ["ЦАМО", LONG, ARCHIVE], {("ЦАМО", LONG): 3, ("ЦАМО", ARCHIVE): 1})
    assert ambiguous(table) == {"ЦАМО": {LONG, ARCHIVE}}


def test_long_names_within_each_other_are_one_where_an_abbreviation_says_so():
    longer = f"Бакинский {LONG[0].lower()}{LONG[1:]}"
    pairs = {("ЦАМО", LONG): 1, ("ЦАМО", longer): 1}
    table = table_of("org", [LONG, longer], pairs)
    assert entities(table) == {longer: {LONG, longer, "ЦАМО"}}
    assert reasons(table) == {longer: "spelling", LONG: "within", "ЦАМО": "abbreviation"}
    assert len(entities(table_of("org", [LONG, longer]))) == 2


def test_aliases_are_what_the_text_of_mentions_says():
    def mention(text, entity):
        return {"kind": "organization", "entity": entity, "start": 0, "stop": 1, "text": text}

    mentions = [
        mention("ЦАМО", LONG),
        mention("«ЦАМО»", LONG),
        mention("Центра", LONG),
        mention("МИДом", "МИД Грузии"),
        mention("«Ромашки»", "ООО «Ромашка»"),
        mention("ФАО", "ООН"),
    ]
    article, _ = article_from_row({"text": "Текст", "mentions": mentions})
    assert aliases(article) == [("ЦАМО", LONG)]


def test_ids_outlive_a_fuller_name():
    def id_of(names, name="Иван Котов"):
        table = table_of("person", names)
        (row,) = Lookup("person", table)(name)
        return written(int(table.ids[row + table.leaders[row]]))

    first = id_of(["Иван Котов"])
    assert id_of(["Иван Котов", "Иван Ильич Котов", "И. Котов", "Котов"]) == first
    alone = id_of(["Иван Ильич Котов"], "Иван Ильич Котов")
    table = table_of("person", ["Иван Котов", "Иван Ильич Котов", "Котов"])
    rows = [Lookup("person", table)(value)[0] for value in (first, alone, "котов")]
    assert len({row + table.leaders[row] for row in rows}) == 1
    assert Lookup("person", table)("f" * 16) == []


@pytest.mark.parametrize("fuller", ["Иван Котов", "И. Котов", "Иван Ильич Котов"])
def test_the_id_of_a_bare_surname_outlives_a_fuller_name(fuller):
    (row,) = Lookup("person", table_of("person", ["Котов"]))("Котов")
    id = written(int(table_of("person", ["Котов"]).ids[row]))
    table = table_of("person", ["Котов", fuller])
    (row,) = Lookup("person", table)(id)
    assert table.names[row + table.leaders[row]] == fuller


@pytest.mark.parametrize(
    "short, fuller, other",
    [
        ("МИД", "Министерство иностранных дел России", "Минфин Грузии"),
        ("Министерство иностранных дел", "МИД РФ", "МИД Татарстана"),
        ("«Заря»", "банк «Заря»", "«Закат»"),
    ],
)
def test_ids_of_organizations_outlive_a_fuller_name(short, fuller, other):
    id = written(name_id("org", spelling(short)))
    for names in ([short, fuller, other], [fuller, other]):
        table = table_of("org", names)
        rows = Lookup("org", table)(id)
        assert {table.names[row + table.leaders[row]] for row in rows} == {fuller}
    assert Lookup("org", table_of("org", [other]))(id) == []


@pytest.mark.parametrize("short", ["Иван Котов", "И. Котов", "И. И. Котов"])
def test_ids_outlive_the_last_article_with_a_short_name(short):
    id = written(name_id("person", spelling(short)))
    table = table_of("person", ["Иван Ильич Котов", "Котов Иван Ильич", "Пётр Котов", "Котов"])
    rows = Lookup("person", table)(id)
    assert {table.names[row + table.leaders[row]] for row in rows} == {"Иван Ильич Котов"}
    both = table_of("person", ["Иван Ильич Котов", "Иван Ильинич Котов", "Иван Игоревич Котов"])
    assert Lookup("person", both)(id) == []


def test_the_id_of_a_given_name_and_patronymic_outlives_its_last_article():
    id = written(name_id("person", spelling("Иван Ильич")))
    table = table_of("person", ["Иван Ильич Котов", "Иван Котов", "Иван Львович Щукин"])
    (row,) = Lookup("person", table)(id)
    assert table.names[row + table.leaders[row]] == "Иван Котов"
    assert Lookup("person", table_of("person", ["Иван Ильич Котов", "Иван Ильич Щукин"]))(id) == []


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
    whole = loaded(folder)
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

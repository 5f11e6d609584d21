"""Linking: which names of a corpus are one entity, and why."""

import pytest
from link_tables import ARCHIVE, LONG, ambiguous, entities, reasons, table_of

from index.linking.aliases import aliases
from index.linking.lookup import Lookup, written
from index.linking.spelling import name_id, spelling
from index.rows import article_from_row


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
        ["Екатерина II", "Екатерина Вторая", "ЕКАТЕРИНА ВТОРАЯ"],
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
        ["Николай II", "Николай Третий"],
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

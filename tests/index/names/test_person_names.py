"""Names of persons; each line of the table is «as it stands in a text → as it is to be shown»."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names.paradigms import GEN, NOM
from index.names.person import Hint, PersonName, compatible, nominative, parse

TABLE = Path(__file__).with_name("person_names.txt")


def cases() -> Iterator[tuple[str, str, str]]:
    """Group, surface and name of each line."""
    group = ""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            group = line[1:].strip()
        elif line:
            surface, name = map(str.strip, line.split("→"))
            yield group, surface, name


ROWS = [pytest.param(surface, name, id=f"{group}: {surface}") for group, surface, name in cases()]


@pytest.mark.parametrize(("surface", "name"), ROWS)
def test_nominative(surface, name):
    assert str(nominative(surface)) == name


def test_the_table_is_long_enough():
    assert len(ROWS) >= 300


@pytest.mark.parametrize(("surface", "name"), ROWS)
def test_a_nominative_stays_as_it_is(surface, name):
    assert str(nominative(name, [Hint(NOM)])) == name


PARTS = """
    Э.Тукумов | | | Тукумов | Э. | m
    Тукумов Э. А. | | | Тукумов | Э. А. | m
    К.-Ж. Токаев | | | Токаев | К.-Ж. | m
    Иванов Иван Иванович | Иван | Иванович | Иванов | | m
    Лейла Рашид кызы Алиева | Лейла | Рашид кызы | Алиева | | f
    Жан де ла Круа | Жан | | де ла Круа | | m
    Ким Чен Ын | Чен Ын | | Ким | |
    Людмила Марковна | Людмила | Марковна | | | f
    Роман Абрамович | Роман | | Абрамович | | m
    Вера Лебедь | Вера | | Лебедь | | f
"""


@pytest.mark.parametrize("line", PARTS.strip().splitlines())
def test_parts(line):
    surface, given_name, patronymic, surname, initials, gender = map(str.strip, line.split("|"))
    found = nominative(surface, [Hint(NOM)])
    assert found.given == given_name
    assert found.patronymic == patronymic
    assert found.surname == surname
    assert found.initials == tuple(initials.split())
    assert found.gender == gender


def test_parse_leaves_the_case_alone():
    assert parse("Ивановым Иваном Ивановичем") == PersonName("Иваном", "Ивановичем", "Ивановым")


SAME = """
    Фарид Шафиев = Ф. Шафиев
    Фарид Шафиев = Шафиев
    Эркин Тукумов = Э. А. Тукумов
    Касым-Жомарт Токаев = К.-Ж. Токаев
    Иван Иванович Иванов = И. И. Иванов
    Иван Иванович Иванов = Иван Иванович
    Реджеп Тайип Эрдоган = Реджеп Эрдоган
    Хосе Мануэль Гарсия = Мануэль Гарсия
    Артём Соловьёв = Артем Соловьев
    Жан-Мари Ле Пен = Жан Мари Ле Пен
    Массимо Пинелла = Массимо Пинела
    Мохаммед эль-Барадеи = Барадеи
    Лейла Рашид кызы Алиева = Лейла Рашидовна
    К. К. Токаев = Касым-Жомарт Токаев
    К. К. Токаев = Касым-Жомарт Кемелевич Токаев
    К. В. Токаев ≠ Касым-Жомарт Кемелевич Токаев
    Ж. К. Токаев ≠ Касым-Жомарт Токаев
    С. М. Иванов = Сергей Иванов
    М. С. Иванов ≠ Сергей Иванов
    Фарид Шафиев ≠ Асель Шафиева
    Фарид Шафиев ≠ Э. Шафиев
    Сергей Анатольевич Иванов ≠ Сергей Михайлович Иванов
    Сергей Анатольевич Иванов ≠ С. М. Иванов
    Сергей Иванов ≠ Светлана Иванова
    Барак Обама ≠ Мишель Обама
    Марин Ле Пен ≠ Жан-Мари Ле Пен
    Иван Иванов ≠ Иван Петров
    Джордж Буш младший ≠ Джордж Буш старший
    Дональд Трамп-младший ≠ Дональд Трамп
    Дональд Трамп-младший = Трамп
    Дональд Трамп-младший = Трамп-младший
    Дональд Трамп-старший ≠ Трамп-младший
    Александр II = Александр Второй
    Екатерина Вторая = Екатерина II
    Александр II ≠ Александр Третий
"""


@pytest.mark.parametrize("line", SAME.strip().splitlines())
def test_compatible(line):
    same = "=" in line
    one, other = (nominative(side, [Hint(NOM)]) for side in line.replace("≠", "=").split("="))
    assert compatible(one, other) is same
    assert compatible(other, one) is same


def test_the_context_chooses_between_a_man_and_a_woman():
    assert str(nominative("Шафиева", [Hint(GEN)])) == "Шафиев"
    assert str(nominative("Шафиева", [Hint(NOM)])) == "Шафиева"
    assert str(nominative("Раиса Мазепа", [Hint(NOM)])) == "Раиса Мазепа"
    assert str(nominative("Александра Шевченко", [Hint(NOM, "f", 50.0)])) == "Александра Шевченко"
    assert str(nominative("Кэндзи Накада", [Hint(NOM)])) == "Кэндзи Накада"
    assert nominative("Хиллари Клинтон", [Hint(NOM, "f")]).gender in ("", "f")


@given(st.text(max_size=60))
def test_any_text_has_a_name(text):
    assert isinstance(str(nominative(text)), str)
    assert isinstance(parse(text), PersonName)

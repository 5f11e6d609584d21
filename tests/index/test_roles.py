"""Roles beside a name: each line is «text with [the name] in brackets → the role», as it stands."""

import re

import pytest

from index.entities.persons import persons
from index.entities.roles import is_role
from index.mentions import Span

ROLES = {
    "before the name": """
        Об этом сказал председатель правления ЦАМО [Фарид Шафиев]. → председатель правления ЦАМО
        Директор ИСИ [Эркин Тукумов] рассказал о планах. → Директор ИСИ
        Накануне визита Президента Казахстана [Токаева] в Баку. → Президента Казахстана
        Премьер-министр [Михаил Мишустин] подписал указ. → Премьер-министр
        Встречу провёл вице-премьер [Иван Петров]. → вице-премьер
        Экс-глава банка [Заур Курбанов] под арестом. → Экс-глава банка
        Народный артист России [Олег Петров] скончался. → Народный артист России
        Чрезвычайный и полномочный посол [Виторио Сандали]. → Чрезвычайный и полномочный посол
        Бывший министр транспорта края [Рустам Тагиев] уехал. → Бывший министр транспорта края
        Слова главного инфекциониста [Веры Лебедь] верны. → главного инфекциониста
        Интервью с капитаном «Серебряных рысей» [Артёмом Лосем]. → капитаном «Серебряных рысей»
        Главврач больницы № 1 [Георгий Джапаридзе] опроверг слухи. → Главврач больницы № 1
        Суду помог адвокат [Руслан Хабибуллин]. → адвокат
        Воспитанница школы [Арина Тишкова] победила. → Воспитанница школы
        Прилетел представитель МИД РФ в Таволжске [Пётр Чаадаев]. → представитель МИД РФ в Таволжске
        """,
    "a comma inside a role": """
        Член комитета по связям, обороне и праву [А. Барым]. → Член комитета по связям, обороне и праву
        """,
    "the head that agrees with the name": """
        Заместитель председателя [Амангелды Сержанов] выступил. → Заместитель председателя
        Советник президента [Обамы] ушёл в отставку. → президента
        Пресс-секретарь губернатора [Ольга Дюма] промолчала. → Пресс-секретарь губернатора
        """,
    "titles and honorifics": """
        Господин [Пак] поклонился. → Господин
        Как считает г-н [Петров], пора. → г-н
        Академик [Борис Айзенберг] написал книгу. → Академик
        Об этом знал отец [Пимен]. → отец
        """,
    "after the name": """
        Слово взял [Эркин Тукумов], директор ИСИ, и замолчал. → директор ИСИ
        Автор доклада — [Лидия Савчук], главный эксперт института. → главный эксперт института
        Пришёл [Фарид Шафиев] (председатель правления ЦАМО). → председатель правления ЦАМО
        [Михаил Гурвиц] — владелец холдинга «Плёс». → владелец холдинга «Плёс»
        """,
    "no role": """
        Потом [Иванов] уехал домой. → -
        Вдова [Ельцина] открыла музей. → -
        [Иванов], который приехал вчера, согласен. → -
        Директор уволен. [Иванов] согласен. → -
        Рядом с братом [Султана Темирбаева] стоял охранник. → -
        В «Чистом Плёсе» [Иванова] помнят. → -
        [Петров], однако, против. → -
        """,
}

ROWS = [
    pytest.param(*(part.strip() for part in line.split("→")), id=f"{group}: {line.strip()[:40]}")
    for group, block in ROLES.items()
    for line in block.strip().splitlines()
]


def mentions(marked: str):
    text = marked.replace("[", "").replace("]", "")
    spans = [
        Span(match.start() - 2 * number, match.end() - 2 * number - 2, "PER")
        for number, match in enumerate(re.finditer(r"\[.*?\]", marked))
    ]
    return persons(text, spans)


@pytest.mark.parametrize(("marked", "role"), ROWS)
def test_role(marked, role):
    (mention,) = mentions(marked)
    assert (mention.role or "-") == role
    assert mention.text == marked[marked.index("[") + 1 : marked.index("]")]


def test_a_role_in_the_plural_belongs_to_every_name_in_the_row():
    found = mentions("Депутаты Народного собрания [Эльшад Керимоглу] и [Расим Гулубеков] за мир.")
    assert [mention.role for mention in found] == ["Депутаты Народного собрания"] * 2


def test_a_role_with_another_name_in_it():
    found = mentions("Адвокат [Голунова] [Сергей Бадамшин] подал жалобу.")
    assert [(mention.entity, mention.role) for mention in found] == [
        ("Голунов", None),
        ("Сергей Бадамшин", "Адвокат Голунова"),
    ]


def test_each_name_of_a_row_has_its_own_role():
    found = mentions("Мэр [Гульнара Абдрахманова] и прокурор [Игорь Гончаренко] согласны.")
    assert [mention.role for mention in found] == ["Мэр", "прокурор"]


FORMS = "министра премьер-министром экс-президента учёным г-н судьи"


@pytest.mark.parametrize("word", FORMS.split())
def test_forms_of_role_nouns(word):
    assert is_role(word)


@pytest.mark.parametrize("word", "столом Казахстан быстро заседание".split())
def test_other_words_are_no_roles(word):
    assert not is_role(word)

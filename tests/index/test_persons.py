"""Persons of an article, from the tagger's spans to entities with roles.

Texts are written with the tagger's spans in brackets: [person], <organization>, {place}.
"""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.entities.persons import persons
from index.mentions import PERSON, Mention, Span

BRACKETS = {"[": "PER", "<": "ORG", "{": "LOC"}


def read(marked: str) -> tuple[str, list[Span]]:
    text, spans, start, kind = "", [], 0, ""
    for part in re.split(r"([\[\]<>{}])", marked):
        if part in BRACKETS:
            start, kind = len(text), BRACKETS[part]
        elif part in ("]", ">", "}"):
            spans.append(Span(start, len(text), kind))
        else:
            text += part
    return text, spans


def found(marked: str) -> dict[str, list[str]]:
    """Each entity with the surfaces of its mentions, in order."""
    text, spans = read(marked)
    result: dict[str, list[str]] = {}
    for mention in persons(text, spans):
        result.setdefault(mention.entity, []).append(mention.text)
    return result


ARTICLES = {
    "a surname after an abbreviation, tagged as a place": (
        "Начальник <ГУ> <МЧС> {Хаджимурадов} прилетел, в <УМВД> {Ростова} его ждали.",
        {"Хаджимурадов": ["Хаджимурадов"]},
    ),
    "a surname first that the tagger missed": (
        "Поздравили Назарбаева Нурсултана Абишевича с юбилеем. Награждён Сергеев Пётр Ильич.",
        {
            "Нурсултан Абишевич Назарбаев": ["Назарбаева Нурсултана Абишевича"],
            "Пётр Ильич Сергеев": ["Сергеев Пётр Ильич"],
        },
    ),
    "surnames in capitals before the names": (
        "Члены комиссии: <ИВАНОВА> [Мария Петровна], [СМИРНОВ Олег Игоревич].",
        {
            "Мария Петровна Иванова": ["ИВАНОВА Мария Петровна"],
            "Олег Игоревич Смирнов": ["СМИРНОВ Олег Игоревич"],
        },
    ),
    "the younger by surname alone is not his father": (
        "[Роман Бергман-младший] и [Роман Бергман] приехали. Встретили [Бергмана-младшего] тепло. "
        "[Бергман] молчал.",
        {
            "Роман Бергман-младший": ["Роман Бергман-младший", "Бергмана-младшего"],
            "Роман Бергман": ["Роман Бергман", "Бергман"],
        },
    ),
    "a shared surname and a verb that tells the gender": (
        "[Ольга Шевченко] и [Иван Шевченко] пришли. [Шевченко] рассказала о деле, потом "
        "[Шевченко] рассказал о суде.",
        {
            "Ольга Шевченко": ["Ольга Шевченко", "Шевченко"],
            "Иван Шевченко": ["Иван Шевченко", "Шевченко"],
        },
    ),
    "a Vietnamese surname that the tagger left out": (
        "Отставка Во [Ван Тхыонга] принята. Ушёл [Во Ван Тхыонг].",
        {"Во Ван Тхыонг": ["Во Ван Тхыонга", "Во Ван Тхыонг"]},
    ),
    "one person under every spelling": (
        "Председатель правления <ЦАМО> [Фарид Шафиев] выступил в {Баку}. [Ф.Шафиев] отметил "
        "рост торговли. По словам [Шафиева], визит [Ф. Шафиева] состоится в мае.",
        {"Фарид Шафиев": ["Фарид Шафиев", "Ф.Шафиев", "Шафиева", "Ф. Шафиева"]},
    ),
    "the full name comes last": (
        "[Тукумов] прилетел утром. [Э. Тукумов] встретился с ректором. Директор института "
        "[Эркин Тукумов] рассказал о планах.",
        {"Эркин Тукумов": ["Тукумов", "Э. Тукумов", "Эркин Тукумов"]},
    ),
    "the fullest name that the article supports": (
        "Губернатор [Алла Шевченко] подписала указ. — [Алла Николаевна], когда откроют мост? "
        "[Шевченко] не ответила.",
        {"Алла Николаевна Шевченко": ["Алла Шевченко", "Алла Николаевна", "Шевченко"]},
    ),
    "namesakes stay apart": (
        "Геолог [Сергей Анатольевич Иванов] нашёл медь, а тренер [Сергей Михайлович Иванов] "
        "выиграл кубок.",
        {
            "Сергей Анатольевич Иванов": ["Сергей Анатольевич Иванов"],
            "Сергей Михайлович Иванов": ["Сергей Михайлович Иванов"],
        },
    ),
    "initials tell namesakes apart": (
        "[Иван Иванов] и [Пётр Иванов] пришли вместе. [П. Иванов] молчал, [И. Иванов] шутил.",
        {"Иван Иванов": ["Иван Иванов", "И. Иванов"], "Пётр Иванов": ["Пётр Иванов", "П. Иванов"]},
    ),
    "a husband and a wife": (
        "[Барак Обама] прилетел в {Лондон}. Его жена [Мишель Обама] осталась дома. "
        "[Мишель Обама] даст интервью.",
        {"Барак Обама": ["Барак Обама"], "Мишель Обама": ["Мишель Обама", "Мишель Обама"]},
    ),
    "a bare surname is the person named last": (
        "[Иван Иванов] открыл заседание. [Иванов] говорил час. Потом выступил [Пётр Иванов]. "
        "[Иванов] был краток.",
        {"Иван Иванов": ["Иван Иванов", "Иванов"], "Пётр Иванов": ["Пётр Иванов", "Иванов"]},
    ),
    "a woman's surname next to a verb": (
        "«Денег хватит», — заявила [Абдрахманова]. [Каримова] согласилась.",
        {"Абдрахманова": ["Абдрахманова"], "Каримова": ["Каримова"]},
    ),
    "a man's surname after a role in the genitive": (
        "Визит президента [Токаева] начнётся в среду, заявление министра [Гончарова] опубликовано.",
        {"Токаев": ["Токаева"], "Гончаров": ["Гончарова"]},
    ),
    "given names alone": (
        "[Виктор Шмелёв] ждёт вестей. [Виктору] принесли письмо с рисунком от сестры [Лизы].",
        {"Виктор Шмелёв": ["Виктор Шмелёв", "Виктору"], "Лиза": ["Лизы"]},
    ),
    "a given name is no one who comes later": (
        "Жена [Оганесяна] [Наталья] в {Лондоне}. Судья [Наталья Дударь] отказала ей.",
        {
            "Оганесян": ["Оганесяна"],
            "Наталья": ["Наталья"],
            "Наталья Дударь": ["Наталья Дударь"],
        },
    ),
    "a woman of the same surname": (
        "[Иван Иванов] приехал первым. [Иванова] заявила, что не ждала его. [Иванов] ушёл.",
        {"Иван Иванов": ["Иван Иванов", "Иванов"], "Иванова": ["Иванова"]},
    ),
    "a full name that the tagger cut in two": (
        "Среди них [Кузнецова] [Ольга Павловна] и [Улюкаев] [А.В.], директор.",
        {
            "Ольга Павловна Кузнецова": ["Кузнецова Ольга Павловна"],
            "А. В. Улюкаев": ["Улюкаев А.В."],
        },
    ),
    "titles inside the tagger's span": (
        "[Президент Токаев] уехал. [Господин Пак] остался, [Маэстро Альберт Пумпурс] играл.",
        {"Токаев": ["Токаев"], "Пак": ["Пак"], "Альберт Пумпурс": ["Альберт Пумпурс"]},
    ),
    "the original in brackets": (
        "Адвокат [Джеймс Ланге (James Lange)] подал жалобу. [Ланге] надеется на успех.",
        {"Джеймс Ланге": ["Джеймс Ланге", "Ланге"]},
    ),
    "several persons in one span": (
        "Шайбы забросили [Овечкин, Фёдоров], [Семин (Ковальчук)] и [Кима Чен Ира Ким Ир Сен].",
        {
            "Овечкин": ["Овечкин"],
            "Фёдоров": ["Фёдоров"],
            "Семин": ["Семин"],
            "Ковальчук": ["Ковальчук"],
            "Ким Чен Ир": ["Кима Чен Ира"],
            "Ким Ир Сен": ["Ким Ир Сен"],
        },
    ),
    "initials and particles outside the span": (
        "Доклад прочёл Э. [Тукумов]. Его слушали [Ибрагим] ибн [Салех] и Ф.П.[Жук].",
        {
            "Э. Тукумов": ["Э. Тукумов"],
            "Ибрагим ибн Салех": ["Ибрагим ибн Салех"],
            "Ф. П. Жук": ["Ф.П.Жук"],
        },
    ),
    "names that the tagger missed": (
        "В зале были Анна Петрова, А. Б. Кузнецов и Олег Иванович Сидоров; [Пётр Лось] опоздал. "
        "Потом Лось извинился, и Лося простили.",
        {
            "Анна Петрова": ["Анна Петрова"],
            "А. Б. Кузнецов": ["А. Б. Кузнецов"],
            "Олег Иванович Сидоров": ["Олег Иванович Сидоров"],
            "Пётр Лось": ["Пётр Лось", "Лось", "Лося"],
        },
    ),
    "streets, prizes and hospitals are no persons": (
        "Дом на улице [Гагарина], госпиталь княгини [Ольги], премия [Станиславского], "
        "проспект маршала [Жукова], ул. [Пушкина].",
        {},
    ),
    "words that are no names": (
        "[Супруга] ждёт. В {Кусково} и [Кусково] тихо. [Формулы]-3 не будет. Акция «[Ласточка]» "
        "и [Толстовских] чтений, [Лесохраны] и [Таволжского] края.",
        {},
    ),
    "a place that the tagger once took for a person": (
        "В {Новокаменном} запустили цех. Завод в {Новокаменном} растёт, [Новокаменный] гордится.",
        {},
    ),
    "a person that the tagger took for a place or a body": (
        "Визит президента {Ахмата Кадырова}. Служил архиепископ <Феофан Озерский (РПЦ)>.",
        {"Ахмат Кадыров": ["Ахмата Кадырова"], "Феофан Озерский": ["Феофан Озерский"]},
    ),
    "an animal is no person": (
        "Корова [Ночка] и кобыла [Гроза] здоровы, сказал фермер [Шамиль Басыров].",
        {"Шамиль Басыров": ["Шамиль Басыров"]},
    ),
    "several people of one surname": (
        "[Иса Темирбаев] дал показания. О деле [Темирбаевых] писали много.",
        {"Иса Темирбаев": ["Иса Темирбаев"]},
    ),
    "a surname in the plural belongs to each": (
        "В списке [Иса] и [Султан Темирбаевы], [Анна] и [Пётр Ивановы].",
        {
            "Иса Темирбаев": ["Иса"],
            "Султан Темирбаев": ["Султан Темирбаевы"],
            "Анна Иванова": ["Анна"],
            "Пётр Иванов": ["Пётр Ивановы"],
        },
    ),
    "a nickname in quotation marks": (
        "Пел [Сергей «Паук» Троицкий]. [Троицкого] слушали.",
        {"Сергей Троицкий": ["Сергей «Паук» Троицкий", "Троицкого"]},
    ),
    "initials that belong to the next name": (
        "За «Динамо» забили [Иванов] А., [Петров] Б. В., судил [Сидоров] С. [Кузьмин].",
        {
            "А. Иванов": ["Иванов А."],
            "Б. В. Петров": ["Петров Б. В."],
            "Сидоров": ["Сидоров"],
            "С. Кузьмин": ["С. Кузьмин"],
        },
    ),
    "Latin letters in a Cyrillic word": (
        "[Cергей Соколов] выступил. [Сергей Сокoлов] ответил, [С. Соколов] промолчал.",
        {"Сергей Соколов": ["Cергей Соколов", "Сергей Сокoлов", "С. Соколов"]},
    ),
    "ё once is ё everywhere": (
        "[Артем Соловьев] встал. [Артём Соловьёв] ушёл. [Соловьева] ждали.",
        {"Артём Соловьёв": ["Артем Соловьев", "Артём Соловьёв", "Соловьева"]},
    ),
    "oglu and a patronymic of the Russian kind": (
        "Археолог [Лейла Алиева] приехала. «[Лейла Рашид] кызы права», — сказали ей.",
        {"Лейла Рашид кызы Алиева": ["Лейла Алиева", "Лейла Рашид кызы"]},
    ),
    "East Asian order": (
        "Лидер КНДР [Ким Чен Ын] принял гостей. [Ким] подарил [Си Цзиньпину] книгу.",
        {"Ким Чен Ын": ["Ким Чен Ын", "Ким"], "Си Цзиньпин": ["Си Цзиньпину"]},
    ),
    "a transliteration with a doubled letter": (
        "Президент [Михаил Гелашвили] улетел. [Михаил Гелаашвили] вернулся.",
        {"Михаил Гелашвили": ["Михаил Гелашвили", "Михаил Гелаашвили"]},
    ),
    "only capitals": (
        "[ВЛАДИМИР СЕМЁНОВ] ПРИЛЕТЕЛ. [СЕМЁНОВА] ВСТРЕТИЛИ.",
        {"Владимир Семёнов": ["ВЛАДИМИР СЕМЁНОВ", "СЕМЁНОВА"]},
    ),
    "Latin text": (
        "[John Smith] met [Smith] in {London}.",
        {"John Smith": ["John Smith", "Smith"]},
    ),
    "Kazakh and Ukrainian": (
        "[Қасым-Жомарт Тоқаев] прилетел. [Тоқаев] встретил [Володимира Зеленського].",
        {
            "Қасым-Жомарт Тоқаев": ["Қасым-Жомарт Тоқаев", "Тоқаев"],
            "Володимир Зеленський": ["Володимира Зеленського"],
        },
    ),
}


@pytest.mark.parametrize(("marked", "expected"), ARTICLES.values(), ids=ARTICLES)
def test_article(marked, expected):
    assert found(marked) == expected


def test_mentions_carry_their_place_and_role():
    text, spans = read("Директор <ИСИ> [Эркин Тукумов] рассказал о планах. [Э.Тукумов] уехал.")
    assert persons(text, spans) == [
        Mention(PERSON, "Эркин Тукумов", 13, 26, "Эркин Тукумов", "Директор ИСИ"),
        Mention(PERSON, "Эркин Тукумов", 47, 56, "Э.Тукумов", None),
    ]


@pytest.mark.parametrize("text", ["", "Иванов", "😀😀", "\u200b" * 9, "ИВАНОВ" * 99, "…«»—()"])
def test_odd_texts(text):
    spans = [Span(0, len(text), "PER")] if text else []
    assert all(mention.text in text for mention in persons(text, spans))


@pytest.mark.parametrize("unit", ["а", "ИВАНОВ ", "Иванов ", "А. ", "А-", "«", " ", "\u200b"])
def test_five_megabytes(unit):
    text = unit * (5_000_000 // len(unit))
    spans = [Span(0, 6, "PER"), Span(9, len(text), "PER")]
    assert len(persons(text, spans)) <= 1


def test_ten_thousand_names():
    syllables = "ба ве го ди жу за ки ло му на пе ри со та фу ха ци шо".split()
    surnames = ["".join(parts).title() + "лов" for parts in product(syllables, repeat=3)][:5000]
    marked = " ".join(f"Пришёл [Иван {surname}]." for surname in surnames * 2)
    text, spans = read(marked)
    mentions = persons(text, spans)
    assert len(mentions) == 10_000
    assert len({mention.entity for mention in mentions}) == 5_000


def test_the_order_of_the_spans_is_by_position_and_the_result_repeats():
    text, spans = read(next(iter(ARTICLES.values()))[0])
    assert persons(text, spans) == persons(text, list(spans))


WORDS = st.sampled_from(
    "Иван Иванов Иванова Ф. Э.А. министр президента и , . ( ) « » — \n оглы де ла Ким Чен Ына ибн "
    "К.-Ж. Токаева Cергей ИВАНОВ II улица Обаме Лось 😀 \u200b аль-Асад А Шафиева-".split(" ")
)


@st.composite
def tagged(draw):
    """A text of name-like words with spans anywhere in it, by position, none over another."""
    text = draw(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=30).map(" ".join)))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12, unique=True)))
    kinds = st.sampled_from(("PER", "ORG", "LOC"))
    return text, [Span(a, b, draw(kinds)) for a, b in zip(cuts[::2], cuts[1::2])]


@settings(max_examples=300, deadline=None)
@given(tagged())
def test_mentions_of_any_text(example):
    text, spans = example
    last = 0
    for mention in persons(text, spans):
        assert mention.kind == PERSON
        assert mention.text == text[mention.start : mention.stop] != ""
        assert mention.entity.strip()
        assert mention.start >= last
        assert mention.role is None or mention.role in text
        last = mention.stop

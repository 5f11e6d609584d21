"""Whole annotation of input that no newspaper prints: it ends, in its bounds, with sane names."""

import sys
from itertools import islice, product

import pytest

from index.annotation import BATCH, annotate, annotations
from index.article import Article
from index.mentions import Annotation

NEWS = "Директор компании «Заря» Иван Петров уехал, а МИД Грузии ждёт Марию Соловьёву. "
SYLLABLES = "ба ве го ди жу за ки ло му на пе ри со та фу ха ци шо".split()


def annotated(text: str) -> Annotation:
    """Who is in a text; every mention stands where it says, none over another."""
    (found,) = annotations([text])
    last = 0
    for mention in found.mentions:
        assert mention.text == text[mention.start : mention.stop] != ""
        assert mention.start >= last
        last = mention.stop
    return found


def surnames(n: int) -> list[str]:
    return ["".join(parts).title() + "лов" for parts in islice(product(SYLLABLES, repeat=4), n)]


def work(text: str) -> int:
    """Calls of functions that annotating a text takes."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        annotated(text)
    finally:
        sys.setprofile(None)
    return calls


def test_empty_text():
    assert annotated("") == Annotation()
    assert annotated(" \n\n\u00a0") == Annotation()


@pytest.mark.parametrize("word", ["слово", "Слово", "и", "1", "«", "-", "Ё"])
def test_one_word(word):
    assert annotated(word) == Annotation()


@pytest.mark.parametrize(
    "word, persons, organizations",
    [("Газпром", (), ("Газпром",)), ("Госдума", (), ("Госдума",)), ("Сергей Иванов", None, ())],
)
def test_one_name(word, persons, organizations):
    found = annotated(word)
    assert found.organizations == organizations
    assert found.persons == ((word,) if persons is None else persons)


@pytest.mark.once
def test_five_megabytes():
    line = f"{NEWS}\n{'длинныйследбезконца' * 40}\n"
    text = line * (5_000_000 // len(line)) + "Последним выступил Пётр Зимин."
    found = annotated(text)
    assert found.persons == ("Иван Петров", "Мария Соловьёва", "Пётр Зимин")
    assert found.organizations == ("«Заря»", "МИД Грузии")


@pytest.mark.once
@pytest.mark.parametrize(
    "unit",
    [
        NEWS,
        "МИНИСТР ИВАН ПЕТРОВ ПРИНЯЛ МАРИЮ СОЛОВЬЁВУ. ",
        "Иван Петров",
        "Петров ",
        "А.",
        "«",
        "комитет совета при ",
        "і ",
        "Foo Bar ",
        "🙂",
        "\u200b",
        "Пе\u200bтров ",
        "\n",
        "(",
        "-",
    ],
)
def test_work_grows_with_the_text(unit):
    size = 4_000 // len(unit) or 1
    annotated(unit * size)  # fills the caches
    assert work(unit * 4 * size) <= 4.4 * work(unit * size) + 2_000


@pytest.mark.once
def test_work_grows_with_the_names():
    few, many = ("".join(f"Пришёл Иван {name}. " for name in surnames(n)) for n in (500, 2_000))
    annotated(many)
    assert work(many) <= 4.4 * work(few)


def test_only_capitals():
    found = annotated("ДИРЕКТОР ЗАВОДА ИВАН ПЕТРОВ ВСТРЕТИЛ МАРИЮ СОЛОВЬЁВУ.\nМИД ГРУЗИИ МОЛЧИТ.")
    assert found.persons == ("Иван Петров", "Мария Соловьёва")
    assert found.organizations == ("МИД Грузии",)
    assert annotated("АБВГД " * 2_000).persons == ()


def test_no_spaces():
    assert annotated("встречасоветадиректоров" * 5_000) == Annotation()
    assert annotated("А" * 100_000) == Annotation()
    assert annotated("ИванПетровуехал,аМИДГрузиимолчит." * 500).persons == ()


def test_emoji():
    found = annotated("🎉🎉 Иван Петров 🙂 встретил 👩‍👩‍👧 Марию Соловьёву 🏳️‍🌈 в МИД Грузии 🙂🙂")
    assert found.persons == ("Иван Петров", "Мария Соловьёва")
    assert found.organizations == ("МИД Грузии",)
    assert annotated("👩‍👩‍👧🙂" * 10_000) == Annotation()


def test_zero_width_characters():
    spoilt = (
        NEWS.replace("тро", "т\u200bро").replace("Зар", "З\u00adар").replace("Гру", "Гр\ufeffу")
    )
    found = annotated(spoilt)
    assert found.persons == ("Иван Петров", "Мария Соловьёва")
    assert found.organizations == ("«Заря»", "МИД Грузии")
    assert annotated("\u200b\u200d\ufeff" * 10_000) == Annotation()


@pytest.mark.once
def test_ten_thousand_names_in_one_article():
    text = "\n".join(f"Вчера приехал Иван {surname}." for surname in surnames(10_000))
    found = annotated(text)
    assert len(found.mentions) >= 9_900
    assert len(found.persons) >= 0.99 * len(found.mentions)
    assert {person.split()[0] for person in found.persons} <= {"Иван"}


def test_latin_text():
    text = (
        "The minister John Smith met Mary Jones in London on Monday. Microsoft said that its new "
        "office will open in May. Later John Smith left."
    )
    found = annotated(text)
    assert all(name in text for name in found.persons + found.organizations)
    assert annotated("lorem ipsum dolor sit amet " * 400) == Annotation()


def test_ukrainian_names_are_kept_as_they_stand():
    text = (
        "Президент України Володимир Зеленський провів зустріч з міністром Рустемом Умєровим у "
        "Києві. Про це повідомила прес-служба Міністерства оборони України."
    )
    found = annotated(text)
    assert set(found.persons) <= {"Володимир Зеленський", "Рустемом Умєровим"}
    assert "Володимир Зеленський" in found.persons
    assert all(name in text for name in found.persons + found.organizations)


def test_kazakh_names_are_kept_as_they_stand():
    text = (
        "Премьер-министр Олжас Бектенов баяндама жасады. Мәжіліс төрағасы Ерлан Қошанов отырысқа "
        "қатысты.\nҚазақстан Республикасының Сыртқы істер министрлігі мәлімдеді."
    )
    found = annotated(text)
    assert "Олжас Бектенов" in found.persons
    assert set(found.persons) <= {"Олжас Бектенов", "Ерлан Қошанов"}
    assert all(name in text for name in found.organizations)


def test_russian_beside_another_language_is_read_as_russian():
    text = (
        "Про це повідомила прес-служба міністерства.\n"
        "Об этом Ивану Петрову рассказали Мария Соловьёва и Ерлан Қошанов."
    )
    found = annotated(text)
    assert found.persons == ("Иван Петров", "Мария Соловьёва", "Ерлан Қошанов")


def test_articles_are_read_no_further_ahead_than_a_batch():
    read = []

    def articles():
        for number in range(10 * BATCH):
            read.append(number)
            yield Article(id=str(number), title="", text=NEWS)

    results = annotate(articles())
    next(results)
    assert len(read) <= 2 * BATCH

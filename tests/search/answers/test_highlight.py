"""Brackets stand around what is marked."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.rows import article_from_row
from index.writer import IndexWriter
from search import Archive


@pytest.fixture
def marked(tmp_path_factory):
    """The text of an article with brackets around what a query marks in it."""

    def mark(query, text, title=""):
        folder = tmp_path_factory.mktemp("marked")
        with IndexWriter(folder) as writer:
            row = {"id": "a", "title": title, "text": text, "mentions": []}
            writer.add(article_from_row(row)[0])
        found = Archive(folder).article("a", query)
        for start, stop in reversed(found["text_marks"]):
            text = f"{text[:start]}[{text[start:stop]}]{text[stop:]}"
        for start, stop in reversed(found["title_marks"]):
            title = f"{title[:start]}[{title[start:stop]}]{title[stop:]}"
        return f"{title} — {text}" if title else text

    return mark


@pytest.mark.parametrize(
    "query, expected",
    [
        ("министр", "[Министра] и [министров] — а администратор нет"),
        ("президент визит", "[Визит] [президента] и президентский приём"),
        ("Тукумова", "[Тукумов], [Тукумову] и Э.[Тукумов]"),
        ("губернатор", "вице-[губернатор] и [губернатор]"),
        ("вице-губернатор", "[вице-губернатора] и губернатор"),
        ("Алма-Ата алма", "[Алма-Ата]"),
        ("алма Алма-Ата", "[Алма-Ата]"),
        ("казахстанский", "азербайджано-[казахстанского] совета"),
        ("елка", "[Ёлки] и [елками]"),
        ("сталь", "Тонна [стали]"),
        ('"совет экспертов"', "[Совета] [экспертов]; эксперты, совет; совет, где экспертов нет"),
        ("визит -спорт", "[Визит] на спорт"),
        ("визит OR спорт", "[Визит] на [спорт]"),
        ("транс*", "[Транспорт], транзит"),
        ("министра*", "Министр, [министра] и [министрам], а министров нет"),
        ("стали*", "[Стали], но сталью стал"),
        ('"новому мос* через"', "Новый [новому] [мосту] [через]"),
        ('"новых мостами* через"', "[Новыми] [мостами] [через], новые мосты через"),
        ("визит / мостами*", "[Визит] под [мостами]. Визит на мост"),
        ("тран*т", "[Транспортом], [транзит], транс"),
        ("Тукум?в", "[Тукумову] и Тукумай"),
        ("Тукумав~", "[Тукумову] и Тукай"),
        ("!стали", "[Стали] и [СТАЛИ], но не сталь"),
        ("!елки", "[Ёлки], [елки], ёлка"),
        ("стали\\стать", "[Стали] и [сталью]: стал"),
        ("сталь\\!стали", "Стали и [сталью]"),
        ('!"совет экспертов"', "[Совет] [экспертов]; совета экспертов; экспертов"),
        ('"!совета экспертов"', "Совет экспертов, [совета] [экспертам]"),
        ('"экспертный транс*"', "[Экспертный] [транспорт], транспорт"),
        ('"мост визит"~3', "[Визит] на новый [мост]. Потом другой, затем третий мост"),
        ("мост / визит", "[Мост] для [визита]. Мост. Визит."),
        ("(мост OR река) / визит", "[Визит] к [реке]. Река. И [визит] на [мост]!"),
        ("река OR (мост снег)", "[Река] и мост"),
        ("(мост -спорт) / визит", "[Мост] и [визит]. Мост, визит, спорт."),
        ("title:визит", "Визит не в том поле"),
        ("text:визит", "[Визит] в том поле"),
        ('person:"Эркин Тукумов"', "Эркин Тукумов"),
        ("", "Ничего не спрошено"),
    ],
)
def test_every_form_is_marked_and_nothing_else(marked, query, expected):
    assert marked(query, expected.replace("[", "").replace("]", "")) == expected


def test_phrases_and_sentences_never_cross_from_title_to_text(marked):
    assert marked('"мост визит"', "Визит", "Мост") == "Мост — Визит"
    assert marked('"мост визит"~9', "Визит", "Мост") == "Мост — Визит"
    assert marked("мост / визит", "Визит", "Мост") == "Мост — Визит"
    assert marked("мост визит", "Визит", "Мост") == "[Мост] — [Визит]"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=["Cs"])).map("мост а б в ".__add__),
    st.sampled_from(["мост", '"а б"', "в*", "а OR б", "мост / в", '"мост б"~3', "!мост"]),
)
def test_a_mark_is_a_word_of_the_text(marked, text, query):
    shown = marked(query, text.replace("[", "").replace("]", ""))
    assert {"[мост]", "[а]", "[б]", "[в]"} & set(shown.replace("]", "] ").split())

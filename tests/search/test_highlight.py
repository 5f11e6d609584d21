"""Brackets stand around what is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import marks
from search.parser import parse


def marked(query, text, field="text"):
    for start, stop in reversed(marks(parse(query).tree, field, text)):
        text = f"{text[:start]}[{text[start:stop]}]{text[stop:]}"
    return text


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
        ("title:визит", "Визит не в том поле"),
        ("text:визит", "[Визит] в том поле"),
        ('person:"Эркин Тукумов"', "Эркин Тукумов"),
        ("", "Ничего не спрошено"),
    ],
)
def test_every_form_is_marked_and_nothing_else(query, expected):
    assert marked(query, expected.replace("[", "").replace("]", "")) == expected


@given(st.text(), st.sampled_from(["мост", '"а б"', "в*", "а OR б"]))
def test_marks_lie_in_order_inside_the_text(text, query):
    found = marks(parse(query).tree, "text", text)
    assert all(0 <= start < stop <= len(text) for start, stop in found)
    assert all(a[1] <= b[0] for a, b in zip(found, found[1:]))

"""Bars stand where tokens begin and end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import numbered, spelling, tokens


@pytest.mark.parametrize(
    "marked",
    [
        "|Визит| |президента| |завершён|.",
        "|Из-за| |дождя| — |отмена|",
        "|азербайджано-казахстанский| |совет|",
        "«|Ромашка|», |ООО|",
        "|К|.-|Ж|. |Токаев|",
        "|О’Коннор| |приехал|",
        "|рост| |на| |5|,|3|%",
        "|19|.|08|.|2022|",
        "|слово|_|слово|",
        "|соз\u00adнание| |и| |за\u0301мок|",
        "",
        "… — !",
    ],
)
def test_borders(marked):
    source = marked.replace("|", "")
    assert [t.text for t in tokens(source)] == re.findall(r"\|(.+?)\|", marked)


@given(st.text())
def test_token_is_what_stands_at_its_place(source):
    found = list(tokens(source))
    assert all(source[t.start : t.stop] == t.text for t in found)
    assert all(a.stop <= b.start for a, b in zip(found, found[1:]))


@pytest.mark.parametrize(
    "word, meant",
    [
        ("Cергей", "Сергей"),
        ("соз\u00adнание", "сознание"),
        ("за\u0301мок", "замок"),
        ("е\u0308лка", "ёлка"),
        ("Нур‑Султан", "Нур-Султан"),
        ("iPhone", "iPhone"),
        ("COVID", "COVID"),
    ],
)
def test_spelling(word, meant):
    assert spelling(word) == meant


@given(st.text(st.sampled_from("аЯ -‐'.\u0301\u00ad1")), st.sets(st.integers(0, 9)))
def test_words_by_their_numbers_are_those_among_all(text, numbers):
    assert list(numbered(text, numbers)) == [
        (n, token) for n, token in enumerate(tokens(text)) if n in numbers
    ]

"""Looking names up by their words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analyzer import query_lemmas
from index.tokens import tokens
from search.entities.name_words import NameWords
from search.entities.words import name_words, words_of_all

NAMES = ["Иван Лев", "Лев Толстой", "Cергей Котов", "Пётр Котов", "Завод «Труд»"]


@pytest.mark.parametrize(
    "value, found",
    [
        ("Котову", [2, 3]),
        ("Котов Сергею", [2]),
        ("ПЕТРА", [3]),
        ("Льва", [0, 1]),
        ("Ивану Льву", [0]),
        ("заводом труд", [4]),
        ("Котов Лев", []),
        ("Никто", []),
        ("…", []),
        ("И. Лев", [0]),
        ("Лев И.", [0]),
        ("С.Котов", [2]),
        ("к.", [2, 3]),
        ("П. Б. Котову", [3]),
        ("Б. П. Котову", []),
    ],
)
def test_names_that_have_every_word(value, found):
    assert NameWords(NAMES, np.arange(len(NAMES))).having(value) == found


def test_initials_and_full_names_lead_to_each_other():
    names = ["Э. Тукумов", "Касым-Жомарт Токаев", "Анна Ким", "А. Ким", "А. П. Лим"]
    words = NameWords(names, np.arange(len(names)))
    assert words.having("Эркин Тукумов") == [0]
    assert words.having("К.-Ж. Токаев") == [1]
    assert words.having("Токаев К. Ж.") == [1]
    assert words.having("Анна Ким") == [2]
    assert words.having("Алла Ким") == [3]
    assert words.having("Анна Петровна") == []
    assert words.having("А. Ким") == [2, 3]
    assert words.having("слово " * 10_000) == []


def test_parts_of_compound_names_are_words_too():
    words = NameWords(["Касым-Жомарт Токаев", "Жомарт Алиев"], np.arange(2))
    assert words.having("Жомарту") == [0, 1]
    assert words.having("Касым-Жомартом") == [0]


@pytest.mark.parametrize(
    "typed, found",
    [
        (["ко"], [2, 3]),
        (["пет", "кот"], [3]),
        (["котовым"], [2, 3]),
        (["котовы"], [2, 3]),
        (["тр", "за"], [4]),
        (["котовн"], []),
        (["пет", "лев"], []),
    ],
)
def test_names_with_beginnings_of_words_in_any_form(typed, found):
    words, ranks = NameWords(NAMES, np.arange(len(NAMES))), np.array([4, 3, 2, 1, 0])
    assert words.begun(typed, ranks, 5) == found[::-1]
    assert words.begun(typed, ranks, 1) == found[::-1][:1]


@pytest.mark.parametrize("letters", ["", "я", "ё", "zz", "-"])
def test_no_names_have_no_words(letters):
    words = NameWords([], np.arange(0))
    assert words.having(letters) == words.alike([letters]) == []
    assert words.begun([letters], np.arange(0), 5) == []


letters = st.text(
    st.sampled_from("АаЁёяЯCcоo1_ -‐'ʼ.«\u0301\u00adéЎ𝒜") | st.characters(exclude_characters="\n"),
    max_size=12,
)


@given(st.lists(letters, max_size=6))
def test_the_words_of_all_names_are_those_of_each(names):
    words, places, held = words_of_all(names)
    assert len(set(words)) == len(words)
    for number, name in enumerate(names):
        parts = [part for word in name_words(name) for part in (word, *word.split("-")) if part]
        found = [words[place] for place in places[held == number].tolist()]
        assert set(found) == set(parts)


def test_words_of_one_hash_are_different_words(monkeypatch):
    def few_hashes(content, begins, lengths):
        return (lengths % 2).astype(np.uint64)

    monkeypatch.setattr("index.segment.strings.string_hashes", few_hashes)
    words, places, _ = words_of_all(["Пётр Орлов", "Орёл Орлов Иван"])
    assert [words[place] for place in places.tolist()] == [
        "петр", "орлов", "орел", "орлов", "иван"
    ]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), max_size=6), st.sampled_from(["Котову", "льва", "Ивана"]))
def test_it_agrees_with_reading_all_names(names, value):
    wanted = [set(query_lemmas(token.text)) for token in tokens(value)]
    slow = [
        number
        for number, name in enumerate(names)
        if all(any(word & set(query_lemmas(t.text)) for t in tokens(name)) for word in wanted)
    ]
    assert NameWords(names, np.arange(len(names))).having(value) == slow

"""Suggestions for queries that find nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Request
from search.suggest.distance import distances
from search.suggest.keyboard import other_layout
from search.suggest.transliteration import MOST_READINGS, readings


def asked(archive, q, **others):
    params = {"q": q, "facets": "none", **{k.replace("_", "."): v for k, v in others.items()}}
    return archive.search(Request.from_params(params.items()))


def suggested(archive, q, **others):
    suggestion = asked(archive, q, **others)["query"]["suggestion"]
    return suggestion and (suggestion["q"], suggestion["total"])


@pytest.mark.parametrize(
    "q, meant, total",
    [
        ("призидент", "президент", 2),
        ("президеент", "президент", 2),
        ("перзидент", "президент", 2),
        ("призидента", "президента", 2),
        ("ПЕРЗИДЕНТ", "Президент", 2),
        ("ghtpbltyn", "президент", 2),
        ("vjcn xthtp htre", "мост через реку", 1),
        ("Tokaev", "Токаев", 1),
        ("Tukumov", "Тукумов", 1),
        ("Solovyova", "Соловьева", 1),
        ("советэкспертов", "совет экспертов", 3),
        ("вбаку", "в баку", 1),
        ("прези дент", "президент", 2),
        ("визит Токоева", "визит Токаева", 1),
        ("«совед экспертов»", "«совет экспертов»", 1),
        ("title:визид", "title:визит", 1),
        ("зоседание совита", "заседание совета", 1),
        ("поездка ИЛИ ghtpbltyn", None, None),
        ("щщщщщщ", None, None),
        ("qqqq", None, None),
        ("президент", None, None),
        ("", None, None),
        ("-", None, None),
    ],
)
def test_what_was_meant(archive, q, meant, total):
    assert suggested(archive, q) == (meant and (meant, total))


def test_a_suggestion_finds_as_many_as_it_promises_under_the_same_filters(archive):
    assert suggested(archive, "призидент", to="2022") == ("президент", 1)
    assert asked(archive, "президент", to="2022")["total"] == 1
    assert suggested(archive, "призидент", to="1999") is None


def test_words_that_find_nothing_alone_are_named(archive):
    def absent(q):
        warnings = asked(archive, q)["query"]["warnings"]
        return [w["value"] for w in warnings if w["code"] == "absent-word"]

    assert absent("визит щщщщ") == ["щщщщ"]
    assert absent("«совет щщщщ» ъъъъ") == ["щщщщ", "ъъъъ"]
    assert absent("щщщщ") == []
    assert absent("визит -щщщщ") == []


def test_a_query_of_many_words_is_not_corrected(archive):
    assert suggested(archive, "призидент " * 20) == (("президент " * 20).strip(), 2)
    assert suggested(archive, "призидент " * 5000) is None


@pytest.mark.parametrize("letters", ["м", "a", "мост-", "м'", "ghbdtn"])
def test_a_word_of_thousands_of_letters_is_not_corrected(archive, letters):
    assert suggested(archive, letters * 20_000) is None


def test_layouts_are_each_others_inverse():
    assert other_layout("[jhjij ,elm") == "хорошо будь"
    assert other_layout(other_layout("Объём и съезд")) == "Объём и съезд"


@pytest.mark.parametrize(
    "latin, russian",
    [
        ("Zhomart", "жомарт"), ("Shchukin", "щукин"), ("Ŝukin", "щукин"), ("Chaykovsky", "чайковский"),
        ("Tchaikovskij", "тчайковский"), ("Mikhail", "михаил"), ("Yuri", "юри"), ("Iuliia", "юлия"),
        ("Tatyana", "татьяна"), ("Olga", "ольга"), ("Igor'", "игорь"), ("Semyonov", "семенов"),
        ("Khrushchev", "хрущев"), ("Elcin", "елцин"), ("Max", "макс"), ("Dzhaparidze", "джапаридзе"),
    ],
)  # fmt: skip
def test_transliterations_of_several_systems(latin, russian):
    assert russian in readings(latin)


@given(st.text(max_size=60))
@settings(max_examples=50)
def test_any_word_has_a_bounded_number_of_readings(word):
    assert len(readings(word)) <= MOST_READINGS


def compared(word, other):
    return float(distances(word, np.array([list(map(ord, other))], np.uint16))[0])


def test_frequent_slips_are_closer_than_others():
    plain = compared("совет", "созет")
    assert plain == pytest.approx(1)
    assert compared("савет", "совет") < compared("совкт", "совет") < plain
    assert compared("совте", "совет") < plain
    assert compared("комисия", "комиссия") < compared("комсия", "комисия")
    assert compared("голет", "полет") > compared("полед", "полет")


_WORDS = st.text("абсь", min_size=1, max_size=6)


@given(_WORDS, _WORDS)
@settings(max_examples=100)
def test_distances_lie_between_those_of_the_cheapest_and_dearest_slips(word, other):
    def plain(a, b):
        rows = [[i + j for j in range(len(b) + 1)] for i in range(len(a) + 1)]
        for i, x in enumerate(a, 1):
            for j, y in enumerate(b, 1):
                rows[i][j] = min(
                    rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (x != y)
                )
                if i > 1 and j > 1 and a[i - 2 : i] == b[j - 2 : j][::-1]:
                    rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        return rows[-1][-1]

    slips, found = plain(word, other), compared(word, other)
    assert 0.6 * slips - 0.001 <= found <= 1.31 * slips + 0.001

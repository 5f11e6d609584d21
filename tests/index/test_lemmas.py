"""The lemmas of a form are those of pymorphy2's parses, however they are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lemmas import MOST_LEMMAS, PLAUSIBLE, lemmas, weighted_lemmas
from index.morphology import analyzer, fold

ENDINGS = (
    "ова ову овым ого ему ьми ами ями ться ившая ющего ание ости ов ев ин ович ской ске".split()
)


def from_parses(form: str) -> tuple[tuple[str, float], ...]:
    """The slow, obvious reference: the shares of pymorphy2's parses, added up by lemma."""
    shares: dict[str, float] = {}
    for _, _, lemma, score, _ in analyzer().parse(form):
        shares[fold(lemma)] = shares.get(fold(lemma), 0.0) + score
    ranked = sorted(shares.items(), key=lambda item: -item[1])[:MOST_LEMMAS]
    return tuple([item for item in ranked if item[1] >= PLAUSIBLE] or ranked[:1])


@pytest.mark.parametrize(
    "form, expected",
    [
        ("президентов", ("президент",)),
        ("Токаевым", ("токаев",)),
        ("стали", ("стать", "сталь")),
        ("стекло", ("стекло", "стечь")),
        ("соловьёва", ("соловьев",)),
        ("ЦАМО", ("цамо",)),
        ("2022", ("2022",)),
        ("", ("",)),
        ("\U000175c0", ("\ufffd",)),
    ],
)
def test_lemmas(form, expected):
    assert lemmas(form) == expected


@pytest.mark.parametrize(
    "form",
    [
        "министрами", "стали", "ёлкой", "дзюбандровскому", "полазурилось", "наибырейший",
        "псевдомост", "киберсобакой", "шмыглёвка", "тридевятовым", "поехавшевичами", "ыъь", "щщщщ",
        "уж-то", "мост-2", "nato", "xiv", "кое-где", "электротрактороведу",
    ],
)  # fmt: skip
def test_as_parsed(form):
    assert weighted_lemmas(form) == from_parses(form)


@given(st.text("абвгдежзиклмнопрстуфхцчшщыьэюяё", max_size=9), st.sampled_from(ENDINGS))
def test_words_that_no_dictionary_holds(start, ending):
    assert weighted_lemmas(start + ending) == from_parses(start + ending)


@given(
    st.sampled_from("по наи анти авто супер за пост недоза небез антипере псевдоне".split()),
    st.sampled_from("мырз собак щ ёлк м".split()) | st.text("абезиклнорстя", max_size=4),
    st.sampled_from(ENDINGS),
)
def test_words_with_a_known_prefix(prefix, start, ending):
    assert weighted_lemmas(prefix + start + ending) == from_parses(prefix + start + ending)

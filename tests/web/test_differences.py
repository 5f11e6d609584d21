"""Differences between two wordings, in a notation: [-gone-] and {+new+}, … for what is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import TimeLimit, limited
from web.differences import differences

MARKS = {"gone": "[-{}-]", "new": "{{+{}+}}", "same": "{}"}


def noted(earlier: str, later: str) -> list[str]:
    return [
        "".join(MARKS[piece.kind].format(piece.text) for piece in paragraph) if paragraph else "…"
        for paragraph in differences(earlier, later)
    ]


@pytest.mark.parametrize(
    "earlier, later, expected",
    [
        ("Мост открыли.", "Мост открыли.", []),
        ("", "", []),
        ("Мост открыли в мае.", "Мост открыли в июне.", ["Мост открыли в [-мае-]{+июне+}."]),
        ("Мост.\n\nРека.\nЛес.", "Мост.\nРечка.\n\nЛес.", ["…", "[-Река-]{+Речка+}.", "…"]),
        ("Мост.", "Мост.\nРека.", ["…", "{+Река.+}"]),
        ("Мост.\nРека.", "Река.", ["[-Мост.-]", "…"]),
        ("", "Мост.", ["{+Мост.+}"]),
        ("Рейсы на пароме", "Паром в музее", ["[-Рейсы на пароме-]{+Паром в музее+}"]),
    ],
)
def test_words_that_changed_are_told(earlier, later, expected):
    assert noted(earlier, later) == expected


texts = st.lists(st.sampled_from(["мост ", "река ", "лес", ".", "\n", " "]), max_size=40)


def compact(text: str) -> str:
    return "".join(text.split())


@given(texts.map("".join), texts.map("".join))
def test_what_is_left_out_is_the_same_on_both_sides(earlier, later):
    left_out = []
    for kind, text in (("gone", earlier), ("new", later)):
        told = "".join(
            compact(piece.text)
            for paragraph in differences(earlier, later)
            for piece in paragraph or ()
            if piece.kind in ("same", kind)
        )
        rest = iter(compact(text))
        assert all(letter in rest for letter in told)
        left_out.append(len(compact(text)) - len(told))
    assert left_out[0] == left_out[1]


def test_long_texts_are_told_by_paragraph():
    earlier, later = ("слово " * 7000).strip(), ("речь " * 7000).strip()
    assert noted(earlier, later) == [f"[-{earlier}-]{{+{later}+}}"]


def test_of_more_paragraphs_than_can_be_compared_those_between_the_common_ends_are_told():
    earlier = ["Начало.", *["—"] * 4000, "Мост", "Конец."]
    later = ["Начало.", "Река", *["—"] * 4000, "Конец."]
    first, *told, last = differences("\n".join(earlier), "\n".join(later))
    assert first is None and last is None and None not in told
    for kind, lines in (("gone", earlier), ("new", later)):
        side = [piece.text for paragraph in told for piece in paragraph if piece.kind == kind]
        assert side == lines[1:-1]


def test_two_changes_far_apart_in_a_long_paragraph_are_told_by_word():
    same = " ".join(f"дом{n} на улице" for n in range(5000))
    earlier, later = f"Начали {same} и кончили в мае", f"Открыли {same} и кончили в июне"
    assert noted(earlier, later) == [
        f"[-Начали-]{{+Открыли+}} {same} и кончили в [-мае-]{{+июне+}}"
    ]


def test_two_changes_far_apart_among_many_paragraphs_are_told_by_word():
    same = "".join(f"Дом {n // 2}.\n" for n in range(4001))
    earlier, later = f"Начали в мае.\n{same}Кончили.", f"Открыли в мае.\n{same}Закрыли."
    assert noted(earlier, later) == [
        "[-Начали-]{+Открыли+} в мае.",
        "…",
        "[-Кончили-]{+Закрыли+}.",
    ]


def test_a_change_at_the_end_of_a_long_text_is_told_by_word():
    same = "—\n" * 4000
    assert noted(same + "Мост.", same + "Река.") == ["…", "[-Мост-]{+Река+}."]


def test_a_comparison_is_given_up_when_it_takes_too_long():
    with limited(-1), pytest.raises(TimeLimit):
        differences("Мост.", "Река.")

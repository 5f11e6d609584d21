import datetime

import pytest

from search.answers.citation import citation

ACCESSED = datetime.date(2026, 11, 5)
ARTICLE = {
    "title": "Мост открыт",
    "authors": ["Анна Ветрова", "П. Сомов"],
    "source": "Вечерний Каспий",
    "date": "2022-08-19",
    "url": "https://kaspiy.example/most",
}


@pytest.mark.parametrize(
    "fields, expected",
    [
        (
            {},
            "Мост открыт / Анна Ветрова, П. Сомов. — Текст : электронный // Вечерний Каспий : [сайт]. — "
            "2022. — 19 авг. — URL: https://kaspiy.example/most (дата обращения: 05.11.2026).",
        ),
        (
            {"url": None, "authors": [], "date": "2022-05"},
            "Мост открыт // Вечерний Каспий. — 2022. — май.",
        ),
        ({"url": None, "authors": [], "date": "2022", "source": None}, "Мост открыт. — 2022."),
        ({"url": None, "authors": [], "date": None, "source": None}, "Мост открыт."),
        (
            {"title": "Кто построил мост?", "url": None, "authors": [], "source": None},
            "Кто построил мост? — 2022. — 19 авг.",
        ),
        (
            {"title": " \n", "url": None, "authors": [], "date": "2022-05-01"},
            "[Без названия] // Вечерний Каспий. — 2022. — 1 мая.",
        ),
    ],
)
def test_citation(fields, expected):
    assert citation(ARTICLE | fields, ACCESSED) == expected

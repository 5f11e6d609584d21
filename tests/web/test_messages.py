import re
from importlib.resources import files
from string import Formatter

import pytest

from web.messages import LANGUAGES, messages

TEMPLATE_KEY = re.compile(r'say(?:\.count)?\("([^"]+)"[,)]')
SOURCES = [
    path.read_text("utf-8")
    for folder in (
        files("web"),
        *(files("web") / part for part in ("access", "pages", "templates")),
    )
    for path in folder.iterdir()
    if path.name.endswith((".py", ".html"))
]


@pytest.mark.parametrize(
    "n, expected",
    [
        (1, "1 статья"),
        (2, "2 статьи"),
        (5, "5 статей"),
        (11, "11 статей"),
        (21, "21 статья"),
        (112, "112 статей"),
        (1234567, "1\xa0234\xa0567 статей"),
    ],
)
def test_russian_plurals(n, expected):
    assert messages("ru").count("articles", n) == expected


@pytest.mark.parametrize(
    "n, expected", [(0, "0 articles"), (1, "1 article"), (1234, "1,234 articles")]
)
def test_english_plurals(n, expected):
    assert messages("en").count("articles", n) == expected


@pytest.mark.parametrize(
    "language, partial, expected",
    [
        ("ru", "2022-08-19", "19 августа 2022 г."),
        ("ru", "2022-08", "август 2022 г."),
        ("ru", "2022", "2022 год"),
        ("en", "2022-08-19", "August 19, 2022"),
        ("en", "2022-08", "August 2022"),
        ("en", "2022", "2022"),
    ],
)
def test_dates_are_as_precise_as_they_are(language, partial, expected):
    assert re.sub(r"\s", " ", messages(language).date(partial)) == expected


@pytest.mark.parametrize(
    "language, partial, expected",
    [
        ("ru", "2022-08-19", "с 19 августа 2022 г."),
        ("ru", "2022-08", "с августа 2022 г."),
        ("ru", "2022", "с 2022 года"),
        ("en", "2022-08-19", "from August 19, 2022"),
        ("en", "2022-08", "from August 2022"),
        ("en", "2022", "from 2022"),
    ],
)
def test_a_range_begins_with_a_date_in_its_case(language, partial, expected):
    assert re.sub(r"\s", " ", messages(language).since(partial)) == expected


def test_catalogues_hold_the_same_messages_with_the_same_facts():
    facts = {}
    for language in LANGUAGES:
        say = messages(language)
        facts[language] = {key: _facts(value) for key, value in say.catalogue.items()}
    assert facts["ru"] == facts["en"]


def _facts(message) -> set[str]:
    sentences = message.values() if isinstance(message, dict) else [message]
    return {name for text in sentences for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_have_every_plural_category_of_their_language(language):
    say = messages(language)
    needed = say.locale.plural_form.tags | {"other"}
    counts = [value for value in say.catalogue.values() if isinstance(value, dict)]
    assert counts and all(set(value) == needed for value in counts)


def test_every_message_that_is_said_exists():
    said = {key for source in SOURCES for key in TEMPLATE_KEY.findall(source)}
    assert len(said) > 30
    assert said <= set(messages("ru").catalogue)


def test_every_message_is_said_somewhere():
    text = "\n".join(SOURCES)
    computed = (
        "facet_", "missing_", "histogram_", "sort_", "since_", "provenance_", "error_", "explain_",
        "wrong_", "detail_", "status_", "warning_", "help_", "coarse_", "about_", "theme_", "table_",
        "compare_", "example_", "together_", "interval_", "reason_", "done_", "same_", "different_", "correct_",
        "mode_", "within_", "part_", "bars_", "found_", "held_", "apply_", "in_", "everything_",
    )  # fmt: skip
    unsaid = {
        key
        for key in messages("ru").catalogue
        if f'"{key}"' not in text and not key.startswith(computed)
    }
    assert unsaid == set()


def test_a_message_puts_its_facts_in_as_they_are():
    assert messages("ru")("remove", name="{n} <b>") == "Убрать: {n} <b>"

from hypothesis import given
from hypothesis import strategies as st

from index.tokens import tokens
from search.answers.highlight import marks
from search.answers.snippet import ELLIPSIS, ENOUGH, LONGEST, sentences, snippets


def marks_of(query, text):
    """The words of a text that begin with one of the query's, marked."""
    asked = tuple(query.split())
    words = enumerate(token.text.lower() for token in tokens(text))
    return marks(text, {n: set() for n, word in words if asked and word.startswith(asked)})


def shown(query, text):
    found = snippets(text, marks_of(query, text))
    return [(s.text, [s.text[a:b] for a, b in s.marks]) for s in found]


TEXT = (
    "Заседание открыл губернатор. Потом говорили о погоде.\n\n"
    "Мост построят к осени, сказал министр. «Это наш общий мост!» — добавил губернатор."
)


def test_sentences_with_most_of_the_words_are_shown_in_their_order():
    assert shown("губернатор мост", TEXT) == [
        ("Заседание открыл губернатор. Потом говорили о погоде.", ["губернатор"]),
        ("«Это наш общий мост!» — добавил губернатор.", ["мост", "губернатор"]),
    ]


def test_without_marks_the_text_begins():
    assert shown("", TEXT) == [(TEXT, [])]
    ((beginning, _),) = shown("снег", f"{TEXT} " * 9)
    assert beginning.startswith(TEXT) and beginning.endswith(".") and len(beginning) <= LONGEST
    assert shown("", "Да. " + "Длинное слово " * 99) == [("Да.", [])]
    assert snippets("", []) == []


def test_initials_end_no_sentence():
    assert shown("мост", "Сказал Н. Г. Салтыков. Мост открыл А. П. Ремизов.") == [
        ("Мост открыл А. П. Ремизов.", ["Мост"])
    ]


def test_abbreviations_end_no_sentence():
    text = "В 2019 г. Мост строили в г. Таволжск на ул. Речной за 14 млрд. Он стоит."
    assert [text[a:b] for a, b in sentences(text)] == [text]


def test_the_second_sentence_adds_words_to_the_first():
    text = (
        "Мост и река, мост и река у посёлка, на который все смотрят давно.\n"
        "Река и мост снова встретились в одной строке этой длинной заметки.\n"
        "Паром ушёл, и его никто не ждал до самого вечера на том берегу."
    )
    found = [snippet.split()[0] for snippet, _ in shown("мост река паром", text)]
    assert found == ["Мост", "Паром"]


def test_a_sentence_of_many_words_is_whole():
    text = "Мост, " + "о котором говорили, " * 15 + "стоит. Дальше о погоде."
    ((snippet, _),) = shown("мост", text)
    assert 300 < len(snippet) <= LONGEST and snippet.endswith("стоит.") and ELLIPSIS not in snippet


def test_a_longer_sentence_is_cut_between_clauses():
    text = "Сначала шёл дождь, " * 20 + "потом открыли мост; " + "и все пошли домой, " * 20 + "вот."
    ((snippet, marked),) = shown("мост", text)
    assert marked == ["мост"] and len(snippet) <= ENOUGH + 4
    inner = snippet.strip(f" {ELLIPSIS}")
    assert inner.startswith(("Сначала", "потом", "и все")) and inner.endswith((",", ";"))
    assert snippet.startswith(ELLIPSIS) and snippet.endswith(ELLIPSIS)


def test_a_sentence_without_clauses_is_cut_between_words():
    text = "слово " * 200 + "мост " + "слово " * 200
    ((snippet, marked),) = shown("мост", text)
    assert marked == ["мост"]
    assert len(snippet) <= LONGEST + 4
    assert set(snippet.strip(f" {ELLIPSIS}").split()) == {"слово", "мост"}
    assert snippet.startswith(f"{ELLIPSIS} ") and snippet.endswith(f" {ELLIPSIS}")


@given(st.text(alphabet="а. б!\nМОСТмост «»", max_size=800))
def test_marks_of_a_snippet_stand_on_what_was_asked(text):
    for snippet in snippets(text, marks_of("мост", text)):
        assert len(snippet.text) <= LONGEST + 4
        assert all("мост" in snippet.text[a:b].lower() for a, b in snippet.marks)


@given(st.text(alphabet="аБ. !…»«\n—т", max_size=300))
def test_sentences_are_all_of_a_text_but_white_space(text):
    found = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in found)
    assert found == sorted(found)

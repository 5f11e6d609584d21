from hypothesis import given
from hypothesis import strategies as st

from index.tokens import tokens
from search.highlight import marks
from search.snippet import ELLIPSIS, LONGEST, snippets


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
        ("Заседание открыл губернатор.", ["губернатор"]),
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


def test_a_long_sentence_is_cut_between_words():
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

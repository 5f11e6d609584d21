from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import TimeLimit, limited
from web.highlight import Link, highlight, paragraphs


def person(start: int, stop: int) -> Link:
    return Link(start, stop, "person", "/?person=1", "Имя")


OPEN = '<a class="person" href="/?person=1" title="Имя" tabindex="-1">'


def test_marks_are_wrapped_and_everything_is_escaped():
    assert highlight("Суд & мост <b>", [(0, 3), (6, 10)]) == (
        "<mark>Суд</mark> &amp; <mark>мост</mark> &lt;b&gt;"
    )


def test_offsets_count_code_points():
    assert highlight("😀 мост", [(2, 6)]) == "😀 <mark>мост</mark>"


def test_a_mark_lies_inside_a_link():
    assert highlight("Ольга Дюма здесь", [(6, 10)], [person(0, 10)]) == (
        f"{OPEN}Ольга <mark>Дюма</mark></a> здесь"
    )


def test_a_mark_across_a_link_is_split_at_its_border():
    assert highlight("глава Дюма", [(0, 10)], [person(6, 10)]) == (
        f"<mark>глава </mark>{OPEN}<mark>Дюма</mark></a>"
    )


def test_of_overlapping_links_the_first_and_longest_is_kept():
    links = [person(6, 10), person(0, 5), person(0, 10)]
    assert highlight("Ольга Дюма", [], links) == f"{OPEN}Ольга Дюма</a>"


def test_a_link_cannot_break_out_of_its_attributes():
    link = Link(0, 1, "person", '/?q="><script>', '"><script>')
    assert "<script>" not in highlight("а", [], [link])


def test_paragraphs_keep_the_offsets_of_the_whole_text():
    text = "Первый абзац.\n\n  \nВторой: Дюма."
    at = text.index("Дюма")
    assert paragraphs(text, [(0, 6)], [person(at, at + 4)]) == [
        "<mark>Первый</mark> абзац.",
        f"Второй: {OPEN}Дюма</a>.",
    ]


def test_marks_that_overlap_become_one_in_any_order():
    assert highlight("глава Дюма", [(6, 10), (2, 8), (0, 1), (1, 2)]) == (
        "<mark>г</mark><mark>л</mark><mark>ава Дюма</mark>"
    )


def test_a_text_of_many_paragraphs_is_given_up_when_it_takes_too_long():
    with limited(-1), pytest.raises(TimeLimit):
        paragraphs("Мост.\nРека.", [])


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag not in self.open
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5)


@given(st.text("аб <&>\"'😀", max_size=25), SPANS, SPANS)
def test_whatever_the_offsets_the_text_stays_and_tags_nest(text, marks, links):
    html = highlight(text, sorted(marks), [person(*span) for span in links])
    parser = _Text()
    parser.feed(str(html))
    parser.close()
    assert (parser.text, parser.open) == (text, [])


@given(st.text("аб\n", max_size=25), SPANS, SPANS)
def test_a_paragraph_is_highlighted_as_if_it_stood_alone(text, marks, links):
    kept, start = [], 0
    for line in text.split("\n"):
        if line:
            own = [(max(a - start, 0), min(b - start, len(line))) for a, b in marks]
            apart = [person(a - start, b - start) for a, b in links]
            kept.append(highlight(line, own, apart))
        start += len(line) + 1
    assert paragraphs(text, marks, [person(*span) for span in links]) == kept

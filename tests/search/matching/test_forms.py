"""The forms of a lemma are counted by article, over all segments."""

import pytest

from index.indexing import delete_articles
from index.rows import article_from_row
from index.writer import IndexWriter
from search import Archive

SEGMENTS = (
    {"1": "Мост у моста, мост за мостом.", "2": "У ёлки.", "3": "Моста нет."},
    {"4": "Мост и Ёлки.", "5": "Елки.", "6": "Мостов нет."},
)


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    for texts in SEGMENTS:
        with IndexWriter(folder) as writer:
            for id, text in texts.items():
                writer.add(article_from_row({"id": id, "text": text, "mentions": []})[0])
    delete_articles(folder, ["6"])
    return Archive(folder)._newest().forms


@pytest.mark.parametrize(
    "lemmas, counts",
    [
        (("мост",), [("мост", 2), ("моста", 2), ("мостом", 1)]),
        (("елка",), [("ёлки", 3)]),
        (("мост", "елка"), [("ёлки", 3), ("мост", 2), ("моста", 2), ("мостом", 1)]),
        (("паром",), []),
    ],
)
def test_forms_are_counted(forms, lemmas, counts):
    assert list(forms.counts(lemmas).items()) == counts

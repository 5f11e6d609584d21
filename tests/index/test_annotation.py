import subprocess
import sys

import pytest

from index import annotation
from index.annotation import AnnotationFailure, annotate
from index.article import Article
from index.mentions import ORGANIZATION, PERSON
from index.workers import Workers

TEXT = (
    "Директор Института геологии Сергей Иванов встретился с Екатериной Соловьёвой. "
    "Иванов рассказал Соловьёвой о работе института."
)


def article(number, text=TEXT, **fields):
    return Article(id=str(number), title="Встреча", text=text, **fields)


def test_persons_and_organizations_are_found_in_the_nominative():
    (found,) = annotate([article(1)])
    assert found.persons == ("Сергей Иванов", "Екатерина Соловьёва")
    assert found.organizations == ("Институт геологии",)


def test_mentions_stand_where_they_say():
    (found,) = annotate([article(1)])
    assert {m.kind for m in found.mentions} == {PERSON, ORGANIZATION}
    assert all(found.full_text[m.start : m.stop] == m.text for m in found.mentions)
    assert [m.text for m in found.mentions if m.entity == "Екатерина Соловьёва"] == [
        "Екатериной Соловьёвой",
        "Соловьёвой",
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "ПРЕЗИДЕНТ РОССИИ ВЛАДИМИР ПУТИН ВСТРЕТИЛСЯ С ЭРКИНОМ ТУКУМОВЫМ",
            {"ВЛАДИМИР ПУТИН": "Владимир Путин", "ЭРКИНОМ ТУКУМОВЫМ": "Эркин Тукумов"},
        ),
        (
            "ГЛАВА МИД ФАРИД ШАФИЕВ ПРИБЫЛ В БАКУ.\n\nВечером Шафиев уехал.",
            {"ФАРИД ШАФИЕВ": "Фарид Шафиев", "Шафиев": "Фарид Шафиев"},
        ),
        (
            "Выступил слесарь ИВАНОВ Иван Иванович.",
            {"ИВАНОВ Иван Иванович": "Иван Иванович Иванов"},
        ),
        ("Слово взял слесарь Эркин ТУКУМОВ.", {"Эркин ТУКУМОВ": "Эркин Тукумов"}),
    ],
)
def test_names_in_capitals_are_written_as_any_other(text, expected):
    (article,) = annotate([Article(id="1", title="", text=text)])
    persons = [mention for mention in article.mentions if mention.kind == PERSON]
    assert {mention.text: mention.entity for mention in persons} == expected
    assert all(text[mention.start : mention.stop] == mention.text for mention in persons)


def test_given_names_are_joined_with_those_found():
    (found,) = annotate([article(1, persons=("Иван Петров", "Сергей Иванов"))])
    assert found.persons == ("Иван Петров", "Сергей Иванов", "Екатерина Соловьёва")


def test_annotated_articles_come_back_as_they_are():
    given = article(1, mentions=(), persons=("А. Б.",))
    assert list(annotate([given])) == [given]


def test_the_tagger_is_loaded_only_for_articles_without_mentions():
    code = (
        "import sys; from index.annotation import annotate; from index.article import Article; "
        "list(annotate([Article('1', mentions=())])); print('index.tagger' in sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert loaded.stdout == "False\n"


def test_order_is_kept_across_batches_and_processes():
    articles = [article(n, text="" if n % 3 else TEXT) for n in range(100)]
    alone = list(annotate(articles))
    assert [a.id for a in alone] == [a.id for a in articles]
    with Workers(2) as workers:
        assert list(annotate(articles, workers)) == alone


def test_one_bad_article_is_reported_and_the_others_are_annotated(monkeypatch):
    healthy = annotation.annotation

    def failing(text, spans):
        if "СБОЙ" in text:
            raise ValueError("no such text")
        return healthy(text, spans)

    monkeypatch.setattr(annotation, "annotation", failing)
    first, bad, last = annotate([article(1), article(2, "СБОЙ"), article(3)])
    assert first.persons == last.persons == ("Сергей Иванов", "Екатерина Соловьёва")
    assert isinstance(bad, AnnotationFailure)
    assert (bad.article.id, bad.reason) == ("2", "annotation failed: ValueError('no such text')")


@pytest.mark.parametrize(
    "text",
    ["", "слово", "А" * 10_000, "ИВАНОВ ПЕТРОВ", "🙂\u200b", "Plain English text", "Қазақстан"],
)
def test_odd_texts_are_annotated(text):
    (found,) = annotate([article(1, text)])
    assert isinstance(found, Article)

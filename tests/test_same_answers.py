"""The same questions to the library, the command line and HTTP have the same answers."""

import json
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from search import Archive, Request
from web.app import create_app
from web.cli import podshivka

QUESTIONS = [
    [],
    [("q", "губернатор")],
    [("q", "«законодательное собрание» -тариф")],
    [("q", "мост OR (театр NOT опера) date:2022"), ("sort", "date"), ("limit", "3")],
    [("q", "title:мост"), ("facets", "person,date"), ("interval", "year")],
    [("q", "person:Соловьёва"), ("facet.size", "3")],
    [("q", "!мосту OR !«законодательное собрание»")],
    [("q", "губернатор / (мост ИЛИ собрание) НЕ спорт")],
    [("q", '"мост река"~5 | гоб?рнатор | губирнатор~')],
    [("q", 'мост\\!моста персона:"Соловьева Е."')],
    [("person", "Екатерина Соловьёва"), ("person", "Тагиев"), ("person.mode", "any")],
    [("person", "Соловьева"), ("person", "Ольга Дюма"), ("person.mode", "all")],
    [("org.not", "МЧС"), ("source", "Деловой край"), ("from", "2021"), ("to", "2022-06")],
    [("org.missing", "1"), ("section", "Спорт"), ("offset", "2"), ("limit", "2")],
    [("q", "кубок"), ("group", "reprints"), ("limit", "1")],
    [("q", 'персона:(Ремизов ИЛИ "зуеву виталию") -заголовок:мост')],
    [("q", "org:«М.Ч.С.» OR person:(А.П. Ремизов) -текст:«узкий состав»")],
    [("q", "„час двадцать“ OR 'первая свая' OR “без бумажки”")],
    [("q", "!-мосту date:[2021 ДО 2022 -(паром"), ("sort", "-date")],
    [("q", "Край, по выражению докладчика, «сто лет живёт на двух берегах» — час двадцать!")],
    [("q", "(мост"), ("person", "Никто")],
]


@pytest.fixture(scope="module")
def ways(demo_folder):
    """Each way to ask: parameters in, the answer without its time out."""
    client = create_app(demo_folder).test_client()

    def library(pairs):
        return json.loads(json.dumps(Archive(demo_folder).search(Request.from_params(pairs))))

    def command(pairs):
        options = [
            f"--{name.replace('.', '-')}" + ("" if name.endswith("missing") else f"={value}")
            for name, value in pairs
            if name != "q"
        ]
        query = [value for name, value in pairs if name == "q"]
        arguments = ["search", "--index", str(demo_folder), "--json", *options, "--", *query]
        done = CliRunner().invoke(podshivka, arguments)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    def http(pairs):
        response = client.get(f"/api/v1/search?{urlencode(pairs)}")
        assert response.status_code == 200, response.text
        return response.json

    return {"library": library, "command": command, "http": http}


@pytest.mark.parametrize("pairs", QUESTIONS)
def test_answers_agree(ways, pairs):
    answers = {}
    for way, ask in ways.items():
        answers[way] = ask(pairs)
        assert ("elapsed_ms" in answers[way]) == (way != "command")
        answers[way].pop("elapsed_ms", None)
    assert answers["library"] == answers["command"] == answers["http"]


def test_the_questions_are_worth_asking(ways):
    totals = [ways["library"](pairs)["total"] for pairs in QUESTIONS]
    assert totals[0] == 135
    assert all(totals[:-1]) and totals[-1] == 0
    assert max(totals[1:]) < 135


def test_articles_agree(ways, demo_folder):
    client = create_app(demo_folder).test_client()
    done = CliRunner().invoke(
        podshivka, ["show", "--index", str(demo_folder), "--json", "politics-001"]
    )
    assert json.loads(done.stdout) == client.get("/api/v1/articles/politics-001").json

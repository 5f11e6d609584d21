"""Errors: problems under /api, pages elsewhere, never a traceback."""

import pytest

from web.app import create_app


def problem(client, url: str) -> dict:
    answer = client.get(url)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    return answer.json


def test_a_wrong_number_names_its_parameter_and_its_bounds(client):
    assert problem(client, "/api/v1/search?limit=many") == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "“limit” is a whole number, found “many”. It may be from 0 to 100.",
        "parameter": "limit",
        "value": "many",
        "rule": "number",
        "low": 0,
        "high": 100,
    }


@pytest.mark.parametrize(
    "query, parameter, rule",
    [
        ("colour=red", "colour", "unknown"),
        ("lang=en", "lang", "unknown"),
        ("sort=size", "sort", "choice"),
        ("person.mode=some", "person.mode", "choice"),
        ("facets=person,colour", "facets", "choice"),
        ("from=tomorrow", "from", "date"),
        ("from=2022&to=2021", "from", "range"),
        ("q=date:tomorrow", "q", "query"),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/articles/visit", "/api/v1/facets/org"])
def test_every_route_names_the_wrong_parameter(client, path, query, parameter, rule):
    found = problem(client, f"{path}?{query}")
    assert (found["status"], found["parameter"], found["rule"]) == (400, parameter, rule)


@pytest.mark.parametrize(
    "path, detail",
    [
        ("/api/v1/articles/nothing", "No article has the id “nothing”."),
        (
            "/api/v1/facets/colour",
            "There is no facet “colour”; there are person, org, source, section.",
        ),
    ],
)
def test_what_is_not_there_is_a_404_problem(client, path, detail):
    found = problem(client, path)
    assert (found["status"], found["title"], found["detail"]) == (404, "Not Found", detail)


def test_an_unknown_route_is_a_404_problem(client):
    assert problem(client, "/api/v2/search")["status"] == 404
    assert problem(client, "/api/v1/")["status"] == 404


def test_a_wrong_method_is_a_405_problem_that_names_the_right_ones(client):
    answer = client.post("/api/v1/search")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "url, status, words",
    [
        ("/nothing", 404, "Такой страницы нет"),
        ("/nothing?lang=en", 404, "No such page"),
        ("/articles/nothing", 404, "Такой статьи нет"),
        ("/?limit=many", 400, "Подойдёт от 0 до 100."),
        ("/?limit=many&lang=en", 400, "It may be from 0 to 100."),
        ("/?sort=size", 400, "Подойдёт одно из: relevance, date, -date."),
        ("/articles/visit?from=tomorrow", 400, "«tomorrow» — не дата."),
        (
            "/articles/visit?from=2022&to=2021",
            400,
            "Период начинается (2022) позже, чем заканчивается.",
        ),
        ("/?colour=red", 400, "Параметра «colour» у поиска нет."),
        ("/articles/visit?limit=many", 400, "Подойдёт от 0 до 100."),
    ],
)
def test_pages_explain_in_the_language_of_the_reader(client, url, status, words):
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert words in answer.text


def test_a_broken_query_is_shown_with_its_place_marked(client):
    page = client.get("/?q=мост date:завтра").text
    assert "мост date:<mark>завтра</mark>" in page
    assert 'value="мост date:завтра"' in page


def test_a_wrong_parameter_can_be_dropped(client):
    assert 'href="/?person=%D0%98%D0%A1%D0%98&amp;lang=en"' in (
        client.get("/?limit=many&person=ИСИ&from=&lang=en").text
    )


def test_a_failure_shows_no_traceback_and_is_logged(folder, monkeypatch, caplog):
    app = create_app(folder)
    monkeypatch.setattr(app.config["ARCHIVE"], "search", lambda request: 1 / 0)
    client = app.test_client()
    found = problem(client, "/api/v1/search")
    assert (found["status"], "server's log" in found["detail"]) == (500, True)
    page = client.get("/")
    assert page.status_code == 500
    assert "ZeroDivisionError" not in page.text and "У нас что-то сломалось" in page.text
    assert "ZeroDivisionError" in caplog.text


def test_an_index_that_cannot_be_read_is_a_503(tmp_path):
    path = tmp_path / "file"
    path.write_text("not an index")
    client = create_app(path).test_client()
    found = problem(client, "/api/v1/search")
    assert (found["status"], str(tmp_path) in found["detail"]) == (503, False)
    page = client.get("/")
    assert page.status_code == 503
    assert "Архив сейчас недоступен" in page.text


@pytest.mark.parametrize(
    "accepted, language",
    [
        (None, "en"),
        ("*", "en"),
        ("de", "en"),
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8", "ru"),
        ("en-US,en;q=0.9,ru;q=0.8", "en"),
        ("en;q=0.2, ru;q=0.7", "ru"),
        ("fr, ru;q=0", "en"),
        (";;,q=,\xff", "en"),
    ],
)
def test_a_problem_is_told_in_the_language_that_is_accepted(client, accepted, language):
    headers = {"Accept-Language": accepted} if accepted else {}
    answer = client.get("/api/v1/search?limit=many", headers=headers)
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert (answer.json["title"], answer.json["detail"]) == {
        "en": ("Bad Request", "“limit” is a whole number, found “many”. It may be from 0 to 100."),
        "ru": (
            "Неверный запрос",
            "Параметр «limit» — это целое число, а указано «many». Подойдёт от 0 до 100.",
        ),
    }[language]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "path, words",
    [
        ("search?colour=red", ("colour", "person.mode")),
        ("search?sort=size", ("sort", "size", "-date")),
        ("search?from=tomorrow", ("tomorrow", "2022-08-19")),
        ("search?from=2022&to=2021", ("2022",)),
        ("search?q=date:tomorrow", ("date:2022-08",)),
        ("articles/nothing", ("nothing",)),
        ("persons/Иванов", ("Иванов", "Сергей Михайлович Иванов")),
        ("facets/colour", ("colour", "person")),
    ],
)
def test_every_problem_says_what_was_wrong_and_what_would_be_right(client, language, path, words):
    answer = client.get(f"/api/v1/{path}", headers={"Accept-Language": language})
    assert answer.status_code in (400, 404)
    assert all(word in answer.json["detail"] for word in words)

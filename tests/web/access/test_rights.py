"""Who may do what: hosts, tokens, the form to sign in, and requests that other sites send."""

import dataclasses
import html
import re

import pytest

from web.access.tokens import TokenFile, new_token
from web.app import create_app
from web.settings import Settings

PAGES = ("/", "/articles/visit", "/nothing", "/api/")
API = ("/api/v1/search", "/api/v1/health", "/api/v1/openapi.json", "/api/v1/export?format=csv")
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def tokens(tmp_path):
    """A file with a token to read and one to edit; their secrets by name."""
    file = TokenFile(tmp_path / "tokens.json")
    return file, {"Читатель": file.add("Читатель", False), "Архивист": file.add("Архивист", True)}


@pytest.fixture
def closed(folder, tokens):
    """A client of a server that asks for a token, and edits."""
    return create_app(folder, Settings(public=False, editing=True, tokens=tokens[0])).test_client()


def bearer(tokens, name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens[1][name]}"}


def sign_in(client, tokens, name: str, next: str = "", **headers: str):
    return client.post(
        "/sign-in", data={"token": tokens[1][name], "next": next}, headers=headers or OWN
    )


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_a_token_leads_to_the_form(closed, path):
    answer = closed.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=/")
    assert "Ключ доступа" in closed.get(answer.location).text


@pytest.mark.parametrize("path", API)
def test_the_api_without_a_token_is_a_401_problem(closed, path):
    answer = closed.get(path)
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", API)
def test_the_api_with_a_token_answers(closed, tokens, path):
    assert closed.get(path, headers=bearer(tokens, "Читатель")).status_code == 200
    assert closed.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert closed.get(path, headers={"Authorization": "Basic ключ"}).status_code == 401


def test_signing_in_keeps_the_token_out_of_reach_of_scripts_and_leads_on(closed, tokens):
    answer = sign_in(closed, tokens, "Читатель", next="/?q=мост")
    assert (answer.status_code, answer.location) == (303, "/?q=%D0%BC%D0%BE%D1%81%D1%82")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert closed.get("/?q=мост").status_code == 200
    assert "Вы вошли как «Читатель»" in closed.get("/sign-in").text
    assert closed.post("/sign-out", headers=OWN).status_code == 303
    assert closed.get("/?q=мост").status_code == 303


def test_a_page_leads_to_the_form_and_from_there_back(folder, tokens):
    client = create_app(folder, Settings(editing=True, tokens=tokens[0])).test_client()
    (form,) = re.findall('class="account" href="([^"]*)"', client.get("/?q=мост").text)
    page = client.get(html.unescape(form)).text
    assert re.findall('class="account" href="([^"]*)"', page) == [form]
    (further,) = re.findall('name="next" value="([^"]*)"', page)
    answer = sign_in(client, tokens, "Архивист", next=html.unescape(further))
    assert answer.location == "/?q=%D0%BC%D0%BE%D1%81%D1%82"


@pytest.mark.parametrize("path", ["/corrections", "/corrections/undo?lang=en"])
def test_from_a_correction_without_a_token_signing_in_leads_to_the_start_page(folder, tokens, path):
    client = create_app(folder, Settings(editing=True, tokens=tokens[0])).test_client()
    refused = client.post(path, headers=OWN)
    (form,) = re.findall('class="account" href="([^"]*)"', refused.text)
    (further,) = re.findall('name="next" value="([^"]*)"', client.get(html.unescape(form)).text)
    answer = sign_in(client, tokens, "Архивист", next=html.unescape(further))
    assert (refused.status_code, client.get(answer.location).status_code) == (401, 200)
    assert answer.location == ("/?lang=en" if "lang" in path else "/")


def test_the_form_says_that_a_token_is_wrong(closed):
    answer = closed.post("/sign-in", data={"token": "wrong"}, headers=OWN)
    assert answer.status_code == 401
    assert "Такого ключа нет" in answer.text and "wrong" not in answer.text


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\n/b"],
)
def test_signing_in_leads_to_no_other_site(closed, tokens, elsewhere):
    assert sign_in(closed, tokens, "Читатель", next=elsewhere).location == "/"


def test_a_token_that_is_removed_is_refused_from_then_on(closed, tokens):
    headers = bearer(tokens, "Читатель")
    assert closed.get("/api/v1/health", headers=headers).status_code == 200
    tokens[0].remove("Читатель")
    assert closed.get("/api/v1/health", headers=headers).status_code == 401


def test_a_damaged_file_of_tokens_opens_nothing(closed, tokens, caplog):
    tokens[0].path.write_text('[{"name": "x"}]')
    answer = closed.get("/api/v1/health", headers=bearer(tokens, "Архивист"))
    assert answer.status_code == 401
    assert "damaged" in caplog.text and tokens[1]["Архивист"] not in caplog.text


@pytest.mark.parametrize(
    "host, status",
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("192.168.1.7", 200),
        ("archive.example", 200),
        ("archive.example.:80", 200),
        ("evil.example", 421),
        ("localhost.evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("[", 421),
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/static/base.css", "/sign-in"])
def test_only_known_names_are_answered(folder, host, status, path):
    client = create_app(folder, Settings(hosts=("archive.example",))).test_client()
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == status
    if status == 421 and path.startswith("/api/"):
        assert "--allow-host" in answer.json["detail"]


HIDE = {"kind": "person", "names": ["Никто"]}


@pytest.mark.parametrize(
    "settings, name, status, words",
    [
        ({"editing": False}, "Архивист", 403, "--edit"),
        ({}, "Читатель", 403, "«Читатель»"),
        ({}, None, 401, "Нужен ключ"),
        ({"public": True}, None, 401, "Нужен ключ"),
        ({}, "Архивист", 404, "Никто"),
    ],
)
def test_edits_need_a_server_that_edits_and_a_token_to_edit(
    folder, tokens, settings, name, status, words
):
    asked = Settings(public=False, editing=True, tokens=tokens[0])
    client = create_app(folder, dataclasses.replace(asked, **settings)).test_client()
    headers = bearer(tokens, name) if name else OWN
    headers = headers | {"Accept-Language": "ru"}
    answer = client.post("/api/v1/entities/hide", json=HIDE, headers=headers)
    assert answer.status_code == status
    assert words in answer.json["detail"]


@pytest.mark.parametrize(
    "headers, status",
    [
        ({"Sec-Fetch-Site": "same-origin"}, 404),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://localhost"}, 404),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({}, 403),
    ],
)
def test_a_cookie_serves_pages_of_this_site_only(closed, tokens, headers, status):
    sign_in(closed, tokens, "Архивист")
    answer = closed.post("/api/v1/entities/hide", json=HIDE, headers=headers)
    assert answer.status_code == status


def test_another_site_cannot_sign_a_reader_in(closed, tokens):
    answer = sign_in(closed, tokens, "Читатель", Origin="http://evil.example")
    assert answer.status_code == 403 and "Set-Cookie" not in answer.headers


def test_a_token_of_the_session_edits_while_the_server_runs(folder):
    token, secret = new_token("Дежурный", edit=True)
    client = create_app(folder, Settings(editing=True, session=token)).test_client()
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.post("/api/v1/entities/hide", json=HIDE, headers=headers).status_code == 404
    assert client.post("/api/v1/entities/hide", json=HIDE, headers=OWN).status_code == 401
    assert client.get("/").status_code == 200

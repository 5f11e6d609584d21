"""Corrections over HTTP: the same ledger, the same names, the same refusals."""

import shutil

import pytest

from index.ledger import read
from web.access.tokens import new_token
from web.app import create_app
from web.settings import Settings


@pytest.fixture
def editor(folder, tmp_path):
    """A function that posts to an operation of a server over an index of its own, as Архивист."""
    copy = shutil.copytree(folder, tmp_path / "index")
    token, secret = new_token("Архивист", edit=True)
    client = create_app(copy, Settings(editing=True, session=token)).test_client()
    headers = {"Authorization": f"Bearer {secret}"}

    def post(op: str, **body):
        return client.post(f"/api/v1/entities/{op}", json=body, headers=headers)

    post.client, post.folder, post.headers = client, copy, headers
    return post


def persons(editor) -> set[str]:
    values = editor.client.get("/api/v1/search?facet.size=100").json["facets"]["person"]["values"]
    return {value["name"] for value in values}


def test_a_correction_is_a_line_with_the_name_of_its_token_and_is_seen_at_once(editor):
    before = persons(editor)
    answer = editor("merge", kind="person", names=["Эркин Тукумов", "Фарид Шафиев"])
    assert answer.status_code == 201
    (operation,) = read(editor.folder).operations
    assert (operation.by, operation.names) == ("Архивист", ("Эркин Тукумов", "Фарид Шафиев"))
    assert operation.when
    assert answer.json == {
        "id": operation.id,
        "line": 1,
        "op": "merge",
        "kind": "person",
        "names": ["Эркин Тукумов", "Фарид Шафиев"],
        "to": None,
        "when": operation.when,
        "by": "Архивист",
    }
    assert persons(editor) == before - {"Фарид Шафиев"}
    assert editor.client.get("/api/v1/entities/corrections").json == {"corrections": [answer.json]}
    assert editor("undo", id=operation.id).json == answer.json
    assert persons(editor) == before
    again = editor("undo", id=operation.id)
    assert (again.status_code, "undone already" in again.json["detail"]) == (404, True)


def test_split_rename_and_hide(editor):
    editor("merge", kind="person", names=["Эркин Тукумов", "Фарид Шафиев"])
    assert "Фарид Шафиев" not in persons(editor)
    editor("split", kind="person", names=["Эркин Тукумов", "Фарид Шафиев"])
    assert "Фарид Шафиев" in persons(editor)
    assert editor("rename", kind="person", names=["Фарид Шафиев"], to="Ф. Г.").json["to"] == "Ф. Г."
    assert "Ф. Г." in persons(editor)
    editor("hide", kind="person", names=["Эркин Тукумов"])
    assert "Эркин Тукумов" not in persons(editor)
    renamed = editor("rename", kind="organization", names=["ЦАМО"], to="Центр анализа")
    assert renamed.status_code == 201


@pytest.mark.parametrize(
    "op, body, parameter",
    [
        ("merge", {"kind": "person", "names": ["Эркин Тукумов"]}, "names"),
        ("split", {"kind": "person", "names": ["Эркин Тукумов"]}, "names"),
        ("merge", {"kind": "person", "names": ["Эркин Тукумов"] * 101}, "names"),
        ("hide", {"kind": "person", "names": "Эркин Тукумов"}, "names"),
        ("hide", {"kind": "person", "names": [1]}, "names"),
        ("hide", {"kind": "person", "names": [" "]}, "names"),
        ("hide", {"kind": "person"}, "names"),
        ("hide", {"kind": "source", "names": ["x"]}, "kind"),
        ("hide", {"kind": 1, "names": ["x"]}, "kind"),
        ("hide", {"kind": "person", "names": ["x"], "by": "Другой"}, "by"),
        ("rename", {"kind": "person", "names": ["Эркин Тукумов"]}, "to"),
        ("undo", {}, "id"),
    ],
)
def test_a_wrong_body_is_a_problem_that_names_the_field(editor, op, body, parameter):
    answer = editor(op, **body)
    assert (answer.status_code, answer.json["parameter"]) == (400, parameter)
    assert read(editor.folder).operations == ()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b"\xff", b"null"])
def test_a_body_that_is_no_object_is_a_problem(editor, content):
    answer = editor.client.post(
        "/api/v1/entities/hide", data=content, headers=editor.headers, content_type="text/plain"
    )
    assert (answer.status_code, answer.json["rule"]) == (400, "body")


def test_a_correction_that_changes_nothing_is_a_conflict(editor):
    answer = editor("rename", kind="person", names=["Эркин Тукумов"], to="Фарид Шафиев")
    assert (answer.status_code, "merge them instead" in answer.json["detail"]) == (409, True)
    own = editor("rename", kind="person", names=["Эркин Тукумов"], to="Эркин Тукумов")
    assert (own.status_code, "is the name already" in own.json["detail"]) == (409, True)
    assert editor("hide", kind="person", names=["Эркин Тукумов"]).status_code == 201
    again = editor("hide", kind="person", names=["Эркин Тукумов"])
    assert (again.status_code, "Hidden already" in again.json["detail"]) == (409, True)


def test_a_body_that_is_too_long_is_refused(editor):
    answer = editor("hide", kind="person", names=["я" * 70_000])
    assert answer.status_code == 413

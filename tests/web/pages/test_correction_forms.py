"""Corrections by the forms of an entity's page: written, told, taken back; absent without rights."""

import html
import re
import shutil

import pytest

from index.ledger import read
from web.access.rights import COOKIE
from web.access.tokens import new_token
from web.app import create_app
from web.settings import Settings


@pytest.fixture
def editor(folder, tmp_path):
    """A browser that is signed in to a server over an index of its own, as Архивист."""
    copy = shutil.copytree(folder, tmp_path / "index")
    token, secret = new_token("Архивист", edit=True)
    client = create_app(copy, Settings(editing=True, session=token)).test_client()
    client.set_cookie(COOKIE, secret)
    client.folder = copy
    return client


SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def send(client, path="/corrections", **fields):
    return client.post(path, data=fields, headers=SAME_SITE, follow_redirects=True)


def opened(client, path: str) -> str:
    return html.unescape(client.get(path, follow_redirects=True).text)


def test_the_forms_are_there_only_for_who_may_edit(client, editor):
    for path in ("/persons/Эркин Тукумов", "/organizations/ЦАМО"):
        assert 'method="post"' not in opened(client, path)
        assert 'action="/corrections"' in opened(editor, path)
    editor.delete_cookie(COOKIE)
    assert 'action="/corrections"' not in opened(editor, "/persons/Эркин Тукумов")


def test_who_may_not_edit_cannot_send_them(client):
    fields = {"op": "hide", "facet": "person", "name": "Эркин Тукумов"}
    assert client.post("/corrections", data=fields, headers=SAME_SITE).status_code == 403
    assert client.post("/corrections", data=fields).status_code == 403


def test_a_form_of_another_site_is_refused(editor):
    fields = {"op": "hide", "facet": "person", "name": "Эркин Тукумов"}
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert editor.post("/corrections", data=fields, headers=foreign).status_code == 403
    assert read(editor.folder).operations == ()


def test_two_persons_become_one_and_two_again(editor):
    merged = send(editor, op="merge", facet="person", name="Эркин Тукумов", other="Фарид Шафиев")
    assert merged.status_code == 200
    page = html.unescape(merged.text)
    assert "Объединено: Эркин Тукумов, Фарид Шафиев." in page
    assert '<span lang="ru">Фарид Шафиев</span>' in page and "так решили: Архивист" in page
    (operation,) = read(editor.folder).operations
    assert (operation.op, operation.by) == ("merge", "Архивист")
    assert f'name="id" value="{operation.id}"' in page
    undone = send(editor, "/corrections/undo", id=operation.id)
    assert undone.status_code == 200 and "Фарид Шафиев</span>" not in undone.text
    assert read(editor.folder).operations == ()


def test_ticked_names_are_split_off(editor):
    send(editor, op="merge", facet="person", name="Эркин Тукумов", other="Фарид Шафиев")
    page = send(editor, op="split", facet="person", name="Эркин Тукумов", other="Фарид Шафиев")
    assert "Выделено: Фарид Шафиев." in html.unescape(page.text)
    assert opened(editor, "/persons/Фарид Шафиев").count("Фарид Шафиев</h1>") == 1
    assert [operation.op for operation in read(editor.folder).operations] == ["merge", "split"]


def test_a_split_is_undone_on_the_pages_of_both_that_it_left(editor):
    send(editor, op="merge", facet="person", name="Эркин Тукумов", other="Фарид Шафиев")
    send(editor, op="split", facet="person", name="Эркин Тукумов", other="Фарид Шафиев")
    split = read(editor.folder).operations[-1]
    for name in ("Эркин Тукумов", "Фарид Шафиев"):
        listed = opened(editor, f"/persons/{name}").split('id="corrected"')[1]
        assert listed.index("Выделено: Фарид Шафиев.") < listed.index(f'value="{split.id}"')
    assert "corrected" not in opened(editor, "/persons/Андрей Ремизов")
    undone = send(editor, "/corrections/undo", id=split.id)
    assert ">Эркин Тукумов</h1>" in undone.text and "Фарид Шафиев</span>" in undone.text


def test_a_new_name_and_hiding(editor):
    page = send(editor, op="rename", facet="org", name="ЦАМО", to="Центр анализа")
    assert ">Центр анализа</h1>" in page.text
    page = send(editor, op="hide", facet="org", name="Центр анализа")
    assert "скрыта из фильтров" in page.text and "Это не имя" not in page.text
    made = re.findall(r'name="id" value="(\w+)"', page.text.split('id="corrected"')[1])
    assert made == [operation.id for operation in reversed(read(editor.folder).operations)]


@pytest.mark.parametrize(
    "fields, status, told",
    [
        ({"op": "merge", "other": "Эркин Тукумов"}, 409, "Это уже одно и то же"),
        ({"op": "merge", "other": "Никто"}, 404, "Такого имени в подшивке нет"),
        ({"op": "merge", "other": ""}, 400, "Так спросить нельзя"),
        ({"op": "split", "other": "Эркин Тукумов"}, 409, "ничего не останется"),
        ({"op": "rename", "to": "Фарид Шафиев"}, 409, "это уже кто-то другой"),
        ({"op": "rename"}, 400, "Так спросить нельзя"),
        ({"op": "burn"}, 400, "Так спросить нельзя"),
        ({"op": "hide", "facet": "source"}, 400, "Так спросить нельзя"),
    ],
)
def test_what_cannot_be_is_a_friendly_page(editor, fields, status, told):
    answer = send(editor, **{"facet": "person", "name": "Эркин Тукумов"} | fields)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert told in answer.text
    assert read(editor.folder).operations == ()


def test_what_is_undone_already_is_a_friendly_page(editor):
    answer = send(editor, "/corrections/undo", id="0123456789")
    assert answer.status_code == 404 and "возможно, её уже отменили" in answer.text


def test_names_like_its_own_are_offered(editor):
    page = opened(editor, "/persons/Сергей Михайлович Иванов")
    assert '<option value="Сергей Анатольевич Иванов">' in page
    assert '<option value="Сергей Михайлович Иванов">' not in page

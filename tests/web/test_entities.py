"""The routes of persons and organizations."""

from urllib.parse import quote

import pytest

from search import Archive, Request


def ids(archive: Archive, field: str) -> dict[str, str]:
    facet = archive.search(Request(facet_size=100))["facets"][field]
    return {row["name"]: row["id"] for row in facet["values"]}


def test_a_person_by_id_or_any_name(client, archive):
    id = ids(archive, "person")["Эркин Тукумов"]
    expected = archive.person("Эркин Тукумов")
    for value in (id, "Эркин Тукумов", "тукумов эркин", "ТУКУМОВУ"):
        answer = client.get(f"/api/v1/persons/{quote(value)}")
        assert (answer.status_code, answer.mimetype) == (200, "application/json")
        assert answer.json == expected
    assert expected["id"] == id
    assert (expected["articles"], expected["first_date"]) == (2, "2021-05-02")
    assert [person["name"] for person in expected["persons"]] == ["Андрей Ремизов", "Фарид Шафиев"]


def test_an_organization_by_id_or_any_name(client, archive):
    expected = archive.organization("ЦАМО")
    assert client.get(f"/api/v1/organizations/{expected['id']}").json == expected
    assert client.get("/api/v1/organizations/цамо").json == expected
    assert expected["articles"] == 3


def test_a_name_with_a_slash_is_a_name(hostile):
    person = hostile.get("/api/v1/facets/person").json["values"][0]
    assert (
        hostile.get(f"/api/v1/persons/{quote(person['name'], safe='')}").json["id"] == person["id"]
    )


@pytest.mark.parametrize(
    "path, detail, candidates",
    [
        ("persons/Никто", "No person is called “Никто”.", []),
        ("organizations/Никто", "No organization is called “Никто”.", []),
        ("persons/0123456789abcdef", "No person is called “0123456789abcdef”.", []),
        (
            "persons/Иванов",
            "“Иванов” may be any of: Сергей Анатольевич Иванов, Сергей Михайлович Иванов.",
            ["Сергей Анатольевич Иванов", "Сергей Михайлович Иванов"],
        ),
    ],
)
def test_who_is_not_there_is_a_404_problem(client, path, detail, candidates):
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert (answer.json["detail"], answer.json["candidates"]) == (detail, candidates)


def test_a_parameter_that_is_none_is_a_400_problem(client):
    answer = client.get("/api/v1/persons/ИСИ?colour=red")
    assert (answer.status_code, answer.json["parameter"]) == (400, "colour")

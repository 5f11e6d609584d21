"""The description of the API, held against what the API does."""

import re
from urllib.parse import quote, urlencode

import jsonschema
import pytest

from search.parameters import PARAMETERS, ParameterError


@pytest.fixture
def document(client):
    return client.get("/api/v1/openapi.json").get_json()


def test_every_route_is_described(client, document):
    served = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule).removeprefix("/api/v1")
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    assert served == set(document["paths"])


@pytest.mark.parametrize(
    "path, route, status",
    [
        ("/search?q=визит&person=Тукумов", "/search", 200),
        ("/search?q=(визит&limit=1&offset=1&group=reprints", "/search", 200),
        ("/search?q=Иванов person:Иванов&facet.size=50", "/search", 200),
        ("/search?limit=many", "/search", 400),
        ("/search?q=date:tomorrow", "/search", 400),
        ("/articles/visit?q=визит", "/articles/{id}", 200),
        ("/articles/names/1", "/articles/{id}", 200),
        ("/articles/nothing", "/articles/{id}", 404),
        ("/articles/visit/similar", "/articles/{id}/similar", 200),
        ("/articles/names/1/similar?limit=3", "/articles/{id}/similar", 200),
        ("/articles/nothing/similar", "/articles/{id}/similar", 404),
        ("/persons/Эркин Тукумов", "/persons/{id}", 200),
        ("/persons/Никто", "/persons/{id}", 404),
        ("/organizations/ЦАМО", "/organizations/{id}", 200),
        ("/facets/person?prefix=тук", "/facets/{field}", 200),
        ("/facets/source?q=визит", "/facets/{field}", 200),
        ("/facets/colour", "/facets/{field}", 404),
        ("/export?format=pdf", "/export", 400),
        ("/export?format=csv&after=nothing", "/export", 400),
        ("/search?limit=2&after=council", "/search", 200),
        ("/search?after=nothing", "/search", 400),
        ("/search?q=визит&after=visit", "/search", 400),
        ("/search?q=призидент", "/search", 200),
        ("/suggest?q=со", "/suggest", 200),
        ("/suggest?limit=x", "/suggest", 400),
        ("/compare?person=Тукумов&q=(визит&q=мост", "/compare", 200),
        ("/compare", "/compare", 200),
        ("/compare?q=1&q=2&q=3&q=4&q=5&q=6", "/compare", 400),
        ("/health", "/health", 200),
    ],
)
def test_answers_are_as_described(client, document, path, route, status):
    answer = client.get(f"/api/v1{quote(path, safe='/?&=')}")
    assert answer.status_code == status
    described = document["paths"][route]["get"]["responses"][str(status)]["content"]
    schema = described[answer.mimetype]["schema"] | {"components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer.get_json())


def test_examples_are_taken(client, document):
    for route, operations in document["paths"].items():
        for parameter in operations.get("get", {"parameters": []})["parameters"]:
            if parameter["in"] == "query":
                jsonschema.validate(parameter["example"], parameter["schema"])
                given = parameter["example"]
                value = quote(given[0] if isinstance(given, list) else str(given))
                query = f"{parameter['name']}={value}"
                if route == "/search":
                    assert client.get(f"/api/v1/search?{query}").status_code == 200


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("value", ["", "x", "0", "1", "-1", "101", "2022-13", "none", "date"])
def test_what_the_schema_of_a_parameter_forbids_is_refused(name, value):
    kind = PARAMETERS[name].kind
    given = int(value) if kind.schema["type"] == "integer" and value.isdigit() else value
    try:
        kind.read(name, value)
    except ParameterError:
        return
    jsonschema.validate(given, kind.schema)


def test_the_description_can_be_read(client, document):
    page = client.get("/api/").text
    for path in document["paths"]:
        assert path in page
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in page


OTHERS = {
    "q": "мост",
    "person": "Эркин Тукумов",
    "org": "ЦАМО",
    "source": "Деловая газета",
    "section": "Спорт",
    "from": "2022-08",
    "to": "2021",
    "date.missing": "1",
    "sort": "date",
    "limit": "1",
    "offset": "1",
    "after": "council",
    "facets": "person",
    "facet.size": "1",
    "interval": "year",
}
"""A value of each parameter that changes what is found, or how it is shown."""


@pytest.mark.parametrize(
    "path, route",
    [
        ("/search", "/search"),
        ("/export?format=jsonl", "/export"),
        ("/facets/person", "/facets/{field}"),
        ("/articles/visit", "/articles/{id}"),
        ("/articles/visit/similar", "/articles/{id}/similar"),
        ("/persons/Эркин Тукумов", "/persons/{id}"),
        ("/organizations/ЦАМО", "/organizations/{id}"),
        ("/suggest?q=с", "/suggest"),
    ],
)
def test_the_parameters_of_a_route_are_those_it_acts_on(client, document, path, route):
    def answer(**more: str):
        url = f"/api/v1{path}{'&' if '?' in path else '?'}{urlencode(more)}"
        content = client.get(url).data
        return re.sub(rb'"elapsed_ms":[\d.]+|"links":{.*}', b"", content)

    described = {p["name"] for p in document["paths"][route]["get"].get("parameters", ())}
    plain = answer()
    acting = {name for name, value in OTHERS.items() if answer(**{name: value}) != plain}
    assert acting - {"q"} == described & OTHERS.keys() - {"q"}

"""The OpenAPI document, made of the parameters that requests are read by."""

from functools import lru_cache
from typing import Any

from apispec import APISpec

from index.schema import FACETS
from search.comparison import FORMATS as COMPARISON_FORMATS
from search.comparison import MOST_COMPARED
from search.export import FORMATS
from search.parameters import PARAMETERS, TEXT, Kind, choice
from web.openapi.answers import COMPONENTS, named

_JSON = "application/json"
_ERRORS = {
    400: "A parameter is unknown or its value is wrong.",
    404: "There is no such thing.",
    503: "The index cannot be read.",
}
_ID = ("id", TEXT, "An id, slashes and all.", "20661dc136bf15a2")
_NAME = ("id", TEXT, "An id, or any of its names.", "Эркин Тукумов")
_FACET = ("field", choice(*FACETS), "The facet.", "person")


@lru_cache(1)
def document() -> dict[str, Any]:
    """The description of every route of the API."""
    spec = APISpec(
        title="Подшивка",
        version="1",
        openapi_version="3.1.0",
        info={"description": "Search in an archive of Russian news: who said what, when."},
        servers=[{"url": "/api/v1"}],
    )
    for name, schema in COMPONENTS.items():
        spec.components.schema(name, schema)
    search = _search_parameters()
    exported = {
        written.media_type: {"schema": {"type": "string"}} for written in FORMATS.values()
    } | {"application/rss+xml": {"schema": {"type": "string"}}}
    format = _query("format", choice(*FORMATS, "rss"), "What to write.", "csv", required=True)
    prefix = _query("prefix", TEXT, "How a word of the value begins.", "тук")
    _add(spec, "/search", "Articles, facets and histogram", "SearchAnswer", search)
    _add(
        spec, "/export", "All results as a file, the newest as a feed", exported, [format, *search]
    )
    _add(spec, "/facets/{field}", "Search in a facet", "FacetAnswer", [prefix, *search], _FACET)
    _add(spec, "/articles/{id}", "An article, the query marked", "ArticleAnswer", search, _ID)
    _add(spec, "/persons/{id}", "A person", "PersonAnswer", search, _NAME)
    _add(spec, "/organizations/{id}", "An organization", "OrganizationAnswer", search, _NAME)
    typed = _query("q", TEXT, "What has been typed.", "эрк тук")
    _add(spec, "/suggest", "How it may go on", "SuggestAnswer", [typed, *search[1:]])
    compared = [one for one in search if one["name"] in ("person", "org", "from", "to", "interval")]
    several = _query("q", TEXT, "Articles that a query finds.", "мост", repeated=True)
    table = _query("format", COMPARISON_FORMATS, "What to write; json by default.", "csv")
    _add(
        spec,
        "/compare",
        f"Up to {MOST_COMPARED} persons, organizations and queries on one time line",
        {_JSON: {"schema": named("CompareAnswer")}, "text/csv": {"schema": {"type": "string"}}},
        [several, *compared, table],
    )
    _add(spec, "/health", "Whether the index can be read", "Health", [])
    _add(spec, "/openapi.json", "This document", {_JSON: {"schema": {"type": "object"}}}, [])
    return spec.to_dict()


def _add(
    spec: APISpec,
    path: str,
    summary: str,
    answer: str | dict[str, Any],
    parameters: list[dict[str, Any]],
    place: tuple[str, Kind, str, str] | None = None,
) -> None:
    """A route: what it answers (one of COMPONENTS, or schemas by media type), what it takes, and
    its variable ``place`` in the path: name, kind, description and example."""
    content = {_JSON: {"schema": named(answer)}} if isinstance(answer, str) else answer
    expected = [400] * bool(parameters) + [404] * bool(place) + [503]
    problem = {"application/problem+json": {"schema": named("Problem")}}
    responses = {200: {"description": summary, "content": content}} | {
        status: {"description": _ERRORS[status], "content": problem} for status in expected
    }
    if place:
        name, kind, description, example = place
        parameters = [_path(name, kind, description, example), *parameters]
    operation = {"summary": summary, "parameters": parameters, "responses": responses}
    spec.path(path, operations={"get": operation})


def _search_parameters() -> list[dict[str, Any]]:
    return [
        _query(name, one.kind, one.description, one.example, repeated=one.repeated)
        for name, one in PARAMETERS.items()
    ]


def _query(
    name: str,
    kind: Kind,
    description: str,
    example: str,
    repeated: bool = False,
    required: bool = False,
) -> dict[str, Any]:
    schema = {"type": "array", "items": kind.schema} if repeated else kind.schema
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": required,
        "schema": schema,
        "example": [example] if repeated else _typed(kind, example),
    }


def _path(name: str, kind: Kind, description: str, example: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "description": description,
        "required": True,
        "schema": kind.schema | {"minLength": 1},
        "example": example,
    }


def _typed(kind: Kind, example: str) -> str | int:
    return int(example) if kind.schema["type"] == "integer" else example

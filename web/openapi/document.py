"""The OpenAPI document, made of the parameters that requests are read by."""

from functools import lru_cache
from typing import Any

from apispec import APISpec

from index.ledger import KINDS, LEAST_NAMES
from index.schema import FACETS
from search.answers.comparison import FORMATS as COMPARISON_FORMATS
from search.answers.comparison import MOST_COMPARED
from search.answers.export import FORMATS
from search.parameters import EXPORTED, PARAMETERS, SIZE, TEXT, Kind, choice
from web.corrections import BODIES, MOST_NAMES
from web.openapi.answers import COMPONENTS, list_of, named, record

_JSON = "application/json"
_ERRORS = {
    400: "A parameter or a field of the body is unknown, missing or wrong.",
    401: "A token is needed.",
    403: "The server does not edit, the token may only read, or another site's page asks.",
    404: "There is no such thing.",
    409: "The correction would change nothing, or cannot be made.",
    413: "The body is too long.",
    421: "The server does not know itself under this name.",
    503: "The index cannot be read.",
}
_SELECTION = [
    *(name for name, one in PARAMETERS.items() if one.field is None and one.kind is not SIZE),
    "from",
    "to",
    "date.missing",
]
_TAG = {"ETag": {"description": "Of this answer at this state.", "schema": TEXT.schema}}
_LINK = {"Link": {"description": 'What follows, as rel="next" (RFC 8288).', "schema": TEXT.schema}}
_IN_PIECES = ("/search", "/export")
_KNOWN = "Nothing has changed since the ETag of If-None-Match."
_STRICT = ("CorrectionList",)
"""Answers of routes that take no parameters and refuse any."""

_EDITS = {
    "merge": "Make entities one: the others become the first",
    "split": "Take names out of an entity, the first; they become one of their own",
    "rename": "Show an entity under another name",
    "hide": "Leave entities out of the facets",
}
_ID = ("id", TEXT, "An id, slashes and all.", "20661dc136bf15a2")
_NAME = (
    "id",
    TEXT,
    "An id; a reference, the ten digits in which an id begins after a hyphen and any words; or a name.",
    "Эркин Тукумов",
)
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
        security=[{}, {"token": []}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for name, schema in COMPONENTS.items():
        spec.components.schema(name, schema)
    search, q = _search_parameters(), _search_parameters("q")
    found = _search_parameters("q", *_SELECTION, "group")
    exports = [*found, *_search_parameters("sort", "offset", "after")]
    most = _query("limit", EXPORTED, "Results in this piece; all by default.", "1000")
    sized = _search_parameters("limit")
    records = {written.media_type: {"schema": {"type": "string"}} for written in FORMATS.values()}
    exported = records | {"application/rss+xml": {"schema": {"type": "string"}}}
    format = _query("format", choice(*FORMATS, "rss"), "What to write.", "csv", required=True)
    prefix = _query("prefix", TEXT, "How a word of the value begins.", "тук")
    _add(spec, "/search", "Articles, facets and histogram", "SearchAnswer", search)
    file = "All results as a file, or a piece of them; the newest as a feed"
    _add(spec, "/export", file, exported, [format, most, *exports])
    _add(
        spec,
        "/facets/{field}",
        "Search in a facet",
        "FacetAnswer",
        [prefix, *found, *_search_parameters("facet.size")],
        _FACET,
    )
    article = {_JSON: {"schema": named("ArticleAnswer")}} | records
    record = _query("format", choice("json", *FORMATS), "What to write; json by default.", "ris")
    _add(spec, "/articles/{id}", "An article, the query marked", article, [*q, record], _ID)
    alike = "Articles with words and names in common, reprints left out"
    _add(spec, "/articles/{id}/similar", alike, "SimilarAnswer", sized, _ID)
    _add(spec, "/persons/{id}", "A person", "PersonAnswer", [], _NAME)
    _add(spec, "/organizations/{id}", "An organization", "OrganizationAnswer", [], _NAME)
    typed = _query("q", TEXT, "What has been typed.", "эрк тук")
    _add(spec, "/suggest", "How it may go on", "SuggestAnswer", [typed, *sized])
    compared = _search_parameters("person", "org", "from", "to", "interval")
    several = _query("q", TEXT, "Articles that a query finds.", "мост", repeated=True)
    table = _query("format", COMPARISON_FORMATS, "What to write; json by default.", "csv")
    _add(
        spec,
        "/compare",
        f"Up to {MOST_COMPARED} persons, organizations and queries on one time line",
        {_JSON: {"schema": named("CompareAnswer")}, "text/csv": {"schema": {"type": "string"}}},
        [several, *compared, table],
    )
    for op, summary in _EDITS.items():
        _add_edit(spec, op, summary, 201)
    _add_edit(spec, "undo", "Take a correction back", 200)
    _add(spec, "/entities/corrections", "The corrections in force", "CorrectionList", [])
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
    expected = (
        [400] * bool(parameters or place or answer in _STRICT)
        + [401]
        + [404] * bool(place)
        + [421, 503]
    )
    responses: dict[int, Any] = {200: {"description": summary, "content": content}}
    if path != "/health":
        responses[200]["headers"] = _TAG | (_LINK if path in _IN_PIECES else {})
        responses[304] = {"description": _KNOWN}
    responses |= _problems(expected)
    if place:
        name, kind, description, example = place
        parameters = [_path(name, kind, description, example), *parameters]
    operation = {"summary": summary, "parameters": parameters, "responses": responses}
    spec.path(path, operations={"get": operation})


def _add_edit(spec: APISpec, op: str, summary: str, status: int) -> None:
    """A route that corrects entities."""
    content = {_JSON: {"schema": named("Correction")}}
    responses = {status: {"description": summary, "content": content}}
    operation = {
        "summary": summary,
        "requestBody": {"required": True, "content": {_JSON: {"schema": _body(op)}}},
        "responses": responses | _problems([400, 401, 403, 404, 409, 413, 421, 503]),
        "security": [{"token": []}],
    }
    spec.path(f"/entities/{op}", operations={"post": operation})


def _body(op: str) -> dict[str, Any]:
    filled = TEXT.schema | {"pattern": r"\S"}
    least = 2 if op == "split" else LEAST_NAMES.get(op, 0)
    names = list_of(filled) | {"minItems": least, "maxItems": MOST_NAMES}
    fields = {"kind": choice(*KINDS).schema, "names": names, "to": filled, "id": filled}
    return record({name: schema for name, schema in fields.items() if name in BODIES[op]})


def _problems(statuses: list[int]) -> dict[int, Any]:
    content = {"application/problem+json": {"schema": named("Problem")}}
    return {status: {"description": _ERRORS[status], "content": content} for status in statuses}


def _search_parameters(*names: str) -> list[dict[str, Any]]:
    """The parameters of a search with these names, all by default."""
    return [
        _query(name, one.kind, one.description, one.example, repeated=one.repeated)
        for name, one in PARAMETERS.items()
        if not names or name in names
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

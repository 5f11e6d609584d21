"""Corrections over HTTP: what ``podshivka entities`` does, for the page and for scripts.

Who may call these routes is asked in ``web.access.rights``.
"""

from http import HTTPStatus
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, request

from index.ledger import KINDS, LEAST_NAMES, Operation
from index.schema import KINDS_OF_FACETS
from search import Archive, ParameterError
from search.parameters import choice, unknown
from web.access.rights import rights

blueprint = Blueprint("corrections", __name__, url_prefix="/api/v1/entities")

MOST_NAMES = 100
BODIES = {
    op: {"kind", "names", "to"} if op == "rename" else {"kind", "names"} for op in LEAST_NAMES
} | {"undo": {"id"}}
"""The fields that the body of each operation holds, all of them."""

_FACETS = {kind: facet for facet, kind in KINDS_OF_FACETS.items()}
_kind = choice(*KINDS)


@blueprint.get("/corrections")
def listed() -> Response:
    """The corrections in force, in their order.

    :raise 400: there is a parameter.
    """
    for name, value in request.args.items():
        raise unknown(name, value, ())
    operations = _archive().corrections()
    return _json({"corrections": [described(operation) for operation in operations]})


@blueprint.post("/merge", defaults={"op": "merge"})
@blueprint.post("/split", defaults={"op": "split"})
@blueprint.post("/rename", defaults={"op": "rename"})
@blueprint.post("/hide", defaults={"op": "hide"})
def correct(op: str) -> Response:
    """Write a correction to the ledger: of ``names``, merged ones become the first, split ones
    leave the first.

    :raise 400: a field of the body is missing, unknown or wrong.
    :raise 404: there is no such person or organization.
    :raise 409: the correction would change nothing, or cannot be made.
    """
    body = _body(op)
    facet = _FACETS[_kind.read("kind", _text(body, "kind"))]
    names = _names(body, 2 if op == "split" else LEAST_NAMES[op])
    to = _text(body, "to") if op == "rename" else None
    written = _archive().correct(facet, op, names, to, rights().name)
    return _json(described(written), HTTPStatus.CREATED)


@blueprint.post("/undo")
def undo() -> Response:
    """Take a correction out of the ledger by its id.

    :raise 400: a field of the body is missing, unknown or wrong.
    :raise 404: there is no such correction.
    """
    return _json(described(_archive().undo(_text(_body("undo"), "id"))))


def described(operation: Operation) -> dict[str, Any]:
    """A correction as JSON."""
    return {
        "id": operation.id,
        "line": operation.line,
        "op": operation.op,
        "kind": operation.kind,
        "names": list(operation.names),
        "to": operation.to,
        "when": operation.when,
        "by": operation.by,
    }


def _archive() -> Archive:
    return current_app.config["ARCHIVE"]


def _body(op: str) -> dict[str, Any]:
    fields = BODIES[op]
    try:
        body = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        raise ParameterError("body", "", "body", f"no JSON: {error}") from error
    if not isinstance(body, dict):
        raise ParameterError("body", "", "body", f"a JSON object of {', '.join(sorted(fields))}")
    for name in sorted({*body, *fields}):
        if name not in fields:
            raise unknown(name, "", sorted(fields))
        if name not in body:
            raise ParameterError(name, "", "text", "missing")
    return body


def _text(body: dict[str, Any], name: str) -> str:
    value = body[name]
    if not isinstance(value, str) or not value.strip():
        raise ParameterError(name, "", "text", "expected a string that is not empty")
    return value


def _names(body: dict[str, Any], least: int) -> list[str]:
    names = body["names"]
    listed = isinstance(names, list) and least <= len(names) <= MOST_NAMES
    if not listed or not all(isinstance(name, str) and name.strip() for name in names):
        message = f"expected a list of {least} to {MOST_NAMES} names"
        raise ParameterError("names", "", "names", message, low=least, high=MOST_NAMES)
    return names


def _json(answer: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(orjson.dumps(answer), status, mimetype="application/json")

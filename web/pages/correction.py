"""Corrections of persons and organizations by the forms of their pages.

Who may send them is asked in ``web.access.rights``; ``web.corrections`` does the same for scripts.
"""

from http import HTTPStatus
from typing import Any

from flask import current_app, redirect, request
from werkzeug.wrappers import Response

from index.ledger import LEAST_NAMES, Operation
from index.linking.spelling import spelling
from index.schema import KINDS_OF_FACETS
from search import Archive, ParameterError
from search.parameters import choice
from web.access.rights import rights
from web.mentions import FACETS_OF_KINDS
from web.pages.blueprint import addresses, blueprint

DONE = "done"
"""The parameter of an entity's page that names the correction just made."""

_op = choice(*LEAST_NAMES)
_facet = choice(*KINDS_OF_FACETS)


@blueprint.post("/corrections")
def correct() -> Response:
    """Write a correction: ``op`` on the ``facet``'s entity called ``name``, with ``other`` names
    and, for a new name, ``to``; then back to its page.

    :raise 400: a field is missing or wrong.
    :raise 404: there is no such person or organization.
    :raise 409: the correction would change nothing, or cannot be made.
    """
    facet, op = _facet.read("facet", _field("facet")), _op.read("op", _field("op"))
    others = [name.strip() for name in request.form.getlist("other") if name.strip()]
    if op in ("merge", "split") and not others:
        raise ParameterError("other", "", "text", "missing")
    to = _field("to") if op == "rename" else None
    names = [_field("name"), *(others if op in ("merge", "split") else ())]
    archive: Archive = current_app.config["ARCHIVE"]
    done = archive.correct(facet, op, names, to, rights().name)
    return _back(facet, names[0], done)


@blueprint.post("/corrections/undo")
def undo() -> Response:
    """Take a correction back by its ``id``; then to the page of its first name.

    :raise 404: there is no such correction.
    """
    undone = current_app.config["ARCHIVE"].undo(_field("id"))
    return _back(FACETS_OF_KINDS[undone.kind], undone.names[0], None)


def made(entity: dict[str, Any], operations: tuple[Operation, ...]) -> list[Operation]:
    """The corrections that are about an entity, as the API gives it: those of one of its names,
    and the splits that it was left by, the last first."""
    own = {spelling(variant["name"]) for variant in entity["variants"]}
    own.add(spelling(entity["name"]))
    return [
        operation
        for operation in reversed(operations)
        if operation.kind == entity["kind"] and not own.isdisjoint(map(spelling, _about(operation)))
    ]


def _about(operation: Operation) -> tuple[str, ...]:
    return operation.names + (operation.of.names if operation.of else ())


def _field(name: str) -> str:
    value = request.form.get(name, "").strip()
    if not value:
        raise ParameterError(name, "", "text", "missing")
    return value


def _back(facet: str, name: str, done: Operation | None) -> Response:
    archive: Archive = current_app.config["ARCHIVE"]
    entity = archive.person(name) if facet == "person" else archive.organization(name)
    own = [(DONE, done.id)] if done else []
    page = addresses().entity(facet, entity["id"], *own)
    return redirect(page, HTTPStatus.SEE_OTHER)

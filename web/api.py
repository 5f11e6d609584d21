"""The JSON API: each route asks the archive and writes its answer."""

from http import HTTPStatus
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, g, request

from index.schema import FACETS
from search import Archive, Comparison, Request
from search.answers.comparison import FORMATS as COMPARISON_FORMATS
from search.answers.comparison import comparison_csv
from search.answers.export import FORMATS
from search.parameters import choice
from web.export import written
from web.pieces import link_next
from web.refused import Refused

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

ARTICLE_FORMATS = choice("json", *FORMATS)


@blueprint.get("/search")
def search() -> Response:
    """Articles, facets and histogram for a request.

    :raise 400: a parameter is unknown or its value is wrong.
    """
    asked = Request.from_params(request.args.items(multi=True))
    answer = current_app.config["ARCHIVE"].search(asked)
    links = {name: request.script_root + path for name, path in answer["links"].items()}
    found = _json(answer | {"links": links})
    if answer["next"]:
        link_next(found, asked.going_on(answer["next"]).to_params())
    return found


@blueprint.get("/articles/<article_id:id>")
def article(id: str) -> Response:
    """One article, with the words of ``q`` marked, or as a record in a ``format``.

    :raise 400: a parameter is unknown or its value is wrong.
    :raise 404: there is no such article.
    """
    given = request.args.items(multi=True)
    asked = Request.from_params(pair for pair in given if pair[0] != "format")
    format = ARTICLE_FORMATS.read("format", request.args.get("format") or "json")
    found = current_app.config["ARCHIVE"].article(id, asked.q)
    return _json(found) if format == "json" else written(format, FORMATS[format].lines([found]))


@blueprint.get("/articles/<article_id:id>/similar")
def similar(id: str) -> Response:
    """The articles that have most in common with one, ``limit`` of them; an article whose own id
    ends so is shown as any other.

    :raise 400: a parameter is unknown or its value is wrong.
    :raise 404: there is no such article.
    """
    archive: Archive = current_app.config["ARCHIVE"]
    if f"{id}/similar" in archive:
        return article(f"{id}/similar")
    asked = Request.from_params(request.args.items(multi=True))
    return _json(archive.similar(id, asked.limit))


@blueprint.get("/persons/<article_id:id>")
def person(id: str) -> Response:
    """One person, by id or any name: variants, roles, who and what is named together with them.

    :raise 400: a parameter is unknown or its value is wrong.
    :raise 404: there is no such person.
    """
    Request.from_params(request.args.items(multi=True))
    return _json(current_app.config["ARCHIVE"].person(id))


@blueprint.get("/organizations/<article_id:id>")
def organization(id: str) -> Response:
    """One organization, like a person.

    :raise 400: a parameter is unknown or its value is wrong.
    :raise 404: there is no such organization.
    """
    Request.from_params(request.args.items(multi=True))
    return _json(current_app.config["ARCHIVE"].organization(id))


@blueprint.get("/facets/<field>")
def facet(field: str) -> Response:
    """The values of a facet that begin with ``prefix``, within a request.

    :raise 400: a parameter is unknown or its value is wrong.
    :raise 404: there is no such facet.
    """
    if field not in FACETS:
        raise Refused(HTTPStatus.NOT_FOUND, "no_facet", field=field, choices=", ".join(FACETS))
    given = request.args.items(multi=True)
    asked = Request.from_params((name, value) for name, value in given if name != "prefix")
    prefix = request.args.get("prefix", "")
    return _json(current_app.config["ARCHIVE"].facet(field, prefix, asked))


@blueprint.get("/suggest")
def suggest() -> Response:
    """Words, persons and organizations that ``q`` may be the beginning of, ``limit`` of them.

    :raise 400: a parameter is unknown or its value is wrong.
    """
    given = request.args.items(multi=True)
    asked = Request.from_params((name, value) for name, value in given if name != "q")
    q = request.args.get("q", "").encode(errors="replace").decode()
    return _json(current_app.config["ARCHIVE"].suggest(q, asked.limit))


@blueprint.get("/compare")
def compare() -> Response:
    """How often persons, organizations and queries come up on one time line, and together.

    :raise 400: a parameter is unknown or its value is wrong.
    """
    given = request.args.items(multi=True)
    asked = Comparison.from_params(pair for pair in given if pair[0] != "format")
    format = COMPARISON_FORMATS.read("format", request.args.get("format") or "json")
    answer = current_app.config["ARCHIVE"].compare(asked)
    if format == "json":
        return _json(answer)
    return written(format, [comparison_csv(answer)])


@blueprint.get("/health")
def health() -> Response:
    """Whether the index can be read, its generation and its number of articles."""
    return _json(current_app.config["ARCHIVE"].health())


def _json(answer: dict[str, Any]) -> Response:
    g.hits = answer.get("total")
    return Response(orjson.dumps(answer), mimetype="application/json")

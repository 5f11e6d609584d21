"""Problems: what went wrong, as RFC 9457 JSON under /api and as a page elsewhere."""

from http import HTTPStatus
from typing import Any

import orjson
from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WSGIResponse

from search import (
    ArticleNotFound,
    CorrectionError,
    EntityNotFound,
    IndexUnusable,
    OperationNotFound,
    ParameterError,
    TimeLimit,
)
from search.entities.lookup import NAMED
from web.access.sign_in import to_form
from web.address import asked_by
from web.explanations import explain_error
from web.mentions import FACETS_OF_KINDS
from web.messages import LANGUAGES, Messages, messages
from web.pages.blueprint import addresses, given, language
from web.refused import Refused

MIMETYPE = "application/problem+json"

_RETRY_SECONDS = 5
_API_LANGUAGES = tuple(reversed(LANGUAGES))
"""Those of the page, English first."""

_REASONS = {404: "no_page", 405: "method", 413: "too_long"}
"""What is said of an error of HTTP itself: a key of the catalogues."""

_HEADINGS = {"timeout": "timeout", "queue": "busy"}
"""What heads the pages refused for these reasons: keys of the catalogues after ``error_``."""


def register(app: Flask) -> None:
    """Make the application answer its errors as problems."""
    app.register_error_handler(ParameterError, _wrong_parameter)
    app.register_error_handler(ArticleNotFound, _no_article)
    app.register_error_handler(EntityNotFound, _no_entity)
    app.register_error_handler(CorrectionError, _no_correction)
    app.register_error_handler(OperationNotFound, _no_operation)
    app.register_error_handler(IndexUnusable, _no_index)
    app.register_error_handler(TimeLimit, _too_slow)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failure)


def _wrong_parameter(error: ParameterError) -> Response:
    if _in_api():
        named = {"parameter": error.parameter, "value": error.value, "rule": error.rule}
        detail = explain_error(error, _say())
        return _problem(HTTPStatus.BAD_REQUEST, detail, **named, **error.facts)
    without = [pair for pair in given() if pair[0] != error.parameter and pair[1].strip()]
    return _page(
        HTTPStatus.BAD_REQUEST,
        "parameter",
        explanation=explain_error(error, messages(language())),
        position=error.facts.get("position"),
        retry=_address(without),
    )


def _address(params: list[tuple[str, str]]) -> str | None:
    """The search page with these parameters, or None when they are wrong too."""
    try:
        asked = asked_by(params)
    except ParameterError:
        return None
    return addresses(asked).search(asked)


def _no_article(error: ArticleNotFound) -> Response:
    if _in_api():
        return _problem(HTTPStatus.NOT_FOUND, _say()("detail_no_article", id=error.id))
    return _page(HTTPStatus.NOT_FOUND, "no_article")


def _no_entity(error: EntityNotFound) -> Response:
    candidates = list(error.candidates)
    if not _in_api():
        facet, address = FACETS_OF_KINDS[error.kind], addresses()
        ways = [(name, address.entity(facet, name)) for name in candidates[:NAMED]]
        texts = _address([("q", error.value)])
        facts = {"candidates": ways, "called": error.value, "texts": texts}
        return _page(HTTPStatus.NOT_FOUND, "no_entity", **facts)
    if candidates:
        detail = _say()("detail_unclear", value=error.value, candidates=", ".join(candidates))
    else:
        detail = _say()(f"detail_no_{error.kind}", value=error.value)
    return _problem(HTTPStatus.NOT_FOUND, detail, candidates=candidates)


def _no_correction(error: CorrectionError) -> Response:
    detail = _say()(f"detail_{error.reason}", **error.facts)
    if _in_api():
        return _problem(HTTPStatus.CONFLICT, detail)
    return _page(HTTPStatus.CONFLICT, "correction", explanation=detail)


def _no_operation(error: OperationNotFound) -> Response:
    detail = _say()("detail_no_operation", id=error.id)
    if _in_api():
        return _problem(HTTPStatus.NOT_FOUND, detail)
    return _page(HTTPStatus.NOT_FOUND, "correction", explanation=detail)


def _refused(error: Refused) -> WSGIResponse:
    unknown = error.status == HTTPStatus.UNAUTHORIZED
    if unknown and request.method == "GET" and not _in_api():
        return to_form()
    explained = _say()(f"explain_{error.reason}", **error.facts)
    if _in_api():
        answer = _problem(error.status, explained, **error.facts)
    else:
        heading = _HEADINGS.get(error.reason, "refused")
        answer = _page(error.status, heading, explanation=explained)
    if unknown:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(_RETRY_SECONDS)
    return answer


def _no_index(error: IndexUnusable) -> Response:
    current_app.logger.error("%s", error)
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "no_index")


def _too_slow(error: TimeLimit) -> Response:
    current_app.logger.warning("%s: %s", request.path, error)
    seconds = f"{error.seconds:g}"
    return _refused(Refused(HTTPStatus.SERVICE_UNAVAILABLE, "timeout", seconds=seconds))


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()
    answer = _answer(HTTPStatus(error.code), _REASONS.get(error.code, "http"))
    for name, value in error.get_headers():
        if name != "Content-Type":
            answer.headers[name] = value
    return answer


def _failure(error: Exception) -> Response:
    current_app.logger.exception("failed: %s %s", request.method, request.path)
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "failure")


def _answer(status: HTTPStatus, reason: str) -> Response:
    if _in_api():
        return _problem(status, _say()(f"explain_{reason}"))
    return _page(status, reason)


def _say() -> Messages:
    return messages(_api_language() if _in_api() else language())


def _api_language() -> str:
    """The language that a program asks for, with its quality values; English by default."""
    return request.accept_languages.best_match(_API_LANGUAGES) or _API_LANGUAGES[0]


def _in_api() -> bool:
    return request.path.startswith("/api/") and request.path != "/api/"


def _problem(status: HTTPStatus, detail: str, **facts: Any) -> Response:
    say = _say()
    problem = {
        "type": "about:blank",
        "title": say.catalogue.get(f"status_{status.value}", status.phrase),
        "status": status.value,
        "detail": detail,
        **facts,
    }
    answer = Response(orjson.dumps(problem), status, mimetype=MIMETYPE)
    answer.content_language.add(say.language)
    answer.vary.add("Accept-Language")
    return answer


def _page(status: HTTPStatus, kind: str, **facts: Any) -> Response:
    g.pop("address", None)
    query = request.args.get("q", "")
    page = render_template("error.html", status=status.value, kind=kind, query=query, **facts)
    return Response(page, status)

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
    Request,
)
from web.access.rights import Refused
from web.access.sign_in import to_form
from web.address import Address
from web.explanations import explain_error
from web.messages import messages
from web.pages import language

MIMETYPE = "application/problem+json"


def register(app: Flask) -> None:
    """Make the application answer its errors as problems."""
    app.register_error_handler(ParameterError, _wrong_parameter)
    app.register_error_handler(ArticleNotFound, _no_article)
    app.register_error_handler(EntityNotFound, _no_entity)
    app.register_error_handler(CorrectionError, _no_correction)
    app.register_error_handler(OperationNotFound, _no_operation)
    app.register_error_handler(IndexUnusable, _no_index)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failure)


def _wrong_parameter(error: ParameterError) -> Response:
    if _in_api():
        return _problem(
            HTTPStatus.BAD_REQUEST,
            str(error),
            parameter=error.parameter,
            value=error.value,
            rule=error.rule,
            **error.facts,
        )
    without = [
        pair
        for pair in request.args.items(multi=True)
        if pair[0] not in (error.parameter, "lang") and pair[1].strip()
    ]
    return _page(
        HTTPStatus.BAD_REQUEST,
        "parameter",
        explanation=explain_error(error, messages(language())),
        query=request.args.get("q", ""),
        position=error.facts.get("position"),
        retry=_address(without),
    )


def _address(params: list[tuple[str, str]]) -> str | None:
    """The search page with these parameters, or None when they are wrong too."""
    try:
        asked = Request.from_params(params)
    except ParameterError:
        return None
    return Address(asked, language()).search(asked)


def _no_article(error: ArticleNotFound) -> Response:
    if _in_api():
        return _problem(HTTPStatus.NOT_FOUND, str(error))
    return _page(HTTPStatus.NOT_FOUND, "no_article")


def _no_entity(error: EntityNotFound) -> Response:
    return _problem(HTTPStatus.NOT_FOUND, str(error), candidates=error.candidates)


def _no_correction(error: CorrectionError) -> Response:
    return _problem(HTTPStatus.CONFLICT, str(error))


def _no_operation(error: OperationNotFound) -> Response:
    return _problem(HTTPStatus.NOT_FOUND, str(error))


def _refused(error: Refused) -> WSGIResponse:
    unknown = error.status == HTTPStatus.UNAUTHORIZED
    if unknown and request.method == "GET" and not _in_api():
        return to_form()
    explained = messages(language())(f"explain_{error.reason}", **error.facts)
    if _in_api():
        answer = _problem(error.status, explained)
    else:
        answer = _page(error.status, "refused", explanation=explained)
    if unknown:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _no_index(error: IndexUnusable) -> Response:
    current_app.logger.error("%s", error)
    if _in_api():
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "the index cannot be read")
    return _page(HTTPStatus.SERVICE_UNAVAILABLE, "no_index")


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()
    status = HTTPStatus(error.code)
    if _in_api():
        answer = _problem(status, error.description or status.phrase)
    else:
        answer = _page(status, "no_page" if status == HTTPStatus.NOT_FOUND else "http")
    for name, value in error.get_headers():
        if name != "Content-Type":
            answer.headers[name] = value
    return answer


def _failure(error: Exception) -> Response:
    current_app.logger.exception("failed: %s %s", request.method, request.path)
    if _in_api():
        return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "an error of ours; it is in the log")
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR, "failure")


def _in_api() -> bool:
    return request.path.startswith("/api/") and request.path != "/api/"


def _problem(status: HTTPStatus, detail: str, **facts: Any) -> Response:
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        **facts,
    }
    return Response(orjson.dumps(problem), status, mimetype=MIMETYPE)


def _page(status: HTTPStatus, kind: str, **facts: Any) -> Response:
    g.pop("address", None)
    page = render_template("error.html", status=status.value, kind=kind, **facts)
    return Response(page, status)

"""Pieces: how the answer with a part of the results leads on to the next part."""

from urllib.parse import urlencode

from flask import Response, request
from werkzeug.urls import iri_to_uri


def link_next(answer: Response, params: list[tuple[str, str]]) -> None:
    """Name the address of the next part, which is asked for by these parameters, in the header
    of RFC 8288: so a program gets all parts, whatever their format."""
    url = f"{request.base_url}?{urlencode(params)}"
    answer.headers["Link"] = f'<{iri_to_uri(url)}>; rel="next"'

"""Answering: a request has so much time, and all that it asks of the archive is one generation's."""

from contextlib import ExitStack

from flask import Flask, Response, current_app, g, request

from search import limited

_SAFE = ("GET", "HEAD")


def register(app: Flask) -> None:
    """Make the application bound what it does for a request until it begins to answer."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(lambda error: _release())


def _begin() -> None:
    g.bounds = ExitStack()
    g.bounds.enter_context(limited(current_app.config["SETTINGS"].timeout))
    if request.method in _SAFE:
        g.bounds.enter_context(current_app.config["ARCHIVE"].one_generation())


def _end(response: Response) -> Response:
    g.generation = current_app.config["ARCHIVE"].answered_generation()
    _release()
    return response


def _release() -> None:
    if "bounds" in g:
        g.bounds.close()

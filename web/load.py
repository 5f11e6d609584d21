"""Load: what a server that is asked for too much refuses, rather than let everyone wait."""

import threading
from contextlib import ExitStack
from http import HTTPStatus

from flask import Flask, current_app

from web.refused import Refused
from web.settings import Settings

LONGEST_QUEUE = 900
"""Requests that wait for a thread."""


def register(app: Flask, settings: Settings) -> None:
    """Make the application refuse what comes when too many requests wait."""
    app.config["EXPORTS"] = threading.BoundedSemaphore(settings.exports)
    app.config["WAITING"] = lambda: 0
    app.before_request(_take)


def _take() -> None:
    if current_app.config["WAITING"]() > LONGEST_QUEUE:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "queue", most=LONGEST_QUEUE)


def export_place() -> ExitStack:
    """A place among the exports that are sent at once, until it is closed.

    Raises Refused when there is none.
    """
    exports: threading.BoundedSemaphore = current_app.config["EXPORTS"]
    if not exports.acquire(blocking=False):
        most = current_app.config["SETTINGS"].exports
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "exports", most=most)
    place = ExitStack()
    place.callback(exports.release)
    return place

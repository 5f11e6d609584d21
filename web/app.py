"""The Flask application: its routes, and the headers that every answer carries."""

from pathlib import Path

from flask import Flask, Response
from werkzeug.routing import BaseConverter

from search import Archive
from web import (
    answering,
    api,
    caching,
    compression,
    corrections,
    export,
    load,
    observation,
    origins,
    pages,
    problems,
    static_files,
)
from web.access import rights, sign_in
from web.openapi import routes as openapi
from web.settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What every answer says to a browser: nothing from elsewhere, nothing inside another page."""

LARGEST_BODY_BYTES = 64 * 1024
"""A correction of some hundred names."""


class ArticleId(BaseConverter):
    """An article's id in a path: any characters, slashes too."""

    regex = "(?s:.+?)"
    part_isolating = False


def create_app(folder: Path, settings: Settings = Settings()) -> Flask:
    """The web page and the API over the index in a folder."""
    app = Flask("web")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY_BYTES
    app.config["ARCHIVE"] = Archive(folder)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.url_map.merge_slashes = False
    app.url_map.converters["article_id"] = ArticleId
    observation.register(app, settings)
    static_files.register(app)
    compression.register(app)
    origins.register(app, settings)
    load.register(app, settings)
    rights.register(app, settings)
    answering.register(app)
    caching.register(app)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(corrections.blueprint)
    app.register_blueprint(sign_in.blueprint)
    app.register_blueprint(export.blueprint)
    app.register_blueprint(openapi.blueprint)
    app.register_blueprint(pages.blueprint)
    problems.register(app)
    app.after_request(_secured)
    return app


def _secured(response: Response) -> Response:
    response.headers.update(SECURITY)
    return response

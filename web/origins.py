"""Origins: other sites whose pages may ask the API from a browser (CORS).

Never with the reader's cookie: such a page has a token of its own, or reads what is open to all.
"""

from flask import Flask, Response, current_app, request

from web.settings import Settings

_METHODS = "GET, HEAD, POST"
_HEADERS = "Authorization, Content-Type, If-None-Match"
_SHOWN = "Content-Disposition, ETag, Link"
_SECONDS = "86400"


def register(app: Flask, settings: Settings) -> None:
    """Make the application say which origins may read the answers of the API, if any."""
    if settings.origins:
        app.after_request(_allowed)


def _allowed(response: Response) -> Response:
    if not request.path.startswith("/api/"):
        return response
    origins = current_app.config["SETTINGS"].origins
    origin = request.headers.get("Origin")
    response.vary.add("Origin")
    if origin not in origins and "*" not in origins:
        return response
    response.headers["Access-Control-Allow-Origin"] = "*" if "*" in origins else origin
    response.headers["Access-Control-Expose-Headers"] = _SHOWN
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = _HEADERS
        response.headers["Access-Control-Max-Age"] = _SECONDS
    return response

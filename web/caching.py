"""Caching: what was answered before is not worked out again while nothing has changed.

The tag of an answer is made of the archive's state and the request, so it is known before the
answer is. It is a weak one (RFC 9110, 8.8.1): an answer says how long it took, and may be sent
compressed or not, so its bytes differ where its meaning does not.
"""

import hashlib
import time

from flask import Flask, Response, current_app, g, request

from web.access.rights import rights

_TAGGED = ("api", "corrections", "export", "openapi", "pages")
"""Blueprints whose answers depend on nothing but the archive and the request."""

_NEVER = ("api.health",)


def register(app: Flask) -> None:
    """Make the application tag its answers and know them again."""
    app.config["STARTED"] = time.time_ns()
    app.before_request(_known)
    app.after_request(_described)


def _known() -> Response | None:
    tagged = request.blueprint in _TAGGED and request.endpoint not in _NEVER
    if request.method not in ("GET", "HEAD") or not tagged:
        return None
    g.tag = _tag()
    if not request.if_none_match.contains_weak(g.tag):
        return None
    return Response(status=304)


def _tag() -> str:
    state = current_app.config["STARTED"], *current_app.config["ARCHIVE"].state()
    asked = request.root_url, request.full_path, rights(), request.headers.get("Cookie", "")
    return hashlib.sha256(repr((state, asked)).encode(errors="replace")).hexdigest()[:32]


def _described(response: Response) -> Response:
    tag = g.get("tag")
    if tag and response.status_code in (200, 304):
        response.set_etag(tag, weak=True)
        public = current_app.config["SETTINGS"].public
        response.cache_control.no_cache = True
        response.cache_control.private = None if public else True
        response.vary.update(
            ("Accept-Encoding",) if public else ("Accept-Encoding", "Authorization", "Cookie")
        )
    elif request.endpoint != "static":
        response.cache_control.no_store = True
    return response

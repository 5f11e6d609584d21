"""The routes of the description: as JSON, and as a page to read."""

import orjson
from flask import Blueprint, Response, render_template, request

from web.openapi.document import document

blueprint = Blueprint("openapi", __name__, url_prefix="/api")


@blueprint.get("/v1/openapi.json")
def description() -> Response:
    """The OpenAPI document; its server is where the reader reached it."""
    served = document() | {"servers": [{"url": f"{request.script_root}/api/v1"}]}
    return Response(orjson.dumps(served), mimetype="application/json")


@blueprint.get("/")
def page() -> str:
    """The same for a reader."""
    return render_template("api.html", document=document())

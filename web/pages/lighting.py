"""The way to another theme and back, for browsers without scripts."""

from flask import redirect, request
from werkzeug.wrappers import Response

from web.pages.blueprint import blueprint
from web.theme import remember


@blueprint.get("/theme/<any(light, dark, system):choice>")
def lighting(choice: str) -> Response:
    """The page at ``back``, a path of this site, lit as chosen from now on."""
    back = request.args.get("back", "")
    elsewhere = not back.startswith("/") or back[1:2] in ("/", "\\")
    response = redirect(request.script_root + ("/" if elsewhere else back))
    remember(response, choice)
    return response

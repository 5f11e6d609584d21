"""The way to another theme and back, for browsers without scripts."""

from flask import redirect, request
from werkzeug.wrappers import Response

from web.pages.blueprint import blueprint
from web.paths import own_path
from web.theme import remember


@blueprint.get("/theme/<any(light, dark, system):choice>")
def lighting(choice: str) -> Response:
    """The page at ``back``, a path of this site, lit as chosen from now on."""
    back = own_path(request.args.get("back", "")) or "/"
    response = redirect(request.script_root + back)
    remember(response, choice)
    return response

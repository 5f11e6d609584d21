"""The page of one facet: its values that begin as typed, as boxes; the search page looks there
while a reader types, and without scripts its form leads there."""

from flask import current_app, g, render_template, request
from werkzeug.wrappers import Response

from web.address import asked_by, page_params
from web.pages.blueprint import addresses, blueprint, given, shorter

MOST_SHOWN = 100


@blueprint.get("/facets/<any(person, org, source, section):field>")
def facet(field: str) -> str | Response:
    """The commonest values of a facet that begin with ``prefix``, among what a request finds.

    :raise 400: a parameter is unknown or its value is wrong.
    """
    asked = asked_by(pair for pair in given() if pair[0] != "prefix")
    prefix = request.args.get("prefix", "").encode(errors="replace").decode().strip()
    own = [*page_params(asked), *([("prefix", prefix)] if prefix else [])]
    g.address = address = addresses(asked, own)
    if short := shorter():
        return short
    wider = asked.sized(field, MOST_SHOWN)
    values = current_app.config["ARCHIVE"].facet(field, prefix, wider)["values"]
    shown = {(f"{field}.not" if row["excluded"] else field, row["id"]) for row in values}
    kept = [pair for pair in page_params(asked) if pair[0] not in ("q", "offset")]
    return render_template(
        "facet.html",
        asked=asked,
        field=field,
        prefix=prefix,
        values=values,
        most=MOST_SHOWN,
        hidden=[*address.written(pair for pair in kept if pair not in shown), *address.view],
    )

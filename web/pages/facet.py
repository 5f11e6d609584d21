"""The page of one facet: its values that begin as typed, as boxes; the search page looks there
while a reader types, and without scripts its form leads there."""

from flask import current_app, g, render_template, request

from search import Request
from web.pages.blueprint import addresses, blueprint, given

MOST_SHOWN = 100


@blueprint.get("/facets/<any(person, org, source, section):field>")
def facet(field: str) -> str:
    """The commonest values of a facet that begin with ``prefix``, among what a request finds.

    :raise 400: a parameter is unknown or its value is wrong.
    """
    asked = Request.from_params(pair for pair in given() if pair[0] != "prefix")
    g.address = address = addresses(asked)
    prefix = request.args.get("prefix", "").encode(errors="replace").decode()
    wider = asked.replace(facet_size=MOST_SHOWN)
    values = current_app.config["ARCHIVE"].facet(field, prefix, wider)["values"]
    shown = {(f"{field}.not" if row["excluded"] else field, row["id"]) for row in values}
    kept = [pair for pair in asked.to_params() if pair[0] not in ("q", "offset")]
    return render_template(
        "facet.html",
        asked=asked,
        field=field,
        prefix=prefix,
        values=values,
        hidden=[pair for pair in (*kept, *address.view) if pair not in shown],
    )

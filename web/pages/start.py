"""The start page: what the archive holds, who is named in it of late, and how to ask."""

from typing import Any

from flask import current_app, g, render_template
from werkzeug.wrappers import Response

from search import Archive, Request
from web.address import STORIES, Address
from web.calendar import rows
from web.pages.blueprint import addresses, shorter

NEWEST = 5
"""Articles that are shown, the newest."""


def start() -> str | Response | None:
    """The start page, or None for an archive without articles."""
    archive: Archive = current_app.config["ARCHIVE"]
    stats = archive.stats()
    if not stats["articles"]:
        return None
    g.address = address = addresses()
    if short := shorter():
        return short
    overview = archive.overview()
    newest = STORIES.replace(limit=NEWEST, facets=())
    return render_template(
        "start.html",
        stats=stats,
        named=overview["named"] and _named(overview["named"], address),
        calendars=[
            calendar | {"rows": list(rows(calendar, address))}
            for calendar in overview["calendar"]["rows"]
        ],
        sources=overview["calendar"]["sources"],
        examples=overview["examples"],
        newest=archive.search(newest)["results"],
    )


def _named(named: dict[str, Any], address: Address) -> dict[str, Any]:
    """Who is named, each with the search for their articles of the month."""
    month = Request(date_from=named["month"], date_to=named["month"])
    return named | {
        "lists": [
            (
                facet,
                [
                    one | {"articles": address.search(month.select(facet, one["id"]))}
                    for one in named[name]
                ],
            )
            for name, facet in (("persons", "person"), ("organizations", "org"))
            if named[name]
        ],
    }

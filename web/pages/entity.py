"""The pages of a person and of an organization: names, roles, who is beside them, when."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from index.dates import days
from search import Archive, Request
from search.parameters import PARAMETERS
from web.access.rights import rights
from web.address import asked_by
from web.explanations import explain_reason
from web.messages import messages
from web.pages.blueprint import addresses, blueprint, language, shorter
from web.pages.correction import DONE, made
from web.pages.dates import told_apart, widened
from web.timeline import intervals, timeline

LATEST = 10
"""Articles that are listed, the newest."""

MAIN_ROLES = 12
"""Roles that are shown at once, those of the most articles."""

LEAST_PERCENT = 1.0
"""The width of a role of one day, of an entity's whole time."""

_interval = PARAMETERS["interval"].kind

TOGETHER = {"persons": "person", "organizations": "org"}


@blueprint.get("/persons/<article_id:id>")
def person(id: str) -> str | Response:
    """A person, by id; a name leads to it.

    :raise 404: there is no such person.
    """
    archive: Archive = current_app.config["ARCHIVE"]
    return _page("person", id, archive.person(id))


@blueprint.get("/organizations/<article_id:id>")
def organization(id: str) -> str | Response:
    """An organization, by id; a name leads to it.

    :raise 404: there is no such organization.
    """
    archive: Archive = current_app.config["ARCHIVE"]
    return _page("org", id, archive.organization(id))


def _page(facet: str, id: str, found: dict[str, Any]) -> str | Response:
    asked = asked_by([(facet, found["id"])])
    editing = _editing(facet, found) if rights().edit else {}
    done = editing.get("done")
    interval = _interval.read("interval", request.args.get("interval") or "auto")
    drawn = _drawn(interval)
    own = [*drawn, *([(DONE, done.id)] if done else [])]
    g.address = address = addresses(asked, own)
    if id != address.reference(facet, found["id"]):
        return redirect(address.entity(facet, found["id"], *own))
    if short := shorter():
        return short
    say = messages(language())
    archive: Archive = current_app.config["ARCHIVE"]
    counted = address.articles
    bars = counted.request.replace(limit=0, facets=("date",), interval=interval)
    dates = told_apart(bars, archive.search(bars)["facets"]["date"])
    return render_template(
        "entity.html",
        **editing,
        entity=found,
        facet=facet,
        counted=counted,
        latest=archive.search(asked.replace(limit=LATEST, facets=())),
        chart=timeline(dates, None, None, counted.dated(), address.shares),
        interval=interval,
        widened=widened(bars, dates),
        switch=address.switched().entity(facet, found["id"], *drawn),
        intervals=intervals(dates, lambda one: address.entity(facet, found["id"], *_drawn(one))),
        roles=_roles(found),
        together=[(name, TOGETHER[name], found[name]) for name in TOGETHER if found[name]],
        reason=lambda reason: explain_reason(reason, say),
        other="organization" if facet == "person" else "person",
    )


def _drawn(interval: str) -> list[tuple[str, str]]:
    """The parameters of a page whose bars are days, months or years."""
    return [("interval", interval)] if interval != "auto" else []


def _editing(facet: str, entity: dict[str, Any]) -> dict[str, Any]:
    """What the forms of corrections need: the one just made, all about this entity, and the
    names that share a word with its own."""
    archive: Archive = current_app.config["ARCHIVE"]
    corrections = made(entity, archive.corrections())
    just = request.args.get(DONE)
    words = dict.fromkeys(entity["name"].split())
    rows = [row for word in words for row in archive.facet(facet, word, Request())["values"]]
    return {
        "corrections": corrections,
        "done": next((one for one in archive.corrections() if one.id == just), None),
        "alike": [n for n in dict.fromkeys(r["name"] for r in rows) if n != entity["name"]],
    }


def _roles(entity: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The roles, each with its place in time: the ``main`` ones, and the ``rarer``."""
    roles = [role | {"place": _place(role, entity)} for role in entity["roles"]]
    commonest = sorted(range(len(roles)), key=lambda n: -roles[n]["count"])[:MAIN_ROLES]
    main = [roles[n] for n in sorted(commonest)]
    return {"main": main, "rarer": [role for role in roles if role not in main]}


def _place(role: Mapping[str, Any], entity: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where a role lies in an entity's time: its start and width, in per cent of the whole."""
    if not role["first"]:
        return None
    begins, ends = days(entity["first_date"])[0], days(entity["last_date"])[1]
    whole = ends + 1 - begins
    first, last = days(role["first"])[0], days(role["last"])[1]
    start = 100 * (first - begins) / whole
    width = max(LEAST_PERCENT, 100 * (last + 1 - first) / whole)
    return round(min(start, 100 - width), 2), round(width, 2)

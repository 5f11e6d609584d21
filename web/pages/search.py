"""The search page: hits, facets, histogram."""

from collections.abc import Iterable
from typing import Any

from flask import current_app, g, render_template
from werkzeug.wrappers import Response

from index.schema import KINDS_OF_FACETS
from search import Request
from search.answers.comparison import MOST_COMPARED
from web.address import ENTITY_PAGES, Address, asked_by, page_params, search_params
from web.chips import Chip, chips
from web.explanations import explain_error, explain_part, explain_warning
from web.messages import Messages, messages
from web.pages.blueprint import addresses, blueprint, given, language, shorter
from web.pages.dates import told_apart, widened
from web.pages.period import Period, read_period
from web.pages.start import start
from web.paging import pages
from web.timeline import Timeline, intervals, timeline

FACET_SIZES = (Request().facet_size, 100)
"""How many values of a facet are shown at first, and on demand."""


SEVERAL_VALUED = ("person", "org")
"""Facets of which an article may have several values, so that all of some can be asked for."""

HIT_NUMBERS = (Request().limit, 20, 50)
"""How many hits a page may be asked to show."""


@blueprint.get("/")
def search() -> str | Response:
    """The search page: hits, facets, histogram; where nothing is asked for, the start page.

    A form sends its empty fields too; the answer to that is the address without them. A period
    that is written backwards is turned round, and an end that is no date is passed over, with a
    notice.

    :raise 400: another parameter is unknown or its value is wrong.
    """
    pairs = given()
    if not pairs and (page := start()):
        return page
    asked, period = read_period(pairs, asked_by)
    asked = asked.replace(after=None)
    if asked.sort == asked.replace(sort=None).sorting:
        asked = asked.replace(sort=None)
    g.address = address = addresses(asked, own=period.own(search_params(asked)))
    if pairs and (short := shorter()):
        return short
    answer = current_app.config["ARCHIVE"].search(asked)
    g.hits = answer["total"]
    facets = answer["facets"]
    if "date" in facets:
        facets["date"] = told_apart(asked, facets["date"])
    boxes = {field: facet for field, facet in facets.items() if field != "date"}
    say = messages(language())
    selected = chips(facets, address, say)
    return render_template(
        "search.html",
        answer=answer,
        asked=asked,
        unit="stories" if asked.folded else "articles",
        warnings=_warnings(answer, period, say),
        unread={end: explain_error(error, say) for end, error in period.unread.items()},
        ends=period.ends(asked),
        facets=boxes,
        charts=_charts(facets.get("date"), address),
        shares_switch=address.switched().search(asked),
        intervals=intervals(facets["date"], address.counted) if "date" in facets else (),
        widened="date" in facets and widened(asked, facets["date"]),
        chips=selected,
        **_in_detail(selected, boxes, address),
        removals={(chip.kind, chip.id): chip.remove for chip in selected},
        hidden=_hidden(address, boxes),
        explained=_explained(answer["results"], say),
        pages=pages(answer["total"], asked.limit, asked.offset),
        facet_sizes=FACET_SIZES,
        several_valued=SEVERAL_VALUED,
        hit_numbers=HIT_NUMBERS,
        facets_of_kinds={kind: facet for facet, kind in KINDS_OF_FACETS.items()},
    )


def _warnings(answer: dict[str, Any], period: Period, say: Messages) -> list[str]:
    """How the query was repaired, and the period."""
    warnings = [explain_warning(warning, say) for warning in answer["query"]["warnings"]]
    return [*warnings, say("warning_range")] if period.swapped else warnings


def _in_detail(selected: list[Chip], facets: dict[str, Any], address: Address) -> dict[str, Any]:
    """The chips of persons and organizations, which have pages, and their comparison."""
    known = {
        (field, row["id"]) for field in ENTITY_PAGES for row in facets.get(field, {}).get("values", ())
        if row["id"] != row["name"]
    }  # fmt: skip
    entities = [chip for chip in selected if (chip.kind, chip.id) in known]
    asked = address.request
    compared = [(chip.kind, chip.id) for chip in entities] + [("q", asked.q)] * bool(asked.q)
    return {
        "entities": entities,
        "comparison": address.page("pages.compare", *compared[:MOST_COMPARED]),
    }


def _explained(results: list[dict[str, Any]], say: Messages) -> dict[str, list[tuple[str, str]]]:
    """The parts of the score of each hit, by its id: how much, and what for."""
    return {
        hit["id"]: [
            (say.decimal(part["score"]), explain_part(part, say)) for part in hit["explanation"]
        ]
        for hit in results
        if hit.get("explanation")
    }


def _charts(facet: dict[str, Any] | None, address: Address) -> list[Timeline]:
    """The time line of all that was found, and the one of the dates asked for."""
    asked, of_all = address.request, address.shares
    drawn = [
        timeline(dates, asked.date_from, asked.date_to, address.dated(), of_all)
        for dates in (facet, facet and facet["closer"])
        if dates
    ]
    return [chart for chart in drawn if chart]


def _hidden(address: Address, boxes: Iterable[str]) -> list[tuple[str, str]]:
    """The parameters that the form has no controls for; the page begins at its first hit."""
    shown = {"q", "from", "to", "offset"}
    for field in boxes:
        shown |= {field, f"{field}.not", f"{field}.missing"}
    shown |= {f"{field}.mode" for field in SEVERAL_VALUED if field in boxes}
    hidden = (pair for pair in page_params(address.request) if pair[0] not in shown)
    return [*address.written(hidden), *address.view]

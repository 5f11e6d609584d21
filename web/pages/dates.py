"""The date facet of the pages, by intervals that can be told apart there."""

from typing import Any

from flask import current_app

from search import Request
from search.facets.histogram import MOST_SEEN


def told_apart(request: Request, dates: dict[str, Any]) -> dict[str, Any]:
    """The ``date`` facet of a request's answer; where it has too many bars to be told apart, and
    to be sent, the one by the interval that fits."""
    if not too_fine(dates):
        return dates
    fitting = request.replace(interval="auto", limit=0, facets=("date",))
    return current_app.config["ARCHIVE"].search(fitting)["facets"]["date"]


def too_fine(bars: dict[str, Any]) -> bool:
    """Whether there are more bars than can be told apart, and an interval that fits them better."""
    return len(bars["values"]) > MOST_SEEN and bars["interval"] != bars["auto"]


def widened(request: Request, dates: dict[str, Any]) -> bool:
    """Whether a request asks for an interval by which none of its bars is drawn."""
    drawn = [one["interval"] for one in (dates, dates["closer"]) if one]
    return request.interval not in ("auto", *drawn)

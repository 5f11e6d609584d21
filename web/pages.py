"""The HTML pages, drawn from the same answers as the JSON."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from search import Request
from web.address import Address
from web.chips import chips
from web.explanations import explain_warning
from web.highlight import Link, highlight, paragraphs
from web.histogram import histogram
from web.messages import DEFAULT_LANGUAGE, LANGUAGES, messages
from web.paging import pages

blueprint = Blueprint("pages", __name__)

CERTAIN = ("given", "metadata")
"""Provenances of a date that its source states; any other is shown as a guess."""

MENTION_FACETS = {"person": "person", "organization": "org"}
"""The facet of each kind of mention."""

FACET_SIZES = (Request().facet_size, 100)
"""How many values of a facet are shown at first, and on demand."""


@blueprint.app_context_processor
def _context() -> dict[str, Any]:
    """What every template, of errors too, can rely on."""
    say = messages(language())
    address = g.get("address") or Address(Request.from_params([]), say.language)
    return {
        "say": say,
        "address": address,
        "languages": LANGUAGES,
        "highlight": highlight,
        "certain": CERTAIN,
    }


def language() -> str:
    """The language that the reader asked for, or the default."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


@blueprint.get("/")
def search() -> str | Response:
    """The search page: hits, facets, histogram.

    A form sends its empty fields too; the answer to that is the address without them.

    :raise 400: a parameter is unknown or its value is wrong.
    """
    given = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
    asked = Request.from_params(given)
    g.address = address = Address(asked, language())
    if sorted(given) != sorted(asked.to_params()):
        return redirect(address.search(asked))
    answer = current_app.config["ARCHIVE"].search(asked)
    facets = answer["facets"]
    boxes = {field: facet for field, facet in facets.items() if field != "date"}
    say = messages(language())
    selected = chips(facets, address, say)
    return render_template(
        "search.html",
        answer=answer,
        asked=asked,
        warnings=[explain_warning(warning, say) for warning in answer["query"]["warnings"]],
        facets=boxes,
        histogram="date" in facets
        and histogram(facets["date"], asked.date_from, asked.date_to, address.dated),
        chips=selected,
        removals={(chip.kind, chip.id): chip.remove for chip in selected},
        hidden=_hidden(asked, boxes),
        pages=pages(answer["total"], asked.limit, asked.offset),
        facet_sizes=FACET_SIZES,
    )


def _hidden(asked: Request, boxes: Iterable[str]) -> list[tuple[str, str]]:
    """The parameters that the form has no controls for; the page begins at its first hit."""
    shown = {"q", "from", "to", "offset", *boxes, *(f"{field}.missing" for field in boxes)}
    return [pair for pair in asked.to_params() if pair[0] not in shown]


@blueprint.get("/articles/<article_id:id>")
def article(id: str) -> str:
    """An article with its persons, organizations and the words of the query marked.

    :raise 404: there is no such article.
    """
    given = request.args.items(multi=True)
    asked = Request.from_params(pair for pair in given if pair[0] != "lang")
    g.address = address = Address(asked, language())
    found = current_app.config["ARCHIVE"].article(id, asked.q)
    title, links = found["title"], _links(found["mentions"], address)
    text_start = len(title) + 2 if title else 0
    return render_template(
        "article.html",
        article=found,
        original=_original(found["url"]),
        title=highlight(title, found["title_marks"], _part(links, 0, len(title))),
        paragraphs=paragraphs(
            found["text"],
            found["text_marks"],
            _part(links, text_start, text_start + len(found["text"])),
        ),
        roles=_roles(found["mentions"]),
    )


def _original(url: str | None) -> str | None:
    """The address of the original where it is one of the web."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _links(mentions: list[dict[str, Any]], address: Address) -> list[Link]:
    return [
        Link(
            start=mention["start"],
            stop=mention["stop"],
            kind=mention["kind"],
            url=address.only(MENTION_FACETS[mention["kind"]], mention["entity"]["id"]),
            title=mention["entity"]["name"],
        )
        for mention in mentions
    ]


def _part(links: list[Link], start: int, stop: int) -> list[Link]:
    """The links inside a stretch of the article, their offsets counted from its start."""
    return [
        Link(link.start - start, link.stop - start, link.kind, link.url, link.title)
        for link in links
        if link.stop > start and link.start < stop
    ]


def _roles(mentions: list[dict[str, Any]]) -> dict[str, list[str]]:
    """What each entity is called in the article, by its id, without repetitions."""
    roles: dict[str, list[str]] = {}
    for mention in mentions:
        known = roles.setdefault(mention["entity"]["id"], [])
        role = mention["role"]
        if role and role.casefold() not in (other.casefold() for other in known):
            known.append(role)
    return roles

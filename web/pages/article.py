"""The page of one article, its mentions and the words of the query marked."""

from typing import Any

from flask import current_app, g, render_template

from search import Request
from search.feed import web_address
from web.address import Address
from web.highlight import Link, highlight, paragraphs
from web.pages.blueprint import addresses, blueprint, given

MENTION_FACETS = {"person": "person", "organization": "org"}
"""The facet of each kind of mention."""


@blueprint.get("/articles/<article_id:id>")
def article(id: str) -> str:
    """An article with its persons, organizations and the words of the query marked.

    :raise 404: there is no such article.
    """
    asked = Request.from_params(given())
    g.address = address = addresses(asked)
    found = current_app.config["ARCHIVE"].article(id, asked.q)
    title, links = found["title"], _links(found["mentions"], address)
    text_start = len(title) + 2 if title else 0
    return render_template(
        "article.html",
        article=found,
        original=web_address(found["url"]),
        title=highlight(title, found["title_marks"], _part(links, 0, len(title))),
        paragraphs=paragraphs(
            found["text"],
            found["text_marks"],
            _part(links, text_start, text_start + len(found["text"])),
        ),
        roles=_roles(found["mentions"]),
    )


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

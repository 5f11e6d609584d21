"""The page of one article, its mentions and the words of the query marked."""

from typing import Any

from flask import current_app, g, render_template, request
from werkzeug.wrappers import Response

from search import Archive
from search.answers.feed import web_address
from web.address import asked_by, page_params
from web.differences import differences
from web.highlight import highlight, paragraphs
from web.mentions import links, named, part
from web.pages.blueprint import addresses, blueprint, given, shorter

SIMILAR = 5
"""Articles like it that are listed under one."""


@blueprint.get("/articles/<article_id:id>")
def article(id: str) -> str | Response:
    """An article with its persons, organizations and the words of the query marked, and the
    hits before and after it; or, ``against`` another article, how it differs from that.

    :raise 404: there is no such article.
    """
    asked = asked_by(pair for pair in given() if pair[0] != "against")
    against = request.args.get("against")
    own = [*page_params(asked), *([("against", against)] if against else [])]
    g.address = address = addresses(asked, own)
    if short := shorter():
        return short
    archive: Archive = current_app.config["ARCHIVE"]
    found = archive.article(id, asked.q)
    other = archive.article(against) if against else None
    title, mentions = found["title"], found["mentions"]
    marked = links(mentions, address)
    text_start = len(title) + 2 if title else 0
    return render_template(
        "article.html",
        article=found,
        original=web_address(found["url"]),
        title=highlight(title, found["title_marks"], part(marked, 0, len(title))),
        paragraphs=paragraphs(
            found["text"],
            found["text_marks"],
            part(marked, text_start, text_start + len(found["text"])),
        ),
        people={
            "person": named("person", found["persons"], mentions, address),
            "org": named("org", found["organizations"], mentions, address),
        },
        beside=archive.neighbours(id, asked),
        versions=_changes(found),
        similar=[] if other else archive.similar(id, SIMILAR)["results"],
        other=other,
        changes=other and differences(_wording(other), _wording(found)),
    )


def _changes(article: dict[str, Any]) -> list[dict[str, Any]]:
    """The earlier versions, the last first, each with what the next one changed in it."""
    wordings = [*article["versions"], article]
    changed = [
        earlier | {"changes": differences(_wording(earlier), _wording(later))}
        for earlier, later in zip(wordings, wordings[1:])
    ]
    return changed[::-1]


def _wording(article: dict[str, Any]) -> str:
    return f"{article['title']}\n{article['text']}"

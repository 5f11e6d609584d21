"""Exports over HTTP: what a search finds as a file, and as a feed."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice

from flask import Blueprint, Response, current_app, request, url_for

from search import Archive, Request
from search.answers.export import FORMATS
from search.answers.feed import rss
from search.parameters import EXPORTED, choice
from web.address import Address
from web.load import export_place
from web.messages import DEFAULT_LANGUAGE
from web.pieces import link_next

blueprint = Blueprint("export", __name__, url_prefix="/api/v1")

LONGEST_FEED = 100
"""Articles in a feed."""

_PIECES_IN_A_WRITE = 64
_format = choice(*FORMATS, "rss")


@blueprint.get("/export")
def export() -> Response:
    """All that a search finds in a ``format``, streamed, of one generation, from ``offset`` or
    ``after`` on; with a ``limit``, a piece of so many, and the header ``Link`` leads to the next.
    As ``rss``, its newest articles.

    :raise 400: a parameter is unknown or its value is wrong.
    """
    format = _format.read("format", request.args.get("format", ""))
    most = request.args.get("limit", "").strip()
    limit = EXPORTED.read("limit", most) if most else None
    own = ("format", "limit")
    given = [pair for pair in request.args.items(multi=True) if pair[0] not in own]
    asked = Request.from_params(given)
    archive: Archive = current_app.config["ARCHIVE"]
    if format == "rss":
        feed = _feed(archive, asked.from_first())
        return Response(feed, content_type="application/rss+xml; charset=utf-8")
    with export_place() as place:
        results = archive.export(asked, limit)
        pieces = FORMATS[format].lines(results)
        writes = iter(lambda: "".join(islice(pieces, _PIECES_IN_A_WRITE)), "")
        begun = next(writes, "")
        place = place.pop_all()
    answer = written(format, _sent(begun, writes, place))
    answer.call_on_close(place.close)
    if results.next:
        rest = asked.going_on(results.next).to_params()
        link_next(answer, [("format", format), ("limit", str(limit)), *rest])
    return answer


def written(format: str, pieces: Iterable[str]) -> Response:
    """Pieces of text as a file in one of the FORMATS."""
    told = FORMATS[format]
    return Response(
        pieces,
        content_type=f"{told.media_type}; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename=podshivka.{told.extension}"},
    )


def _sent(begun: str, writes: Iterator[str], place: ExitStack) -> Iterator[str]:
    with place:
        yield begun
        yield from writes


def _feed(archive: Archive, asked: Request) -> str:
    newest = asked.replace(sort="-date")
    site = request.host_url.rstrip("/")
    return rss(
        archive.export(newest, LONGEST_FEED),
        title=f"Подшивка: {asked.q}" if asked.q else "Подшивка",
        link=site + Address(asked, DEFAULT_LANGUAGE).search(asked),
        page=lambda id: site + url_for("pages.article", id=id),
    )

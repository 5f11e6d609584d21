"""Exports over HTTP: what a search finds as a file, and as a feed."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice

from flask import Blueprint, Response, current_app, request, url_for

from search import Archive, Request
from search.answers.export import FORMATS
from search.answers.feed import rss
from search.parameters import choice
from web.address import Address
from web.load import export_place
from web.messages import DEFAULT_LANGUAGE

blueprint = Blueprint("export", __name__, url_prefix="/api/v1")

LONGEST_FEED = 100
"""Articles in a feed."""

_PIECES_IN_A_WRITE = 64
_format = choice(*FORMATS, "rss")


@blueprint.get("/export")
def export() -> Response:
    """All that a search finds in a ``format``, streamed, of one generation; ``limit`` and
    ``offset`` count where they are given. As ``rss``, its newest articles.

    :raise 400: a parameter is unknown or its value is wrong.
    """
    format = _format.read("format", request.args.get("format", ""))
    given = [pair for pair in request.args.items(multi=True) if pair[0] != "format"]
    asked = Request.from_params(given)
    archive: Archive = current_app.config["ARCHIVE"]
    if format == "rss":
        return Response(_feed(archive, asked), content_type="application/rss+xml; charset=utf-8")
    most = asked.limit if request.args.get("limit") else None
    pieces = FORMATS[format].lines(islice(archive.export(asked), most))
    writes = iter(lambda: "".join(islice(pieces, _PIECES_IN_A_WRITE)), "")
    with export_place() as place:
        begun = next(writes, "")
        place = place.pop_all()
    answer = written(format, _sent(begun, writes, place))
    answer.call_on_close(place.close)
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
    newest = asked.replace(sort="-date", offset=0)
    site = request.host_url.rstrip("/")
    return rss(
        islice(archive.export(newest), LONGEST_FEED),
        title=f"Подшивка: {asked.q}" if asked.q else "Подшивка",
        link=site + Address(asked, DEFAULT_LANGUAGE).search(asked),
        page=lambda id: site + url_for("pages.article", id=id),
    )

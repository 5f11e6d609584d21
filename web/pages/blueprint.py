"""The blueprint of the HTML pages, and what every template can rely on."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, current_app, g, redirect, request
from werkzeug.wrappers import Response as WSGIResponse

from search import Request
from web.address import SHARES, STORIES, Address
from web.highlight import highlight
from web.messages import DEFAULT_LANGUAGE, LANGUAGES, messages
from web.theme import theme

blueprint = Blueprint("pages", __name__)

CERTAIN = ("given", "metadata")
"""Provenances of a date that its source states; any other is shown as a guess."""

VIEW = {SHARES[0]: (SHARES[1],)}
"""The page's own parameters and their values."""


@blueprint.app_context_processor
def _context() -> dict[str, Any]:
    """What every template, of errors too, can rely on."""
    say = messages(language())
    address = g.get("address") or addresses()
    return {
        "say": say,
        "address": address,
        "languages": LANGUAGES,
        "highlight": highlight,
        "certain": CERTAIN,
        "theme": theme(),
        "here": _here(),
    }


def _here() -> str:
    """The path of this page, with its parameters, as an address writes it."""
    query = urlencode(list(request.args.items(multi=True)), errors="replace")
    return quote(request.path) + (f"?{query}" if query else "")


@blueprint.after_request
def _varying(response: Response) -> Response:
    """A page that is kept is another one under another theme."""
    response.vary.add("Cookie")
    return response


def given() -> list[tuple[str, str]]:
    """The parameters of this page that ask something of the archive, with ids in place of names
    and references that stand for one entity."""
    own = ("lang", *VIEW)
    asked = [pair for pair in request.args.items(multi=True) if pair[0] not in own]
    return current_app.config["ARCHIVE"].identified(asked)


def shorter() -> WSGIResponse | None:
    """The way to this page's short address, where it was asked for by another: one with empty
    fields of a form, defaults, names that have changed."""
    address: Address = g.address
    if sorted(address.here()) == sorted(request.args.items(multi=True)):
        return None
    return redirect(address.in_language(address.language, request.script_root + request.path))


def addresses(asked: Request = STORIES, own: Iterable[tuple[str, str]] = ()) -> Address:
    """The addresses that lead on from a request, in the language and view of this page; see
    Address for ``own``."""
    view = tuple((name, value) for name in VIEW if (value := request.args.get(name)) in VIEW[name])
    return Address(asked, language(), view, tuple(own))


def language() -> str:
    """The language that the reader asked for, or the default."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE

"""The blueprint of the HTML pages, and what every template can rely on."""

from typing import Any

from flask import Blueprint, g, request

from search import Request
from web.address import Address
from web.highlight import highlight
from web.messages import DEFAULT_LANGUAGE, LANGUAGES, messages

blueprint = Blueprint("pages", __name__)

CERTAIN = ("given", "metadata")
"""Provenances of a date that its source states; any other is shown as a guess."""


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

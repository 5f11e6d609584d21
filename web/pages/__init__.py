"""The HTML pages, drawn from the same answers as the JSON: one page a file."""

from web.pages import (  # noqa: F401
    article,
    compare,
    correction,
    entity,
    facet,
    help,
    lighting,
    search,
)
from web.pages.blueprint import blueprint, language

__all__ = ["blueprint", "language"]

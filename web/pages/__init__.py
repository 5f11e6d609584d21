"""The HTML pages, drawn from the same answers as the JSON: one page a file."""

from web.pages import article, compare, correction, entity, help, lighting, search  # noqa: F401
from web.pages.blueprint import blueprint, language

__all__ = ["blueprint", "language"]

"""The theme: whether pages are light, dark, or as the reader's system is; a cookie remembers."""

from flask import Response, request

THEMES = ("light", "dark")
_COOKIE = "theme"
_YEAR_SECONDS = 365 * 24 * 3600


def theme() -> str | None:
    """The theme that the reader chose, or None for the system's."""
    chosen = request.cookies.get(_COOKIE)
    return chosen if chosen in THEMES else None


def remember(response: Response, choice: str) -> None:
    """Let a response set one of THEMES from now on, or anything else for the system's."""
    if choice in THEMES:
        response.set_cookie(_COOKIE, choice, max_age=_YEAR_SECONDS, samesite="Lax")
    else:
        response.delete_cookie(_COOKIE, samesite="Lax")

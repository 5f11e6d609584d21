"""Rights: what the sender of a request may do, asked before any route answers.

A web page that the reader has open elsewhere must not act here. It cannot ask under another
name that leads to this machine (DNS rebinding), as only known names are answered; an address in
digits cannot be rebound. It cannot send a form here either: what changes something has to come
from a page of ours, as the browser itself says (Sec-Fetch-Site, or Origin where a browser is
older or the connection is not secure), or has to carry its token in a header.
"""

import ipaddress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request

from web.access.tokens import Token, TokensUnusable, matching
from web.refused import Refused
from web.settings import Settings

COOKIE = "podshivka"
_OPEN = ("static", "sign_in.form", "sign_in.enter", "sign_in.leave")
"""Endpoints that need no right: to become someone."""

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Rights:
    """What the sender of a request may do; ``name`` is that of the token, None without one."""

    name: str | None
    read: bool
    edit: bool


def register(app: Flask, settings: Settings) -> None:
    """Make the application ask for rights before it answers."""
    app.config["SETTINGS"] = settings
    app.before_request(_admit)
    app.context_processor(lambda: {"rights": rights(), "settings": settings})


def rights() -> Rights:
    """The rights of the request that is being answered."""
    if "rights" not in g:
        g.rights = _rights(current_app.config["SETTINGS"])
    return g.rights


def token_of(settings: Settings, secret: str) -> Token | None:
    """The token with a secret; none where the file of tokens cannot be read."""
    known: tuple[Token, ...] = (settings.session,) if settings.session else ()
    try:
        known += settings.tokens.tokens() if settings.tokens else ()
    except TokensUnusable as error:
        current_app.logger.error("%s", error)
    return matching(known, secret)


def _rights(settings: Settings) -> Rights:
    secret = _bearer() or request.cookies.get(COOKIE, "")
    token = token_of(settings, secret) if secret else None
    return Rights(
        name=token.name if token else None,
        read=settings.public or token is not None,
        edit=settings.editing and token is not None and token.edit,
    )


def _bearer() -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _admit() -> None:
    settings: Settings = current_app.config["SETTINGS"]
    if not _known_host(request.host, settings.hosts):
        raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "host", host=request.host)
    changing = request.method not in _SAFE and request.url_rule is not None
    if changing and not _bearer() and not _from_own_page():
        raise Refused(HTTPStatus.FORBIDDEN, "foreign")
    if request.endpoint in _OPEN or request.method == "OPTIONS":
        return
    if not rights().read:
        raise Refused(HTTPStatus.UNAUTHORIZED, "token")
    if changing and not rights().edit:
        raise _not_editing(settings)


def _not_editing(settings: Settings) -> Refused:
    if not settings.editing:
        return Refused(HTTPStatus.FORBIDDEN, "no_editing")
    if rights().name is None:
        return Refused(HTTPStatus.UNAUTHORIZED, "token")
    return Refused(HTTPStatus.FORBIDDEN, "only_reading", name=rights().name)


def _known_host(host: str, allowed: tuple[str, ...]) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    try:
        ipaddress.ip_address(name)
        return True
    except ValueError:
        name = name.rstrip(".").lower()
        return name == "localhost" or name in allowed


def _from_own_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host

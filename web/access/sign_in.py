"""Signing in: a form that takes a token once, and keeps it in a cookie that no script reads."""

from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.access.rights import COOKIE, token_of
from web.paths import own_path

blueprint = Blueprint("sign_in", __name__)

_DAYS = 30


@blueprint.get("/sign-in")
def form() -> str:
    """The form; for who is known already, the way out."""
    return render_template("sign_in.html", next=own_path(request.args.get("next", "")), wrong=False)


@blueprint.post("/sign-in")
def enter() -> Response | tuple[str, int]:
    """Take a token from the form, and go where its sender wanted."""
    secret, further = request.form.get("token", "").strip(), own_path(request.form.get("next", ""))
    if token_of(current_app.config["SETTINGS"], secret) is None:
        page = render_template("sign_in.html", next=further, wrong=True)
        return page, HTTPStatus.UNAUTHORIZED
    answer = redirect(further or url_for("pages.search"), HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=_DAYS * 24 * 3600,
        path=f"{request.script_root}/",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


@blueprint.post("/sign-out")
def leave() -> Response:
    """Forget the token."""
    answer = redirect(url_for("sign_in.form"), HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, path=f"{request.script_root}/", httponly=True, samesite="Lax")
    return answer


def to_form() -> Response:
    """The way to the form, and from there back to the page that is asked for."""
    path, query = quote(request.script_root + request.path), request.query_string.decode("latin-1")
    here = f"{path}?{query}" if query else path
    return redirect(url_for("sign_in.form", next=here), HTTPStatus.SEE_OTHER)

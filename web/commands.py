"""The commands that answer in a browser: serve, demo."""

import errno
import re
import signal
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import click

from index.amount import Amount
from index.commands import run as run_index
from index.options import index_option
from index.readers import find_sources
from index.terminal import tell
from web.access.tokens import TokenFile, TokensUnusable, new_token
from web.settings import Settings, is_loopback
from web.token_commands import tokens_option

DEMO_ARTICLES = "demo"
"""The folder in the package ``index`` with the articles that are shipped."""

port_option = click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
    help="The port; 0 takes a free one.",
)  # fmt: skip


def _prefix(context: click.Context, option: click.Parameter, value: str) -> str:
    value = value.rstrip("/")
    if value and not re.fullmatch(r"(/[\w.~-]+)+", value, re.ASCII):
        raise click.BadParameter("expected a path like /archive")
    return value


@click.command(epilog="Example: podshivka serve --index newspapers --port 8080")
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@port_option
@click.option(
    "--public/--private", default=None,
    help="Whether reading needs no token; not on 127.0.0.1, if not given.",
)  # fmt: skip
@click.option("--edit", is_flag=True, help="Who has a token to edit may correct entities.")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME",
    help="A name under which the server is asked; localhost and addresses are allowed.",
)  # fmt: skip
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN",
    help="A site whose pages may ask the API from a browser, like https://desk.example, or *.",
)  # fmt: skip
@click.option(
    "--timeout", type=Amount(0.1, 86_400), default=10.0, show_default=True,
    help="Seconds in which an answer has to begin; a query that takes longer is given up.",
)  # fmt: skip
@click.option(
    "--threads", type=click.IntRange(1, 64), default=4, show_default=True,
    help="Answers that are worked on at once.",
)  # fmt: skip
@click.option(
    "--prefix", default="", metavar="PATH", callback=_prefix,
    help="The path under which a proxy shows the site, like /archive.",
)  # fmt: skip
@click.option(
    "--trusted-proxy", "proxy", metavar="ADDRESS",
    help="The proxy whose X-Forwarded-Proto and X-Forwarded-For are believed, like 127.0.0.1.",
)  # fmt: skip
@click.option("--no-log-queries", is_flag=True, help="Leave what is asked for out of the log.")
@click.option("--metrics", is_flag=True, help="Answer Prometheus at /metrics.")
@tokens_option
def serve(
    folder: Path,
    host: str,
    port: int,
    public: bool | None,
    edit: bool,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    timeout: float,
    threads: int,
    prefix: str,
    proxy: str | None,
    no_log_queries: bool,
    metrics: bool,
    file: Path,
) -> None:
    """Serve the web page and the JSON API of an index until Ctrl-C or SIGTERM, which let
    answers end that have begun. A line of JSON for each request goes to standard error.

    On 127.0.0.1 whoever uses this machine may read; on any other host a token is asked for (see
    podshivka tokens), unless it is --public. With --edit and nobody to edit yet, a token that
    ends with the server is printed on 127.0.0.1."""
    local = is_loopback(host)
    open_to_all = local if public is None else public
    tokens = TokenFile(file)
    editors = _check_tokens(tokens, needed=not open_to_all, to_edit=edit and not local)
    session, secret = new_token(_user(), edit=True) if edit and not editors else (None, "")
    settings = Settings(
        public=open_to_all,
        editing=edit,
        tokens=tokens,
        session=session,
        hosts=tuple(name.rstrip(".").lower() for name in (host, *names)),
        origins=origins,
        timeout=timeout,
        threads=threads,
        prefix=prefix,
        proxy=proxy,
        log=True,
        log_queries=not no_log_queries,
        metrics=metrics,
    )
    notes = []
    if not local or not open_to_all:
        notes.append("everyone may read" if open_to_all else "a token is needed to read")
    if edit:
        notes.append(f"to edit, sign in with {secret}" if secret else "a token is needed to edit")
    run(folder, host, port, settings, notes)


def _check_tokens(tokens: TokenFile, needed: bool, to_edit: bool) -> bool:
    """Whether there is a token to edit.

    Raises UsageError where one that is needed is missing, ClickException where the file cannot
    be read.
    """
    try:
        known = tokens.tokens()
    except TokensUnusable as error:
        raise click.ClickException(str(error)) from error
    if needed and not known:
        raise click.UsageError(
            "reading needs a token, and there are none; make one with podshivka tokens add NAME, "
            "or let everyone who reaches this --host read with --public"
        )
    editors = any(token.edit for token in known)
    if to_edit and not editors:
        raise click.UsageError(
            "nobody has a token to edit; make one with podshivka tokens add NAME --edit"
        )
    return editors


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "local"


@click.command(epilog="Example: podshivka demo")
@port_option
@click.option("--no-serve", is_flag=True, help="Only index the articles.")
def demo(port: int, no_serve: bool) -> None:
    """Index the articles that come with Podshivka into a folder of your own, and open the
    page."""
    folder = demo_folder()
    index_demo(folder)
    if not no_serve:
        run(folder, "127.0.0.1", port, open_page=sys.stdout.isatty())


def demo_folder() -> Path:
    """Where the demo's index is kept for this user."""
    from platformdirs import user_data_path

    return user_data_path("podshivka", appauthor=False) / "demo"


def index_demo(folder: Path) -> None:
    """Bring the demo's index up to the articles that are shipped, and say so.

    Raises ClickException when the folder cannot be written.
    """
    import index

    report = run_index(folder, find_sources([str(Path(index.__file__).parent / DEMO_ARTICLES)]))
    tell(report.lines(), err=True)
    tell(f"The index is in {folder}", err=True)
    if report.interrupted:
        sys.exit(1)


def run(
    folder: Path,
    host: str,
    port: int,
    settings: Settings = Settings(),
    notes: Sequence[str] = (),
    open_page: bool = False,
) -> None:
    """Serve an index until interrupted; the address and notes go to standard error.

    Raises ClickException when the index cannot be read or the address is taken.
    """
    from search import Archive, IndexUnusable
    from web import logs
    from web.server import listen

    try:
        articles = Archive(folder).health()["articles"]
        server = listen(folder, host, port, settings)
    except IndexUnusable as error:
        raise click.ClickException(str(error)) from error
    except ValueError as error:
        raise click.ClickException(f"{host}: no host to listen on; try 127.0.0.1") from error
    except OSError as error:
        remedy = "; try another --port" if error.errno == errno.EADDRINUSE else ""
        reason = error.strerror or error
        raise click.ClickException(f"{_place(host, port)}: {reason}{remedy}") from error
    if not articles:
        tell(f"{folder}: no articles yet; add some with: podshivka index PATH", err=True)
    address = f"http://{_place(host, server.port)}{settings.prefix}/"
    tell(f"Podshivka: {address} ({'; '.join(('Ctrl-C stops it', *notes))})", err=True)
    if open_page:
        webbrowser.open(address)
    if settings.log:
        logs.to_standard_error()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.close())
    server.run()


def _place(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

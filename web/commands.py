"""The commands that answer in a browser: serve, demo."""

import errno
import sys
import webbrowser
from pathlib import Path

import click

from index.commands import run as run_index
from index.options import index_option

DEMO_ARTICLES = "demo"
"""The folder in the package ``index`` with the articles that are shipped."""

port_option = click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
    help="The port; 0 takes a free one.",
)  # fmt: skip


@click.command(epilog="Example: podshivka serve --index newspapers --port 8080")
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@port_option
def serve(folder: Path, host: str, port: int) -> None:
    """Serve the web page and the JSON API of an index until Ctrl-C."""
    run(folder, host, port)


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

    report = run_index(folder, [str(Path(index.__file__).parent / DEMO_ARTICLES)])
    click.echo("\n".join(report.lines()), err=True)
    click.echo(f"The index is in {folder}", err=True)
    if report.interrupted:
        sys.exit(1)


def run(folder: Path, host: str, port: int, open_page: bool = False) -> None:
    """Serve an index until interrupted; the address goes to standard error.

    Raises ClickException when the index cannot be read or the address is taken.
    """
    from search import Archive, IndexUnusable
    from web.server import listen, port_of

    try:
        articles = Archive(folder).health()["articles"]
        server = listen(folder, host, port)
    except IndexUnusable as error:
        raise click.ClickException(str(error)) from error
    except ValueError as error:
        raise click.ClickException(f"{host}: no host to listen on; try 127.0.0.1") from error
    except OSError as error:
        remedy = "; try another --port" if error.errno == errno.EADDRINUSE else ""
        reason = error.strerror or error
        raise click.ClickException(f"{_place(host, port)}: {reason}{remedy}") from error
    if not articles:
        click.echo(f"{folder}: no articles yet; add some with: podshivka index PATH", err=True)
    address = f"http://{_place(host, port_of(server))}/"
    click.echo(f"Podshivka: {address} (Ctrl-C stops it)", err=True)
    if open_page:
        webbrowser.open(address)
    server.run()


def _place(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

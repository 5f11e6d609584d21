"""The commands that ask: search, show, stats."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from index.folder import IndexUnusable
from index.options import index_option
from index.terminal import tell
from search.answers.export import FORMATS
from search.archive import Archive, ArticleNotFound
from search.commands.text import (
    article_lines,
    search_lines,
    similar_lines,
    stats_lines,
    version_lines,
)
from search.parameters import EXPORTED, FLAG, MODE, MODES, PARAMETERS, ParameterError
from search.request import Request


def _option(parameter: str) -> str:
    return "--" + parameter.replace(".", "-")


def _parameter_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for every parameter of the API but the query itself."""
    for name, parameter in reversed(list(PARAMETERS.items())[1:]):
        flag = {"is_flag": True, "flag_value": "1"} if parameter.kind is FLAG else {}
        option = click.option(
            _option(name), name.replace(".", "_") + "_", multiple=parameter.repeated, default=None,
            type=click.Choice(MODES) if parameter.kind is MODE else str,
            help=parameter.description, **flag,
        )  # fmt: skip
        command = option(command)
    return command


def _pairs(query: tuple[str, ...], options: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "q", " ".join(query)
    for name in list(PARAMETERS)[1:]:
        value = options.get(name.replace(".", "_") + "_")
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None:
                yield name, one


class _Query(click.Command):
    """A command whose argument is a query, in which a minus means something too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if not error.option_name.isascii():
                error.message += " Write -- before a query that begins with a minus."
            raise


@click.command(
    cls=_Query, epilog="Example: podshivka search 'визит президента' --person 'Эркин Тукумов'"
)
@click.argument("query", nargs=-1)
@index_option
@_parameter_options
@click.option("--json", "as_json", is_flag=True, help="Print the answer of the API.")
@click.option(
    "--format", type=click.Choice(list(FORMATS)),
    help="Print the results so: all, or --limit, which may be any number then. What was broken "
    "off goes on with --after and the cursor of its last line or, with --sort date, the id.",
)  # fmt: skip
def search(
    query: tuple[str, ...], folder: Path, as_json: bool, format: str | None, **options: Any
) -> None:
    """Find articles. Words match in all their forms; without a QUERY, everything is found,
    newest first. Write -- before a query that begins with a minus."""
    if format and as_json:
        raise click.UsageError("--json and --format exclude each other")
    try:
        most = options.pop("limit_") if format else None
        limit = None if most is None else EXPORTED.read("limit", most)
        request = Request.from_params(_pairs(query, options))
        if format or (not as_json and options["facets_"] is None):
            request = request.replace(facets=())
        archive = Archive(folder)
        _note_emptiness(archive)
        if format:
            for piece in FORMATS[format].lines(archive.export(request, limit)):
                click.echo(piece, nl=False)
            return
        answer = archive.search(request)
    except ParameterError as error:
        raise click.UsageError(f"{_option(error.parameter)[2:]}: {error.message}") from error
    except IndexUnusable as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        del answer["elapsed_ms"]
        tell(json.dumps(answer, ensure_ascii=False))
    else:
        tell(search_lines(answer))


def _note_emptiness(archive: Archive) -> None:
    if not archive.health()["articles"]:
        note = f"{archive.folder}: no articles yet; add some with: podshivka index PATH"
        tell(note, err=True)


@click.command(epilog="Example: podshivka show politics-027")
@click.argument("id", metavar="ID")
@index_option
@click.option("--versions", is_flag=True, help="Print what changed in it, version by version.")
@click.option("--similar", is_flag=True, help="Print the articles that have most in common.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer of the API.")
@click.option(
    "--format", type=click.Choice(["gost", *FORMATS]), help="Print its citation or record so."
)
def show(
    id: str, folder: Path, versions: bool, similar: bool, as_json: bool, format: str | None
) -> None:
    """Print one article, and where else it was published; or the articles that are like it."""
    if format and (as_json or versions or similar):
        raise click.UsageError("--format excludes --json, --versions and --similar")
    if versions and similar:
        raise click.UsageError("--versions and --similar exclude each other")
    try:
        archive = Archive(folder)
        article = archive.similar(id) if similar else archive.article(id)
    except (ArticleNotFound, IndexUnusable) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        tell(json.dumps(article["versions"] if versions else article, ensure_ascii=False))
    elif versions:
        tell("\n".join(version_lines(article)) or "the only version")
    elif similar:
        tell("\n".join(similar_lines(article)) or "no article has much in common with it")
    elif format == "gost":
        tell(article["citation"])
    elif format:
        click.echo("".join(FORMATS[format].lines([article])), nl=False)
    else:
        tell(article_lines(article))


@click.command(epilog="Example: podshivka stats --index archive-index")
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def stats(folder: Path, as_json: bool) -> None:
    """Say what is in the index."""
    try:
        archive = Archive(folder)
        _note_emptiness(archive)
        found = archive.stats()
    except IndexUnusable as error:
        raise click.ClickException(str(error)) from error
    tell(json.dumps(found, ensure_ascii=False) if as_json else stats_lines(found))

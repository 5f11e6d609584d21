"""The commands about entities: list, show, and the corrections merge, split, rename, hide."""

import getpass
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from index.folder import IndexUnusable
from index.ledger import FILE, Operation, visible
from index.options import index_option
from index.schema import KINDS_OF_FACETS
from index.terminal import tell
from search.archive import Archive
from search.commands.entity_text import changed_lines, entity_lines, list_lines
from search.entities.corrections import CorrectionError
from search.entities.lookup import EntityNotFound
from search.parameters import MOST_FACET_VALUES
from search.request import Request

FACETS_OF_KINDS = {kind: facet for facet, kind in KINDS_OF_FACETS.items()}

kind_option = click.option(
    "--kind",
    type=click.Choice(list(FACETS_OF_KINDS)),
    help="What the names are; without it, persons come before organizations.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the answer of the API.")


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return None


by_option = click.option("--by", default=_user, help="Who says so; you, if not given.")


@click.group(epilog="Example: podshivka entities show 'Эркин Тукумов'")
def entities() -> None:
    """Persons and organizations of the whole index, and the corrections that you make to
    them, by id or exact name in any spelling. Corrections are lines of entities.jsonl in the
    index folder; remove a line to undo."""


@entities.command("list", epilog="Example: podshivka entities list туку --kind person")
@click.argument("prefix", default="")
@index_option
@click.option(
    "--kind", type=click.Choice(list(FACETS_OF_KINDS)), default="person", show_default=True,
    help="What to list.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1, MOST_FACET_VALUES), default=20, show_default=True,
    help="Entities to show.",
)  # fmt: skip
@json_option
def list_entities(prefix: str, folder: Path, kind: str, limit: int, as_json: bool) -> None:
    """List the entities with a word that begins with PREFIX, those in the most articles
    first."""
    try:
        request = Request(facet_size=limit)
        answer = Archive(folder).facet(FACETS_OF_KINDS[kind], prefix, request)
    except IndexUnusable as error:
        raise click.ClickException(str(error)) from error
    _print(answer, list_lines, as_json)


@entities.command(epilog="Example: podshivka entities show 'Эркин Тукумов'")
@click.argument("name")
@index_option
@kind_option
@json_option
def show(name: str, folder: Path, kind: str | None, as_json: bool) -> None:
    """Show an entity, given by id or any of its names: why each name is there, its roles, who
    is named together with it, and when."""
    _print(_show(Archive(folder), name, kind), entity_lines, as_json)


@entities.command(epilog="Example: podshivka entities merge 'Фарид Шафиев' 'Шафиев Ф. Г.'")
@click.argument("name")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@index_option
@kind_option
@by_option
def merge(
    name: str, others: tuple[str, ...], folder: Path, kind: str | None, by: str | None
) -> None:
    """Make entities one: OTHERs become NAME, which keeps its name and its id."""
    _correct(folder, kind, "merge", (name, *others), by)


@entities.command(epilog="Example: podshivka entities split 'Сергей Иванов' 'С. Иванов'")
@click.argument("name")
@click.argument("variants", nargs=-1, required=True, metavar="VARIANT...")
@index_option
@kind_option
@by_option
def split(
    name: str, variants: tuple[str, ...], folder: Path, kind: str | None, by: str | None
) -> None:
    """Take VARIANTs out of the entity NAME; together they become one of their own."""
    _correct(folder, kind, "split", (name, *variants), by)


@entities.command(epilog="Example: podshivka entities rename ЦАМО 'Центр анализа'")
@click.argument("name")
@click.argument("new_name")
@index_option
@kind_option
@by_option
def rename(name: str, new_name: str, folder: Path, kind: str | None, by: str | None) -> None:
    """Show the entity NAME as NEW_NAME; it is still found under its other names."""
    if not visible(new_name):
        raise click.BadParameter("a name has letters", param_hint="NEW_NAME")
    _correct(folder, kind, "rename", (name,), by, new_name)


@entities.command(epilog="Example: podshivka entities hide 'Пётр Первый'")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@index_option
@kind_option
@by_option
def hide(names: tuple[str, ...], folder: Path, kind: str | None, by: str | None) -> None:
    """Leave entities out of the facets; the texts of the articles stay as they are."""
    _correct(folder, kind, "hide", names, by)


def _print(answer: dict[str, Any], lines: Callable, as_json: bool) -> None:
    tell(json.dumps(answer, ensure_ascii=False) if as_json else lines(answer))


def _show(archive: Archive, name: str, kind: str | None) -> dict[str, Any]:
    return _of_kinds(kind, lambda kind: _answer(archive, name, kind))


def _answer(archive: Archive, name: str, kind: str) -> dict[str, Any]:
    return archive.person(name) if kind == "person" else archive.organization(name)


def _correct(
    folder: Path,
    kind: str | None,
    op: str,
    names: tuple[str, ...],
    by: str | None,
    to: str | None = None,
) -> None:
    archive = Archive(folder)

    def act(kind: str) -> tuple[list[dict[str, Any]], Operation]:
        before = [_answer(archive, name, kind) for name in names]
        return before, archive.correct(FACETS_OF_KINDS[kind], op, names, to, by)

    before, written = _of_kinds(kind, act)
    tell(changed_lines(before))
    tell(f"{op}: line {written.line} of {folder / FILE}; remove it to undo")


def _of_kinds(kind: str | None, act: Callable[[str], Any]) -> Any:
    """What comes out for the kind, or for the first that has the names."""
    kinds = [kind] if kind else list(FACETS_OF_KINDS)
    complaints = []
    try:
        for kind in kinds:
            try:
                return act(kind)
            except EntityNotFound as error:
                complaints.append(error)
    except (CorrectionError, IndexUnusable) as error:
        raise click.ClickException(str(error)) from error
    unclear = [complaint for complaint in complaints if complaint.candidates]
    raise click.ClickException("; ".join(map(str, unclear or complaints)))

"""The command that compares persons, organizations and queries."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from index.folder import IndexUnusable
from index.options import index_option
from index.terminal import tell
from search.answers.comparison import FIELDS, MOST_COMPARED, Comparison, comparison_csv
from search.archive import Archive
from search.facets.histogram import INTERVALS
from search.parameters import ParameterError


@click.command(epilog="Example: podshivka compare --person 'Эркин Тукумов' --query визит")
@click.option("--person", multiple=True, help="A person, by id, reference or any name.")
@click.option("--org", multiple=True, help="An organization, by id, reference or any name.")
@click.option("--query", "q", multiple=True, help="Articles that a query finds.")
@click.option("--from", "from_", help="Not before this day, month or year.")
@click.option("--to", help="Not after this day, month or year.")
@click.option("--interval", type=click.Choice(["auto", *INTERVALS]), help="What a line counts.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer of the API.")
@click.option("--format", type=click.Choice(["csv"]), help="Print the numbers so.")
@index_option
def compare(
    folder: Path, from_: str | None, as_json: bool, format: str | None, **given: Any
) -> None:
    """Compare persons, organizations and queries on one time line, and count the articles that
    they share."""
    if format and as_json:
        raise click.UsageError("--json and --format exclude each other")
    pairs = [(field, value) for field in FIELDS for value in given[field]]
    others = ("from", from_), ("to", given["to"]), ("interval", given["interval"])
    pairs += [(name, value) for name, value in others if value]
    try:
        asked = Comparison.from_params(pairs)
        if not asked.items:
            raise click.UsageError(f"name 1 to {MOST_COMPARED} of --person, --org and --query")
        answer = Archive(folder).compare(asked)
    except ParameterError as error:
        raise click.UsageError(f"{error.parameter}: {error.message}") from error
    except IndexUnusable as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        tell(json.dumps(answer, ensure_ascii=False))
    elif format:
        click.echo(comparison_csv(answer), nl=False)
    else:
        tell(_lines(answer))


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    """A comparison for a terminal: the items by number, what they share, and the time line."""
    for number, item in enumerate(answer["items"], start=1):
        yield f"{number}  {item['articles']:>6}  {item['name']}"
        yield from (f"note: {warning['message']}" for warning in item["warnings"])
    for row, shared in enumerate(answer["together"]):
        for column in range(row):
            yield f"{column + 1} and {row + 1}: {shared[column]} together"
    yield ""
    yield _row(answer["interval"], range(1, len(answer["items"]) + 1), "all")
    for value in answer["values"]:
        yield _row(value["start"], value["counts"], value["total"])


def _row(start: str, cells: Iterable[int], total: object) -> str:
    return f"{start:>10}" + "".join(f"{cell:>8}" for cell in (*cells, total))

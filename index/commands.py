"""The commands that write: index, watch, annotate, delete, check, optimize."""

import json
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from index.amount import Amount
from index.dates import DateError, parse_date
from index.folder import IndexUnusable
from index.options import index_option, jobs_option
from index.readers import Reading, Unreadable, find_sources
from index.reading_options import reading_options
from index.report import Report
from index.rows import ALIASES, Defaults
from index.terminal import tell
from index.workers import ProcessLost, Workers
from index.writer import MEMORY_MB


def _partial_date(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    try:
        return parse_date(value) if value else None
    except DateError as error:
        raise click.BadParameter(str(error)) from error


def _columns(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    columns = {}
    for value in values:
        field, equals, column = value.partition("=")
        if not equals or field not in ALIASES:
            raise click.BadParameter(
                f"{value!r}; write FIELD=COLUMN, FIELD one of {', '.join(ALIASES)}"
            )
        columns[field] = column
    return columns


@click.command(epilog="Example: podshivka index archive.jsonl scans/ --source 'Вечерняя газета'")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@index_option
@jobs_option
@click.option("--source", help="The source of articles that name none.")
@click.option("--date", callback=_partial_date, help="The date of articles that state none.")
@click.option(
    "--map", "columns", multiple=True, callback=_columns, metavar="FIELD=COLUMN",
    help="The column that holds a field.",
)  # fmt: skip
@reading_options
@click.option(
    "--memory", "memory_mb", type=Amount(1, 10**9), default=MEMORY_MB, show_default=True,
    metavar="MB", help="Memory for articles that are not written yet, and for their words.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 when an article is rejected.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def index(
    paths: tuple[str, ...],
    folder: Path,
    jobs: int,
    source: str | None,
    date: str | None,
    columns: dict[str, str],
    reading: Reading,
    memory_mb: float,
    dry_run: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Add articles: files of any format that README names, archives and folders of them, or -
    for JSONL on standard input. A repeated run adds only what is new or changed. Ctrl-C commits what was
    read and exits with 1; a second one leaves the index at its last commit."""
    defaults = Defaults(source, date, columns)
    reading = replace(reading, text_column=columns.get("text"))
    try:
        sources = find_sources(paths, but=folder)
    except FileNotFoundError as error:
        raise click.ClickException(str(error)) from error
    report = run(
        folder, sources, reading=reading, defaults=defaults, jobs=jobs,
        memory_mb=memory_mb, dry_run=dry_run,
    )  # fmt: skip
    _print(report, as_json)
    if report.interrupted or (strict and report.rejected):
        sys.exit(1)


@click.command(epilog="Example: podshivka watch scans/ https://gazeta.example/rss --every 300")
@click.argument("places", nargs=-1, required=True, metavar="FOLDER|FILE|URL...")
@index_option
@click.option(
    "--every", type=Amount(0.1, 10**6), default=60, show_default=True, metavar="SECONDS",
    help="Between two looks.",
)  # fmt: skip
@click.option("--once", is_flag=True, help="Index what is there, and end.")
@jobs_option
@click.option("--source", help="The source of articles that name none.")
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print each report as JSON, in one line.")
def watch(
    places: tuple[str, ...],
    folder: Path,
    every: float,
    once: bool,
    jobs: int,
    source: str | None,
    reading: Reading,
    as_json: bool,
) -> None:
    """Index what arrives in folders, files and feeds, until Ctrl-C. A file is read when it no
    longer grows, and again when it changes; a feed when its server has something new."""
    from index.feeds import FeedError
    from index.watching import watch as arrivals

    failed = False
    try:
        for arrived in arrivals(places, folder, every, once, reading):
            if isinstance(arrived, FeedError):
                failed = True
                tell(str(arrived), err=True)
                continue
            report = run(folder, arrived, reading=reading, defaults=Defaults(source), jobs=jobs)
            _print(report, as_json)
            if report.interrupted:
                break
    except FileNotFoundError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        failed = False
    if once and failed:
        sys.exit(1)


def _print(report: Report, as_json: bool) -> None:
    if as_json:
        tell(json.dumps(report.to_dict(), ensure_ascii=False))
    else:
        tell(report.lines())


def run(folder: Path, sources: Collection[Path | Unreadable], **options: Any) -> Report:
    """Index files, with a bar on a terminal; ``options`` go to ``index_sources``.

    Raises ClickException when the folder cannot be used.
    """
    from index.indexing import index_sources
    from index.progress import Bar

    try:
        with Bar(sources) as bar:
            return index_sources(folder, sources, progress=bar.advance, **options)
    except (IndexUnusable, OSError) as error:
        raise click.ClickException(str(error)) from error


@click.command(epilog="Example: podshivka annotate < articles.jsonl > annotated.jsonl")
@jobs_option
@click.option("--repair", "mend", is_flag=True, help="Mend the text of a newspaper page first.")
def annotate(jobs: int, mend: bool) -> None:
    """Add persons, organizations and mentions to JSONL rows: standard input to standard
    output, row by row; no index is touched. Mentions count code points of the title, an empty
    line and the text. A row that cannot be read is named on standard error and left out; the
    exit code is 1 then."""
    from index.row_annotation import annotate_rows

    failed = 0
    try:
        with Workers(jobs) as workers:
            for line, complaint in annotate_rows(sys.stdin.buffer, workers, mend):
                if complaint:
                    failed += 1
                    tell(complaint, err=True)
                else:
                    sys.stdout.buffer.write(line)
    except ProcessLost as error:
        raise click.ClickException(
            f"--jobs: {error}; rows after those written are missing"
        ) from error
    finally:
        sys.stdout.buffer.flush()
    sys.exit(1 if failed else 0)


@click.command(epilog="Example: podshivka delete politics-027")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@index_option
def delete(ids: tuple[str, ...], folder: Path) -> None:
    """Remove articles from the index."""
    from index.indexing import delete_articles

    try:
        missing = delete_articles(folder, ids)
    except IndexUnusable as error:
        raise click.ClickException(str(error)) from error
    tell(f"{len(set(ids)) - len(missing)} deleted")
    if missing:
        raise click.ClickException(f"not in the index: {', '.join(missing)}")


@click.command(epilog="Example: podshivka check")
@index_option
def check(folder: Path) -> None:
    """Verify every checksum of the index."""
    from index.check import check_index

    problems = check_index(folder)
    if problems:
        raise click.ClickException("\n".join(problems))
    tell("the index is whole")


@click.command(epilog="Example: podshivka optimize")
@index_option
def optimize(folder: Path) -> None:
    """Merge all segments into one, without deleted articles."""
    from index.indexing import optimize_index

    try:
        n_docs = optimize_index(folder)
    except IndexUnusable as error:
        raise click.ClickException(str(error)) from error
    tell(f"{n_docs} articles in one segment")

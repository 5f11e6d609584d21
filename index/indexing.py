"""Indexing: sources into an index, only what is new or changed."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from index.annotation import AnnotationFailure, annotate
from index.article import Article
from index.folder import IndexUnusable, digests, open_writer
from index.readers import Row, Unreadable, read_source
from index.report import Report
from index.rows import Defaults, RowError, article_from_row
from index.writer import IndexWriter

COMMIT_EVERY = 20_000
"""Articles between two commits: what an interruption loses at the most."""

Progress = Callable[[int, Report], None]
"""Called with the bytes of the sources that one more item took."""


def _silent(size: int, report: Report) -> None:
    pass


def index_sources(
    folder: Path,
    sources: Iterable[Path],
    *,
    format: str | None = None,
    defaults: Defaults = Defaults(),
    jobs: int = 1,
    dry_run: bool = False,
    progress: Progress = _silent,
) -> Report:
    """Read files and bring the index in a folder up to them; with ``dry_run`` only say what
    would be done.

    An article whose digest the index holds is passed over, one with a known id and another
    digest is replaced. What cannot be read is counted in the report and the rest goes in. An
    interruption (KeyboardInterrupt) leaves the index at its last commit and is reported.

    Raises IndexUnusable when the folder cannot be read or written.
    """
    report = Report()
    started = time.perf_counter()
    known = digests(folder)
    stored = set(known)
    rows = (row for source in sources for row in read_source(source, format))
    fresh = _fresh(rows, defaults, known, report, progress)
    try:
        if dry_run:
            _count(fresh, stored, report)
        else:
            _write(folder, annotate(fresh, jobs), stored, report)
    except KeyboardInterrupt:
        report.interrupted = True
    report.seconds = time.perf_counter() - started
    return report


def _fresh(
    rows: Iterable[Row | Unreadable],
    defaults: Defaults,
    known: dict[str, str],
    report: Report,
    progress: Progress,
) -> Iterator[Article]:
    """The articles of rows that differ from what is known, which is brought up to them."""
    for row in rows:
        progress(row.size, report)
        if isinstance(row, Unreadable):
            report.reject(row.place, row.reason)
            continue
        try:
            article, warnings = article_from_row(row.content, defaults, row.origin, row.key)
        except RowError as error:
            report.reject(row.place, str(error))
            continue
        for warning in warnings:
            report.warn(row.place, warning)
        if known.get(article.id) == article.digest:
            report.unchanged += 1
        else:
            known[article.id] = article.digest
            yield article


def _write(
    folder: Path,
    results: Iterable[Article | AnnotationFailure],
    stored: set[str],
    report: Report,
) -> None:
    writer: IndexWriter | None = None
    pending: dict[str, Article] = {}
    try:
        for result in results:
            if isinstance(result, AnnotationFailure):
                report.reject(result.article.id, result.reason)
                continue
            if writer and (result.id in pending or len(pending) >= COMMIT_EVERY):
                _commit(writer, pending, stored, report)
                writer = None
            writer = writer or open_writer(folder)
            if result.id in stored:
                writer.delete(result.id)
            writer.add(result)
            pending[result.id] = result
        if writer:
            _commit(writer, pending, stored, report)
    except OSError as error:
        _cancel(writer)
        raise IndexUnusable(f"{folder}: cannot be written: {error.strerror or error}") from error
    except BaseException:
        _cancel(writer)
        raise


def _commit(
    writer: IndexWriter, pending: dict[str, Article], stored: set[str], report: Report
) -> None:
    writer.commit()
    _count(pending.values(), stored, report)
    pending.clear()


def _cancel(writer: IndexWriter | None) -> None:
    if writer and not writer.is_closed:
        writer.cancel()


def _count(articles: Iterable[Article], stored: set[str], report: Report) -> None:
    for article in articles:
        known = article.id in stored
        report.changed += known
        report.new += not known
        report.undated += article.date is None
        stored.add(article.id)


def delete_articles(folder: Path, ids: Iterable[str]) -> list[str]:
    """Remove articles from the index in a folder; returns the ids that were not in it.

    Raises IndexUnusable when the folder cannot be written.
    """
    known = digests(folder)
    ids = list(dict.fromkeys(ids))
    missing = [id for id in ids if id not in known]
    if len(missing) < len(ids):
        with open_writer(folder) as writer:
            for id in ids:
                writer.delete(id)
    return missing

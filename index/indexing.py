"""Indexing: sources into an index, only what is new or changed."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from index.addresses import Addresses
from index.allocation import be_thrifty
from index.annotation import AnnotationFailure, annotate
from index.article import Article
from index.beside import Beside
from index.collection import seldom_collected
from index.commits import COMMIT, with_commits
from index.dates import GUESSED, Dating
from index.folder import IndexUnusable, empty_index, open_index, open_merger, open_writer
from index.interruption import Interruption
from index.known import Known
from index.linking.upkeep import LinkUpkeep
from index.namesakes import Namesakes
from index.readers import Reading, Row, Unreadable, read_sources
from index.readers.redecoding import redecoded
from index.report import SAMPLES, Report
from index.reprints.contents import content_hash
from index.reprints.duplicates import Duplicates
from index.reversions import MOST_HELD, Reversions
from index.rows import Defaults, RowError, article_from_row, is_derived, page
from index.segment.arrays import SegmentUnusable
from index.segment.codec import held
from index.workers import ProcessLost, Workers
from index.writer import MEMORY_MB, IndexWriter

COMMIT_EVERY = 20_000
"""Articles between two commits. A crash loses what the last one lacks: those of a commit that is
being made, and as many at the most that were read meanwhile."""

Progress = Callable[[int, Report], None]
"""Called with the bytes of the sources that one more item took."""


def _silent(size: int, report: Report) -> None:
    pass


def index_sources(
    folder: Path,
    sources: Iterable[Path | Unreadable],
    *,
    reading: Reading = Reading(),
    defaults: Defaults = Defaults(),
    jobs: int = 1,
    memory_mb: float = MEMORY_MB,
    dry_run: bool = False,
    progress: Progress = _silent,
) -> Report:
    """Read files and bring the index in a folder up to them; with ``dry_run`` only say what
    would be done. ``memory_mb`` is that of ``IndexWriter``.

    An article whose digest the index holds is passed over, one with a known id and another
    digest is replaced. What cannot be read is counted in the report and the rest goes in. After
    an interruption (Ctrl-C) what was read is committed, after a second one the index is at its
    last commit; both are reported.

    Raises IndexUnusable when the folder cannot be read or written.
    """
    report = Report()
    started = time.perf_counter()
    known = Known(open_index(folder))
    places: deque[str] = deque()
    addresses = Addresses()
    try:
        with Interruption() as interruption, Workers(jobs) as workers:
            fresh = _fresh(
                interruption.until(read_sources(sources, reading, workers)),
                defaults,
                known,
                places,
                _duplicates(folder),
                addresses,
                report,
                progress,
            )
            if dry_run:
                _count((article.id for article in _sampled(fresh, report)), known, report)
            else:
                articles = _annotated(annotate(fresh, workers), places, report)
                _write(folder, articles, known, report, memory_mb)
                _keep_addresses(folder, addresses, report)
            report.interrupted = interruption.requested
    except KeyboardInterrupt:
        report.interrupted = True
    except ProcessLost as error:
        report.interrupted = True
        report.warn("--jobs", str(error), "process lost")
    report.seconds = time.perf_counter() - started
    return report


def _fresh(
    rows: Iterable[Row | Unreadable],
    defaults: Defaults,
    known: Known,
    places: deque[str],
    duplicates: Duplicates,
    addresses: Addresses,
    report: Report,
    progress: Progress,
) -> Iterator[Article]:
    """The articles of rows that differ from what is known, which is brought up to them; those
    that say what they said before come last, unless a later row says otherwise. Where each
    stands is appended to ``places``, and the address of a duplicate is added
    to ``addresses`` for the id of its article."""
    namesakes = Namesakes(known)
    reversions: Reversions[tuple[Article, int, Dating, Row]] = Reversions(known)

    def taken(article: Article, said: int, dated: Dating, row: Row) -> Article:
        duplicates.add(said, article.id, article.id in known)
        known.add(article.id, article.digest)
        places.append(row.place)
        _describe(article, dated, row, report)
        return article

    for row in rows:
        progress(row.size, report)
        if isinstance(row, Unreadable):
            report.reject(row.place, row.reason, row.kind)
            continue
        try:
            row = redecoded(row)
            article, dated = article_from_row(
                row.content, defaults, row.origin, row.key, row.crawled, row.made
            )
        except RowError as error:
            report.reject(row.place, str(error), error.kind)
            continue
        except Exception as error:
            report.reject(row.place, f"cannot be read: {error!r}")
            continue
        said = content_hash(article)
        is_named = not is_derived(article, article.url, row.key)
        by_words = not row.key and (is_named or not page(article.url))
        if by_words and is_derived(article, None, None):
            article = namesakes.told_apart(article, said)
        report.unchanged += reversions.overtaken(article.id)
        same = None if is_named or article.id in known else duplicates.of(said)
        if known.digest(article.id) == article.digest:
            if known.is_met(article.id):
                report.duplicates.add("the same again", row.place, f"the same as {article.id!r}")
            else:
                report.unchanged += 1
        elif same:
            report.duplicates.add("at another address", row.place, f"the same as {same!r}")
            addresses.add(same, article.url or row.key or _escaped(row.place))
        elif reversions.is_one(article):
            reversions.hold(article, (article, said, dated, row))
            for one in reversions.left(MOST_HELD):
                yield taken(*one)
            continue
        else:
            if known.is_met(article.id):
                address = None if is_named else article.url or row.key
                name = "address" if address else "id"
                reason = (
                    f"{name}: {address or article.id!r} is on an earlier row too; this one counts"
                )
                report.warn(row.place, reason, f"{name} twice")
            yield taken(article, said, dated, row)
        known.meet(article.id)
    for one in reversions.left():
        yield taken(*one)


def _escaped(place: str) -> str:
    """A place without what a file name that is not UTF-8 brings into it."""
    return place.encode(errors="backslashreplace").decode()


def _duplicates(folder: Path) -> Duplicates:
    index = open_index(folder) or empty_index(folder)
    return Duplicates(held(index.contents.segments, index.storage))


def _keep_addresses(folder: Path, addresses: Addresses, report: Report) -> None:
    """Put the addresses of duplicates to those that their articles are known at.
    Where that cannot be done after articles went in, the report warns of it."""
    try:
        if len(addresses):
            _add_addresses(folder, addresses)
    except IndexUnusable as error:
        if not report.new + report.changed:
            raise
        reason = f"{error}; addresses of duplicates are missing until they are indexed again"
        report.warn(str(folder), reason, "addresses not kept")


def _add_addresses(folder: Path, addresses: Addresses) -> None:
    writer = open_writer(folder)
    links = LinkUpkeep(folder)
    try:
        for piece in addresses.pieces(COMMIT_EVERY):
            is_changed = False
            for id, found in piece.items():
                article = writer.stored(id)
                if article and (told := article.also_at(found)) != article:
                    writer.replace(told)
                    is_changed = True
            if is_changed:
                links.commit(writer)
        links.finish(writer)
    except (OSError, SegmentUnusable) as error:
        raise _unusable(folder, error) from error
    finally:
        _cancel(writer)


def _unusable(folder: Path, error: OSError | SegmentUnusable) -> IndexUnusable:
    if isinstance(error, SegmentUnusable):
        return IndexUnusable(str(error))
    return IndexUnusable(f"{folder}: cannot be written: {error.strerror or error}")


def _describe(article: Article, dated: Dating, row: Row, report: Report) -> None:
    """Report what is to be said of an article that goes in."""
    if dated.date is None:
        report.undated.add("without a year" if dated.written else "no date", row.place)
    elif dated.provenance in GUESSED:
        report.guessed.add(dated.provenance, row.place, dated.date)
    for reason in dated.refused:
        report.rejected_dates.add(reason.partition(":")[0], row.place, reason)
    for origin, other in dated.conflicts:
        kind = f"{origin} against {dated.provenance}"
        report.conflicts.add(kind, row.place, f"{other} against {dated.date}, which is kept")
    if row.repaired:
        report.repaired.add("newspaper text", row.place)
    for kind, what in row.doubts:
        report.warn(row.place, what, kind)
    if row.redecoded:
        report.redecoded.add("wrong encoding", row.place)


@seldom_collected()
def _write(
    folder: Path,
    articles: Iterable[Article],
    known: Known,
    report: Report,
    memory_mb: float = MEMORY_MB,
) -> None:
    be_thrifty()
    writer: IndexWriter | None = None
    ids: list[str] = []
    links = LinkUpkeep(folder)
    try:
        with Beside(lambda ids: _count(ids, known, report)) as commits:
            for item in with_commits(articles, COMMIT_EVERY):
                commits.look()
                if item is COMMIT:
                    commits.begin(partial(links.sealed, writer, more=True), ids)
                    ids = []
                    continue
                article, n_rows = item
                if not writer:
                    writer = open_writer(folder, memory_mb)
                    is_alone = writer.generation == known.generation + 1
                if article.id in commits or known.is_committed(article.id) or not is_alone:
                    commits.wait()
                    writer.replace(article)
                else:
                    writer.add(article)
                ids += [article.id] * n_rows
        writer = writer or open_merger(folder)
        if writer and (error := links.finish(writer)):
            reason = f"not merged yet: {error.strerror or error}; what was read is in the index"
            report.warn(str(folder), reason, "not merged")
    except (OSError, SegmentUnusable) as error:
        raise _unusable(folder, error) from error
    finally:
        _cancel(writer)


def _annotated(
    results: Iterable[Article | AnnotationFailure], places: deque[str], report: Report
) -> Iterator[Article]:
    for result in results:
        place = places.popleft()
        if isinstance(result, AnnotationFailure):
            report.reject(place, result.reason, "not annotated")
        else:
            yield result


def _sampled(articles: Iterable[Article], report: Report) -> Iterator[Article]:
    for article in articles:
        if len(report.samples) < SAMPLES:
            report.samples.append(article)
        yield article


def _cancel(writer: IndexWriter | None) -> None:
    if writer:
        writer.cancel()


def _count(ids: Iterable[str], known: Known, report: Report) -> None:
    for id in ids:
        is_changed = known.is_committed(id)
        report.changed += is_changed
        report.new += not is_changed
        known.commit(id)


def delete_articles(folder: Path, ids: Iterable[str]) -> list[str]:
    """Remove articles from the index in a folder; returns the ids that were not in it.

    Raises IndexUnusable when the folder cannot be written.
    """
    known = Known(open_index(folder))
    ids = list(dict.fromkeys(ids))
    missing = [id for id in ids if id not in known]
    if len(missing) < len(ids):
        writer = open_writer(folder)
        try:
            for id in ids:
                writer.delete(id)
            links = LinkUpkeep(folder)
            links.commit(writer)
            links.finish(writer)
        except (OSError, SegmentUnusable) as error:
            raise _unusable(folder, error) from error
        finally:
            _cancel(writer)
    return missing


def optimize_index(folder: Path) -> int:
    """Merge the segments of an index into one; returns the number of its articles.

    Raises IndexUnusable when the folder cannot be written.
    """
    if open_index(folder) is None:
        return 0
    writer = open_writer(folder)
    try:
        LinkUpkeep(folder).commit(writer, optimize=True)
    except (OSError, SegmentUnusable) as error:
        raise _unusable(folder, error) from error
    finally:
        _cancel(writer)
    return open_index(folder).doc_count()

"""Annotation of JSONL rows that keep whatever else they carry."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

import orjson

from index.annotation import AnnotationFailure, annotate
from index.article import Article
from index.readers.jsonl import rows
from index.readers.reading import Limits
from index.readers.redecoding import redecoded
from index.readers.row import Unreadable
from index.rows import RowError, article_from_row
from index.workers import ALONE, Workers


def annotate_rows(
    lines: BinaryIO, workers: Workers = ALONE, mend: bool = False
) -> Iterator[tuple[bytes, str | None]]:
    """JSONL lines with ``persons``, ``organizations`` and ``mentions`` added, in their order,
    each with None; or, for one that cannot be read, nothing and the complaint. With ``mend``
    their text is repaired first: what was decoded wrongly, then as that of a newspaper page."""
    read: deque[tuple[str, Any, Article | str]] = deque()

    def articles() -> Iterator[Article]:
        for row in rows(lines, "stdin", Limits()):
            if isinstance(row, Unreadable):
                read.append((row.place, None, row.reason))
                continue
            row = redecoded(row) if mend else row
            try:
                article, _ = article_from_row(row.content)
            except RowError as error:
                read.append((row.place, None, str(error)))
                continue
            content = row.content
            if mend:
                article, content = _mended(article, content)
            read.append((row.place, content, article))
            yield article

    for result in annotate(articles(), workers):
        yield from _complaints(read)
        place, content, _ = read.popleft()
        if isinstance(result, AnnotationFailure):
            yield b"", f"{place}: {result.reason}"
        else:
            yield orjson.dumps(content | _added(result), option=orjson.OPT_APPEND_NEWLINE), None
    yield from _complaints(read)


def _mended(article: Article, row: Mapping[str, Any]) -> tuple[Article, dict[str, Any]]:
    from index.repair import repair

    mended = repair(article.text)
    told = {"title": article.title or mended.title or "", "text": mended.body}
    return replace(article, **told), {**row, **told}


def _complaints(read: deque[tuple[str, Any, Article | str]]) -> Iterator[tuple[bytes, str]]:
    while read and isinstance(read[0][2], str):
        place, _, reason = read.popleft()
        yield b"", f"{place}: {reason}"


def _added(article: Article) -> dict[str, Any]:
    return {
        "persons": article.persons,
        "organizations": article.organizations,
        "mentions": article.mentions,
    }

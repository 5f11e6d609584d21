"""Annotation of JSONL rows that keep whatever else they carry."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

import orjson

from index.annotation import AnnotationFailure, annotate
from index.article import Article
from index.readers.jsonl import rows
from index.readers.reading import MOST_IN_VAIN, Limits, Refused
from index.readers.redecoding import redecoded
from index.readers.row import Row, Unreadable
from index.rows import RowError, article_from_row
from index.workers import ALONE, Workers

MOST_WAITING = 1000
"""Complaints that wait for the articles before them at the most."""

_Read = tuple[str, Any, Article | str]
"""The place of a row, its content, and its article or why there is none."""


def annotate_rows(
    lines: BinaryIO, workers: Workers = ALONE, mend: bool = False
) -> Iterator[tuple[bytes, str | None]]:
    """JSONL lines with ``persons``, ``organizations`` and ``mentions`` added, in their order,
    each with None; or, for one that cannot be read, nothing and the complaint. With ``mend``
    their text is repaired first, unless mentions count it: what was decoded wrongly, then as
    that of a newspaper page."""
    read: deque[_Read] = deque()
    found = _found(lines, mend)
    for first in found:
        for result in annotate(_articles(chain([first], found), read), workers):
            yield from _complaints(read)
            place, content, _ = read.popleft()
            if isinstance(result, AnnotationFailure):
                yield b"", f"{place}: {result.reason}"
            else:
                yield orjson.dumps(content | _added(result), option=orjson.OPT_APPEND_NEWLINE), None
        yield from _complaints(read)


def _articles(found: Iterable[_Read], read: deque[_Read]) -> Iterator[Article]:
    """The articles of what was found, all of which is appended to ``read``, until as many
    complaints as may are waiting there."""
    waiting = 0
    for item in found:
        read.append(item)
        if not isinstance(item[2], str):
            yield item[2]
        elif (waiting := waiting + 1) == MOST_WAITING:
            return


def _found(lines: BinaryIO, mend: bool) -> Iterator[_Read]:
    in_vain = 0
    try:
        for row in rows(lines, "stdin", Limits()):
            found = _article(row, mend)
            in_vain = in_vain + 1 if isinstance(found[2], str) else 0
            if in_vain > MOST_IN_VAIN:
                raise Refused(f"more than {MOST_IN_VAIN} lines in a row without an article")
            yield found
    except Refused as error:
        yield "stdin", None, str(error)


def _article(row: Row | Unreadable, mend: bool) -> _Read:
    if isinstance(row, Unreadable):
        return row.place, None, row.reason
    try:
        row = redecoded(row) if mend else row
        article, _ = article_from_row(row.content)
        content = row.content
        if mend and article.mentions is None:
            article, content = _mended(article, content)
    except RowError as error:
        return row.place, None, str(error)
    except Exception as error:
        return row.place, None, f"cannot be read: {error!r}"
    return row.place, content, article


def _mended(article: Article, row: Mapping[str, Any]) -> tuple[Article, dict[str, Any]]:
    from index.repair import repair

    mended = repair(article.text)
    told = {"title": article.title or mended.title or "", "text": mended.body}
    return replace(article, **told), {**row, **told}


def _complaints(read: deque[_Read]) -> Iterator[tuple[bytes, str]]:
    while read and isinstance(read[0][2], str):
        place, _, reason = read.popleft()
        yield b"", f"{place}: {reason}"


def _added(article: Article) -> dict[str, Any]:
    return {
        "persons": article.persons,
        "organizations": article.organizations,
        "mentions": [mention._asdict() for mention in article.mentions or ()],
    }

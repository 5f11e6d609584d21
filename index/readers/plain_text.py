"""Plain text: one article a file or several, mended as newspaper text, each with its headline in
its first line if that looks like one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from index.dates.expressions import expressions
from index.readers.encoding import decode
from index.readers.reading import Reading, Refused, size_of
from index.readers.redecoding import redecoded_text
from index.readers.row import Row, Unreadable
from index.readers.source import Source

FORM_FEED = "\f"
LONGEST_SPLIT_S = 10.0
"""Seconds that the separators of a file may take to find."""

_LONGEST_HEADLINE = 150
_PADDING = "\x1a\0"
"""What DOS puts behind the end of a text."""


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a plain text, mended unless that is not wanted: what stands between form
    feeds, or between what ``split`` of the reading matches."""
    found = decode(source.content())
    text = found.rstrip(_PADDING)
    if "\0" in (text or found):
        raise Refused("NUL bytes, which no text has", "no text")
    if not text.strip():
        raise Refused("empty", "no text")
    parts = [(start, text[start:stop].strip()) for start, stop in _spans(text, source)]
    parts = [(start, part) for start, part in parts if part]
    alone, line, counted = len(parts) == 1, 1, 0
    for number, (start, part) in enumerate(parts, start=1):
        line, counted = line + text.count("\n", counted, start), start
        place = source.name if alone else f"{source.name}, line {line}"
        most = source.reading.limits.article_bytes
        if len(part.encode(errors="replace")) > most:
            reason = f"an article of more than {size_of(most)}; see --max-article-size"
            yield Unreadable(place, reason, "too large")
            continue
        key = source.key if number == 1 else f"{source.key}?article={number}"
        yield mended(part, source.reading).as_row(place, key)


def _spans(text: str, source: Source) -> Iterator[tuple[int, int]]:
    """Where the articles of a text begin, behind white space, and end.

    Raises Refused when the separators take too long to find.
    """
    split = source.reading.split
    separators = [match.span() for match in re.finditer(FORM_FEED, text)]
    try:
        matches = split.finditer(text, timeout=LONGEST_SPLIT_S) if split else ()
        separators += [match.span() for match in matches]
    except TimeoutError as error:
        reason = f"--split takes more than {LONGEST_SPLIT_S:g} s on it"
        raise Refused(reason, "cannot be split") from error
    ends = [(0, 0), *sorted(separators), (len(text), len(text))]
    for (_, start), (stop, _) in pairwise(ends):
        if start < stop:
            yield start + len(text[start:stop]) - len(text[start:stop].lstrip()), stop


@dataclass(frozen=True, slots=True)
class Mended:
    """Title and text of an article, ``repaired`` where its words were broken by columns,
    ``redecoded`` where it had been decoded wrongly; ``issued`` is the day of the issue, where a
    running head of its page names it."""

    content: dict[str, str]
    repaired: bool
    redecoded: bool
    issued: str | None = None

    def as_row(self, place: str, key: str, **more: Any) -> Row:
        """The row of the article; ``more`` are further fields of it."""
        told = {"repaired": self.repaired, "redecoded": self.redecoded}
        if self.issued is None:
            return Row(self.content, place, key=key, **told, **more)
        return Row(self.content | {"date": self.issued}, place, "text", key, **told, **more)


def mended(text: str, reading: Reading, title: str = "") -> Mended:
    """The article of a newspaper text, mended unless that is not wanted: under the title given,
    else under a headline that had fallen into it, else under a short first line."""
    right = redecoded_text(text)
    redecoded = right != text
    if not reading.mend:
        return Mended(_titled(title, right), False, redecoded)
    from index.repair import DROPPED, repair

    found = repair(right)
    issued = _day_of_issue(change.text for change in found.changes if change.kind == DROPPED)
    if found.title and not title:
        return Mended({"title": found.title, "text": found.body}, True, redecoded, issued)
    body = "\n\n".join(filter(None, (found.title, found.body)))
    return Mended(_titled(title, body), bool(found.changes), redecoded, issued)


def _day_of_issue(furniture: Iterable[str]) -> str | None:
    """The one day that the furniture of a page names, None where it names none or several."""
    today = date.today()
    named = (found for line in furniture for found in expressions(line, today) if found.year)
    days = {day.partial for day in named if day.is_possible() and day.days == 1}
    return days.pop() if len(days) == 1 else None


def _titled(title: str, text: str) -> dict[str, str]:
    return {"title": title, "text": text} if title else _parted(text)


def _parted(text: str) -> dict[str, str]:
    first, _, rest = text.partition("\n")
    if rest.strip() and len(first) <= _LONGEST_HEADLINE and first.rstrip()[-1] not in ".,:;-—":
        return {"title": first, "text": rest.lstrip("\n")}
    return {"text": text}

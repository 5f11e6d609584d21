"""Highlighting: text and offsets into escaped HTML, in one last step."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from search.deadline import check

Mark = Sequence[int]
"""A half-open stretch ``[start, stop)`` of code points."""

_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Link:
    """A half-open stretch of code points that leads to ``url``; ``kind`` becomes its class,
    ``title`` its tooltip, and ``anchor``, where there is one, what leads to it."""

    start: int
    stop: int
    kind: str
    url: str
    title: str
    anchor: str | None = None

    def moved(self, by: int) -> "Link":
        """The link so many code points further on."""
        return replace(self, start=self.start + by, stop=self.stop + by)


def highlight(text: str, marks: Iterable[Mark], links: Iterable[Link] = ()) -> Markup:
    """The text with ``<mark>`` around its marks and ``<a>`` around its links, escaped.

    Marks that overlap become one; a mark that crosses the border of a link is split there. Of links that overlap, the one
    that begins first (of several, the longest) is kept.

    >>> highlight("Иван <b>", [(0, 4)])
    Markup('<mark>Иван</mark> &lt;b&gt;')
    """
    return _highlighted(text, 0, len(text), _disjoint(marks), _apart(links))


def paragraphs(text: str, marks: Iterable[Mark], links: Iterable[Link] = ()) -> list[Markup]:
    """Each paragraph (line that is not blank) of a text, highlighted; offsets count in the
    whole text.

    Raises TimeLimit.
    """
    stretches, apart = _disjoint(marks), _apart(links)
    found = []
    for match in _PARAGRAPH.finditer(text):
        check()
        if match[0].strip():
            found.append(_highlighted(text, *match.span(), stretches, apart))
    return found


def _disjoint(marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """The marks in order, those that overlap made one."""
    kept: list[tuple[int, int]] = []
    for start, stop in sorted((start, stop) for start, stop in marks if start < stop):
        if kept and start < kept[-1][1]:
            first, last = kept.pop()
            start, stop = first, max(stop, last)
        kept.append((start, stop))
    return kept


def _apart(links: Iterable[Link]) -> list[Link]:
    kept: list[Link] = []
    for link in sorted(links, key=lambda link: (link.start, -link.stop)):
        if link.stop > link.start and (not kept or link.start >= kept[-1].stop):
            kept.append(link)
    return kept


def _highlighted(
    text: str, start: int, stop: int, marks: list[tuple[int, int]], links: list[Link]
) -> Markup:
    out: list[Markup] = []
    for place in range(bisect_right(links, start, key=lambda link: link.stop), len(links)):
        link = links[place]
        if link.start >= stop:
            break
        opens, closes = max(link.start, start), min(link.stop, stop)
        out += _marked(text, start, opens, marks)
        inside = Markup("").join(_marked(text, opens, closes, marks))
        anchor = Markup(' id="{}"').format(link.anchor) if link.anchor else ""
        out.append(
            Markup('<a class="{}"{} href="{}" title="{}" tabindex="-1">{}</a>').format(
                link.kind, anchor, link.url, link.title, inside
            )
        )
        start = closes
    out += _marked(text, start, stop, marks)
    return Markup("").join(out)


def _marked(text: str, start: int, stop: int, marks: list[tuple[int, int]]) -> Iterator[Markup]:
    for place in range(bisect_right(marks, start, key=lambda mark: mark[1]), len(marks)):
        opens, closes = max(marks[place][0], start), min(marks[place][1], stop)
        if opens >= stop:
            break
        yield escape(text[start:opens])
        yield Markup("<mark>{}</mark>").format(text[opens:closes])
        start = closes
    yield escape(text[start:stop])

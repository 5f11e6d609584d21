"""The text of an office document as it is put together: paragraphs, headings, tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.readers.reading import Refused
from index.readers.row import Row
from index.readers.source import Source

TITLE, HEADING, PLAIN = "title", "heading", "plain"
"""Kinds of paragraphs."""

_TITLE_NAMES = ("title", "название")
_HEADING_NAMES = ("heading", "заголовок")
_NOBODY = re.compile(
    r"user|admin(?:istrator)?|пользователь|администратор|windows user|пользователь windows"
    r"|python-docx|author|автор|unknown|home|office",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"\.(?:docx?|odt|rtf|dotx?)$|^(?:документ|document|untitled|без имени|word document)\s*\d*$"
    r"|^[\W\d_]*$",
    re.IGNORECASE,
)
_LATE_HEADING = 3
"""Paragraphs before a heading that is still the document's headline."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def kind_of_style(name: str) -> str:
    """What a paragraph in a style of this name is."""
    name = name.lower()
    if name.startswith(_TITLE_NAMES):
        return TITLE
    return HEADING if name.startswith(_HEADING_NAMES) else PLAIN


@dataclass
class Text:
    """Paragraphs with their kinds, in their order; those of a table's cell make up the cell,
    those of its row a line. Paragraphs may lie in each other (a text box in one)."""

    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    _open: list[tuple[list[str], str]] = field(default_factory=list)
    _rows: list[list[list[str]]] = field(default_factory=list)

    def begin_paragraph(self, kind: str = PLAIN) -> None:
        self._open.append(([], kind))

    def set_kind(self, kind: str) -> None:
        if self._open:
            self._open[-1] = (self._open[-1][0], kind)

    def add(self, text: str) -> None:
        if self._open:
            self._open[-1][0].append(text)

    def end_paragraph(self) -> None:
        if not self._open:
            return
        parts, kind = self._open.pop()
        text = "".join(parts).strip()
        if not text:
            return
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(" ".join(text.split()))
        else:
            self.paragraphs.append((kind, text))

    def begin_row(self) -> None:
        self._rows.append([])

    def begin_cell(self) -> None:
        if self._rows:
            self._rows[-1].append([])

    def end_row(self) -> None:
        if not self._rows:
            return
        cells = [" ".join(cell) for cell in self._rows.pop()]
        line = "\t".join(cells).strip()
        if line and self._rows and self._rows[-1]:
            self._rows[-1][-1].append(line)
        elif line:
            self.paragraphs.append((PLAIN, line))

    def as_row(self, source: Source, properties: Mapping[str, str], made: str) -> Row:
        """The row of the document: its headline is a paragraph in the style of a title, else a
        heading at the top, else the title of its properties.

        Raises Refused when there is no text.
        """
        if not self.paragraphs:
            raise Refused("no text", "no text")
        content: dict[str, Any] = {}
        told = properties.get("title", "")
        headline = self._headline()
        texts = [text for number, (_, text) in enumerate(self.paragraphs) if number != headline]
        if headline is not None:
            content["title"] = " ".join(self.paragraphs[headline][1].split())
        elif not _NO_TITLE.search(told):
            content["title"] = told
            texts = texts[texts[0] == told :]
        content["text"] = "\n\n".join(texts)
        author = properties.get("creator", "")
        content["authors"] = [] if _NOBODY.fullmatch(author) or not author else [author]
        day = _DAY.match(properties.get(made, ""))
        return Row(content, source.name, key=source.key, made=day and day[0])

    def _headline(self) -> int | None:
        kinds = [kind for kind, _ in self.paragraphs]
        if TITLE in kinds:
            return kinds.index(TITLE)
        return kinds.index(HEADING) if HEADING in kinds[:_LATE_HEADING] else None

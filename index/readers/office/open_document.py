"""ODT: the text of an OpenDocument text (ISO/IEC 26300)."""

import re
from collections.abc import Iterator, Mapping

from index.readers.office.package import Package
from index.readers.office.text import HEADING, TITLE, Text, kind_of_style
from index.readers.reading import Refused
from index.readers.row import Row
from index.readers.source import Source

_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument."
_SKIPPED = frozenset(("annotation", "note", "tracked-changes", "sequence-decls", "forms", "image"))
_SPACE = re.compile(r"\s+")
_MOST_SPACES = 100


def looks(source: Source) -> bool:
    """Whether a ZIP archive is the package of an OpenDocument file."""
    return _MIMETYPE in source.head[:200]


def read(source: Source) -> Iterator[Row]:
    """The one row of a document."""
    if _MIMETYPE + b"text" not in source.head[:200]:
        raise Refused("an OpenDocument file, but no text", "unknown format")
    with Package(source) as package:
        if not package.has("content.xml"):
            raise Refused("a damaged document: no content.xml", "damaged")
        body = _Body()
        package.parse("content.xml", body)
        yield body.text.as_row(source, package.properties("meta.xml"), "creation-date")


class _Body:
    """The text of the document, without notes, comments and what was deleted."""

    def __init__(self) -> None:
        self.text = Text()
        self._parents: dict[str, str] = {}
        self._skipped = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._skipped += name in _SKIPPED
        if self._skipped:
            return
        if name == "style":
            self._parents[attributes.get("name", "")] = attributes.get("parent-style-name", "")
        elif name in ("p", "h"):
            self.text.begin_paragraph(self._kind(name, attributes.get("style-name", "")))
        elif name == "table-row":
            self.text.begin_row()
        elif name == "table-cell":
            self.text.begin_cell()
        elif name == "tab":
            self.text.add("\t")
        elif name == "line-break":
            self.text.add("\n")
        elif name == "s":
            n_spaces = attributes.get("c", "1")
            self.text.add(" " * min(int(n_spaces) if n_spaces.isdecimal() else 1, _MOST_SPACES))

    def end(self, name: str) -> None:
        if name in _SKIPPED:
            self._skipped -= 1
        elif self._skipped:
            return
        elif name in ("p", "h"):
            self.text.end_paragraph()
        elif name == "table-row":
            self.text.end_row()

    def add(self, text: str) -> None:
        if not self._skipped:
            self.text.add(_SPACE.sub(" ", text))

    def _kind(self, name: str, style: str) -> str:
        kind = kind_of_style(self._parents.get(style) or style)
        return kind if kind == TITLE or name == "p" else HEADING

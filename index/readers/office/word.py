"""DOCX: the text of a Word document (ISO/IEC 29500)."""

from collections.abc import Iterator, Mapping

from index.readers.office.package import Package
from index.readers.office.text import PLAIN, Text, kind_of_style
from index.readers.reading import Refused
from index.readers.row import Row
from index.readers.source import Source

_CONTENT_TYPES = "[Content_Types].xml"
_DOCUMENT, _STYLES, _PROPERTIES = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_FIRST_NAMES = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/")


def looks(source: Source) -> bool:
    """Whether a ZIP archive is the package of an Office file."""
    if not source.head[30:].startswith(_FIRST_NAMES):
        return False
    try:
        with Package(source) as package:
            return package.has(_CONTENT_TYPES)
    except Refused:
        return False


def read(source: Source) -> Iterator[Row]:
    """The one row of a document."""
    with Package(source) as package:
        if not package.has(_DOCUMENT):
            raise Refused("an Office file, but no text document", "unknown format")
        styles = _Styles()
        if package.has(_STYLES):
            package.parse(_STYLES, styles)
        body = _Body(styles.kinds)
        package.parse(_DOCUMENT, body)
        yield body.text.as_row(source, package.properties(_PROPERTIES), "created")


class _Styles:
    """The kind of paragraph that each style makes, by the style's id."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self._style = ""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self._style = attributes.get("styleId", "")
        elif name == "name":
            self.kinds[self._style] = kind_of_style(attributes.get("val", ""))

    def end(self, name: str) -> None:
        pass

    def add(self, text: str) -> None:
        pass


class _Body:
    """The text of the document; what stands twice, for programs that do not know text boxes, is
    passed over once."""

    def __init__(self, kinds: Mapping[str, str]):
        self.text = Text()
        self._kinds = kinds
        self._fallbacks = 0
        self._is_text = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._fallbacks += name == "Fallback"
        if self._fallbacks:
            return
        if name == "t":
            self._is_text = True
        elif name == "p":
            self.text.begin_paragraph()
        elif name == "tr":
            self.text.begin_row()
        elif name == "tc":
            self.text.begin_cell()
        elif name == "pStyle":
            self.text.set_kind(self._kinds.get(attributes.get("val", ""), PLAIN))
        elif name in _CHARACTERS and "val" not in attributes:
            self.text.add(_CHARACTERS[name])

    def end(self, name: str) -> None:
        if name == "Fallback":
            self._fallbacks -= 1
        elif self._fallbacks:
            return
        elif name == "t":
            self._is_text = False
        elif name == "p":
            self.text.end_paragraph()
        elif name == "tr":
            self.text.end_row()

    def add(self, text: str) -> None:
        if self._is_text and not self._fallbacks:
            self.text.add(text)

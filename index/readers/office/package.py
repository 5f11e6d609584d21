"""The package of an office document: XML files in a ZIP archive, read within bounds."""

import zipfile
from collections.abc import Mapping
from typing import Protocol
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from index.readers.reading import Refused, size_of
from index.readers.source import Source
from index.readers.zip_archive import DAMAGE, ENCRYPTED

DEEPEST = 500
"""Elements that may lie in each other."""

_TIMES = 8
"""Times that the XML of a document may be larger than an article's text."""


class Content(Protocol):
    """What takes the contents of an XML file, names without their namespaces."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def add(self, text: str) -> None: ...


class Package:
    """The files of a document.

    Raises Refused when it is damaged.
    """

    def __init__(self, source: Source):
        self._source = source
        self._most = _TIMES * source.reading.limits.article_bytes
        try:
            self._archive = zipfile.ZipFile(source.file())
        except DAMAGE as error:
            raise Refused(f"a damaged document: {error}", "damaged") from error

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *error: object) -> None:
        self._archive.close()

    def has(self, path: str) -> bool:
        """Whether it holds a file."""
        return path in self._archive.namelist()

    def parse(self, path: str, content: Content) -> None:
        """Tell ``content`` what an XML file holds.

        Raises Refused when the file is damaged, encrypted, too large or hostile, or packed by an
        unknown method.
        """
        from defusedxml import DefusedXmlException, sax

        try:
            entry = self._archive.getinfo(path)
            if entry.flag_bits & ENCRYPTED:
                raise Refused("it needs a password; save it without one", "encrypted")
            with self._archive.open(entry) as file:
                sax.parse(_Bounded(file, self._most), _Handler(content), forbid_dtd=True)
        except DefusedXmlException as error:
            raise Refused("it declares entities", "declares entities") from error
        except NotImplementedError as error:
            reason = f"packed by ZIP method {entry.compress_type}, which is not read; save it anew"
            raise Refused(reason, "unknown compression") from error
        except (SAXParseException, zipfile.BadZipFile, EOFError, KeyError) as error:
            raise Refused(f"a damaged document: {path}: {error}", "damaged") from error

    def properties(self, path: str) -> dict[str, str]:
        """The texts of the elements of a file of properties, by their names."""
        found = _Properties()
        if self.has(path):
            self.parse(path, found)
        return found.texts


class _Bounded:
    """A stream that gives no more than a number of bytes."""

    def __init__(self, file: zipfile.ZipExtFile, most: int):
        self._file, self._left, self._most = file, most, most

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            raise Refused(
                f"XML of more than {size_of(self._most)}; see --max-article-size", "too large"
            )
        return chunk

    def close(self) -> None:
        self._file.close()


class _Handler(ContentHandler):
    def __init__(self, content: Content):
        super().__init__()
        self._content = content
        self._depth = 0

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused(f"elements nested deeper than {DEEPEST}", "nested too deep")
        attributes = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        self._content.begin(name.rpartition(":")[2], attributes)

    def endElement(self, name: str) -> None:
        self._depth -= 1
        self._content.end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        self._content.add(content)


class _Properties:
    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._text = ""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._text = ""

    def end(self, name: str) -> None:
        if text := " ".join(self._text.split()):
            self.texts.setdefault(name, text)
        self._text = ""

    def add(self, text: str) -> None:
        self._text += text

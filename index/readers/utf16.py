"""UTF-16: text of any format in two bytes a character, with a byte order mark or without, as
UTF-8."""

from collections.abc import Iterator

from index.readers.encoding import UTF_16_BOMS, wide_encoding
from index.readers.recoding import in_utf8
from index.readers.source import Source


def looks(source: Source) -> bool:
    """Whether a source is text in UTF-16."""
    return source.head.startswith(UTF_16_BOMS) or wide_encoding(source.head) is not None


def read(source: Source) -> Iterator[Source]:
    """The same source in UTF-8."""
    encoding = "utf-16" if source.head.startswith(UTF_16_BOMS) else wide_encoding(source.head)
    yield source.unpacked(in_utf8(source.stream, encoding or "utf-16"), source.file_name)

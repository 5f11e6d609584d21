"""Plain text: one article a file, its headline in the first line if that looks like one."""

from collections.abc import Iterator
from pathlib import Path

from index.readers.encoding import decode
from index.readers.source import Row, Unreadable, file_key

_LONGEST_HEADLINE = 150


def read(path: Path) -> Iterator[Row | Unreadable]:
    """The one row of a text file."""
    content = path.read_bytes()
    text = decode(content).strip()
    if not text or "\0" in text:
        yield Unreadable(str(path), "no text" if text else "empty", len(content))
        return
    first, _, rest = text.partition("\n")
    if rest.strip() and len(first) <= _LONGEST_HEADLINE and first.rstrip()[-1] not in ".,:;-—":
        row = {"title": first, "text": rest}
    else:
        row = {"text": text}
    yield Row(row, str(path), len(content), key=file_key(path))

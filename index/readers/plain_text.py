"""Plain text: one article a file, mended as newspaper text, its headline in the first line if
that looks like one."""

from collections.abc import Iterator
from pathlib import Path

from index.readers.encoding import decode
from index.readers.source import Row, Unreadable, file_key

_LONGEST_HEADLINE = 150


def read(path: Path, mend: bool = True) -> Iterator[Row | Unreadable]:
    """The one row of a text file; without ``mend`` its text is taken as it stands."""
    content = path.read_bytes()
    text = decode(content).strip()
    if not text or "\0" in text:
        yield Unreadable(str(path), "no text" if text else "empty", len(content))
        return
    row, repaired = _mended(text) if mend else (_parted(text), False)
    yield Row(row, str(path), len(content), key=file_key(path), repaired=repaired)


def _mended(text: str) -> tuple[dict[str, str], bool]:
    from index.repair import repair

    mended = repair(text)
    if mended.title:
        return {"title": mended.title, "text": mended.body}, True
    return _parted(mended.body), bool(mended.changes)


def _parted(text: str) -> dict[str, str]:
    first, _, rest = text.partition("\n")
    if rest.strip() and len(first) <= _LONGEST_HEADLINE and first.rstrip()[-1] not in ".,:;-—":
        return {"title": first, "text": rest}
    return {"text": text}

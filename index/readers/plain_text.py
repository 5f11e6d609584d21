"""Plain text: one article a file, mended as newspaper text, its headline in the first line if
that looks like one."""

from collections.abc import Iterator

from index.readers.encoding import decode
from index.readers.row import Row, Unreadable
from index.readers.source import Source

_LONGEST_HEADLINE = 150


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The one row of a plain text, mended unless that is not wanted."""
    text = decode(source.article()).strip()
    if not text or "\0" in text:
        yield Unreadable(source.name, "no text" if text else "empty", "no text")
        return
    row, repaired = _mended(text) if source.reading.mend else (_parted(text), False)
    yield Row(row, source.name, key=source.key, repaired=repaired)


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

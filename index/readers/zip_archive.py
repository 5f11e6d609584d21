"""ZIP archives: each file in them is a source."""

import re
import stat
import zipfile
from collections.abc import Iterator

from index.readers.archive_members import is_hidden, linked, refusal
from index.readers.reading import Refused
from index.readers.row import Unreadable
from index.readers.source import Source

ENCRYPTED, _NAMED_IN_UTF8 = 0x1, 0x800
DAMAGE = (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError)
"""What opening a damaged archive, or a member of it, raises."""

_CYRILLIC = re.compile("[а-яё]{2}", re.I)


def read(source: Source) -> Iterator[Source | Unreadable]:
    """The files of an archive, in its order."""
    try:
        archive = zipfile.ZipFile(source.file())
    except DAMAGE as error:
        raise Refused(f"a damaged ZIP archive: {error}", "damaged") from error
    with archive:
        for entry in archive.infolist():
            path = _path(entry)
            if entry.is_dir() or is_hidden(path):
                continue
            if refused := refusal(source.name, path):
                yield refused
            elif stat.S_ISLNK(entry.external_attr >> 16):
                yield linked(source.name, path)
            elif entry.flag_bits & ENCRYPTED:
                yield Unreadable(f"{source.name}!/{path}", "needs a password", "encrypted")
            else:
                yield from _member(source, archive, entry, path)


def _member(
    source: Source, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str
) -> Iterator[Source | Unreadable]:
    try:
        stream = archive.open(entry)
    except DAMAGE as error:
        yield Unreadable(f"{source.name}!/{path}", f"damaged: {error}", "damaged")
        return
    with stream:
        yield source.member(path, stream)


def _path(entry: zipfile.ZipInfo) -> str:
    """The path of an entry; one that is not said to be in UTF-8 is taken for cp866, which
    Windows in Russian writes, where that gives Cyrillic letters."""
    if entry.flag_bits & _NAMED_IN_UTF8:
        return entry.filename
    try:
        path = entry.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return entry.filename
    return path if _CYRILLIC.search(path) else entry.filename

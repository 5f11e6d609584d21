"""TAR archives: each file in them is a source, read as it comes by."""

import tarfile
from collections.abc import Iterator

from index.readers.archive_members import is_hidden, linked, refusal
from index.readers.encoding import decode
from index.readers.reading import Refused
from index.readers.row import Unreadable
from index.readers.source import Source

_NAMES = {"encoding": "utf-8", "errors": "surrogateescape"}
_LARGEST_HEADER = 1 << 20
_HEADERS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


class _Entry(tarfile.TarInfo):
    """An entry whose additional headers, which tarfile reads whole, are no larger than they
    are in any honest archive."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _HEADERS and self.size > _LARGEST_HEADER:
            raise Refused(f"a header of {self.size} bytes", "damaged")
        return super()._proc_member(archive)


def looks(source: Source) -> bool:
    """Whether a source begins with the header of a TAR entry (POSIX or GNU)."""
    return source.head[257:262] == b"ustar"


def read(source: Source) -> Iterator[Source | Unreadable]:
    """The files of an archive, in its order."""
    try:
        with tarfile.open(fileobj=source.stream, mode="r|", tarinfo=_Entry, **_NAMES) as archive:
            while entry := archive.next():
                archive.members.clear()
                yield from _member(source, archive, entry)
    except tarfile.TarError as error:
        raise Refused(f"a damaged TAR archive: {error}", "damaged") from error


def _member(
    source: Source, archive: tarfile.TarFile, entry: tarfile.TarInfo
) -> Iterator[Source | Unreadable]:
    path = _path(entry)
    if entry.isdir() or is_hidden(path):
        return
    if refused := refusal(source.name, path):
        yield refused
    elif entry.issym() or entry.islnk():
        yield linked(source.name, path)
    elif not entry.isreg():
        reason = "a device or a FIFO; only files are read"
        yield Unreadable(f"{source.name}!/{path}", reason, "not a file")
    elif stream := archive.extractfile(entry):
        with stream:
            yield source.member(path, stream)


def _path(entry: tarfile.TarInfo) -> str:
    """The path of an entry, which old archives have in a one-byte encoding."""
    return decode(entry.name.encode(**_NAMES))

"""ZIP archives: each file in them is a source."""

import zipfile
from collections.abc import Iterator

from index.readers.reading import Refused
from index.readers.row import Unreadable
from index.readers.source import Source


def read(source: Source) -> Iterator[Source | Unreadable]:
    """The files of an archive, in its order; folders, hidden files and what a Mac adds are
    passed over."""
    try:
        archive = zipfile.ZipFile(source.file())
    except zipfile.BadZipFile as error:
        raise Refused(f"a damaged ZIP archive: {error}", "damaged") from error
    with archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            with archive.open(entry) as stream:
                yield source.member(entry.filename, stream)

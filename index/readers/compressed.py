"""Compressed files: what is in them is the source, under the same name."""

import re
from collections.abc import Iterator

from index.readers.source import Source

_TAR = re.compile(r"\.(?:tgz|tbz2?|txz|tzst)$", re.I)
_SUFFIX = re.compile(r"\.(?:gz|bz2|xz|zst|zstd)$", re.I)


def read_gzip(source: Source) -> Iterator[Source]:
    """What a gzip file holds (all members of it, one after the other)."""
    import gzip

    with gzip.GzipFile(fileobj=source.stream) as stream:
        yield source.unpacked(stream, _unpacked_name(source.file_name))


def read_bzip2(source: Source) -> Iterator[Source]:
    """What a bzip2 file holds."""
    import bz2

    with bz2.BZ2File(source.stream) as stream:
        yield source.unpacked(stream, _unpacked_name(source.file_name))


def is_bzip2(source: Source) -> bool:
    """Whether a source that begins like a bzip2 file is one: a word may begin so too."""
    return source.head[4:10] in (b"1AY&SY", b"\x17rE8P\x90")


def read_xz(source: Source) -> Iterator[Source]:
    """What an xz file holds."""
    import lzma

    with lzma.LZMAFile(source.stream) as stream:
        yield source.unpacked(stream, _unpacked_name(source.file_name))


def read_zstd(source: Source) -> Iterator[Source]:
    """What a Zstandard file holds (all frames of it)."""
    import zstandard

    decompressor = zstandard.ZstdDecompressor()
    with decompressor.stream_reader(
        source.stream, read_across_frames=True, closefd=False
    ) as stream:
        yield source.unpacked(stream, _unpacked_name(source.file_name))


def _unpacked_name(name: str) -> str:
    return _TAR.sub(".tar", _SUFFIX.sub("", name))

"""A file of arrays: plain arrays one after the other, and a JSON header that lists them.

    MAGIC | arrays, aligned | header as JSON | length and CRC-32 of the header | MAGIC

The header comes last, so that arrays can be streamed; a file that was cut short has none.
"""

import json
import mmap
import os
import re
import struct
import zlib
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike

from index.segment.layout import ALIGNMENT, FORMAT_VERSION, OLDEST_FORMAT

MAGIC = b"podshivk"
_END = struct.Struct("<II8s")
_NUMBER = re.compile("[<|][iu][1248]")


class SegmentUnusable(Exception):
    """A segment's file cannot be used; the message says which, why and what to do."""


class Region:
    """The place of one array in a file being written, filled from its beginning on."""

    def __init__(self, file: IO[bytes], offset: int, dtype: np.dtype, item: tuple[int, ...]):
        self.dtype = dtype
        self._file, self._offset, self._item = file, offset, item
        self._n = self._crc = self._written = 0

    def append(self, chunk: np.ndarray) -> None:
        """Write what comes next."""
        if len(chunk):
            content = memoryview(np.ascontiguousarray(chunk, self.dtype)).cast("B")
            self._crc = zlib.crc32(content, self._crc)
            self._file.seek(self._offset + self._written)
            self._file.write(content)
            self._written += len(content)
            self._n += len(chunk)

    def entry(self) -> dict[str, Any]:
        """The header's entry for the array."""
        shape = [self._n, *self._item]
        return {
            "type": self.dtype.str, "shape": shape, "offset": self._offset, "crc": self._crc
        }  # fmt: skip


class ArrayWriter:
    """Writes a file of arrays; ``finish`` makes it whole and durable."""

    def __init__(self, path: Path):
        self.path = path
        self._file = open(path, "wb")
        self._regions: dict[str, Region] = {}
        self._end = self._file.write(MAGIC)

    def reserve(
        self, name: str, dtype: DTypeLike, n: int | None, item: tuple[int, ...] = ()
    ) -> Region:
        """The place for an array of ``n`` items; several can be filled side by side. One of
        unknown length (None) has to be filled before the next is asked for."""
        if self._regions and self._end is None:
            self._end = self._file.seek(0, os.SEEK_END)
        self._end += -self._end % ALIGNMENT
        dtype = np.dtype(dtype).newbyteorder("<")
        region = self._regions[name] = Region(self._file, self._end, dtype, item)
        size = dtype.itemsize * int(np.prod(item))
        self._end = None if n is None else self._end + n * size
        return region

    def add(self, name: str, array: np.ndarray) -> None:
        """Write an array."""
        self.reserve(name, array.dtype, len(array), array.shape[1:]).append(array)

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the header with these facts, and see the file safe on the disk."""
        header = {"format": FORMAT_VERSION, **facts}
        header["arrays"] = {name: region.entry() for name, region in self._regions.items()}
        content = json.dumps(header, ensure_ascii=False).encode()
        self._file.seek(max(self._file.seek(0, os.SEEK_END), self._end or 0))
        self._file.write(content)
        self._file.write(_END.pack(len(content), zlib.crc32(content), MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Remove what was written."""
        self._file.close()
        self.path.unlink(missing_ok=True)


class Arrays:
    """The arrays of a file, memory-mapped, by name; ``facts`` is its header.

    Raises SegmentUnusable when the file is cut short, none of ours or of another format version,
    and for an array that is missing.
    """

    def __init__(self, path: Path):
        self.path = path
        try:
            with open(path, "rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size < len(MAGIC) + _END.size:
                    raise SegmentUnusable(f"{path}: cut short; restore it or index anew")
                self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise SegmentUnusable(f"{path}: cannot be read: {error.strerror}") from error
        self.facts = self._header(size)
        self._arrays = self.facts["arrays"]

    def _header(self, size: int) -> dict[str, Any]:
        length, crc, magic = _END.unpack(self._mapped[size - _END.size :])
        content = self._mapped[max(0, size - _END.size - length) : size - _END.size]
        if magic != MAGIC or self._mapped[: len(MAGIC)] != MAGIC or zlib.crc32(content) != crc:
            raise SegmentUnusable(f"{self.path}: cut short or damaged; restore it or index anew")
        foreign = SegmentUnusable(f"{self.path}: not as podshivka writes it; index anew")
        try:
            header = json.loads(content)
        except (ValueError, RecursionError):
            raise foreign from None
        match header:
            case {"format": int(format)} if format > FORMAT_VERSION:
                raise self._unread(format, "update podshivka")
            case {"format": int(format)} if format < OLDEST_FORMAT:
                raise self._unread(format, "index the sources into a new folder")
            case {"format": int(), "arrays": dict(arrays)}:
                if all(_is_inside(entry, size) for entry in arrays.values()):
                    return header
        raise foreign

    def _unread(self, format: int, remedy: str) -> SegmentUnusable:
        return SegmentUnusable(
            f"{self.path}: format {format}, and this version of podshivka reads formats "
            f"{OLDEST_FORMAT} to {FORMAT_VERSION}; {remedy}"
        )

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self._arrays:
            raise SegmentUnusable(f"{self.path}: {name} is missing; index anew")
        entry = self._arrays[name]
        shape, dtype = entry["shape"], np.dtype(entry["type"])
        count = int(np.prod(shape))
        return np.frombuffer(self._mapped, dtype, count, entry["offset"]).reshape(shape)

    def damaged(self) -> Iterator[str]:
        """A sentence for each array that, with the space before it, is not what was written."""
        written = len(MAGIC)
        for name, entry in sorted(self._arrays.items(), key=lambda item: item[1]["offset"]):
            gap = self._mapped[written : entry["offset"]]
            size = int(np.prod(entry["shape"])) * np.dtype(entry["type"]).itemsize
            content = memoryview(self._mapped)[entry["offset"] : entry["offset"] + size]
            written = entry["offset"] + size
            if len(content) != size or zlib.crc32(content) != entry["crc"] or any(gap):
                yield f"{self.path}: {name} is not what was written; index anew"


def _is_inside(entry: Any, size: int) -> bool:
    """Whether an entry of a header is one of an array of whole numbers inside the file."""
    match entry:
        case {"type": str(type), "shape": [_, *_] as shape, "offset": int(offset), "crc": int()}:
            numbers = [offset, *shape]
            if _NUMBER.fullmatch(type) and all(isinstance(n, int) and n >= 0 for n in numbers):
                return offset + prod(shape) * np.dtype(type).itemsize <= size
    return False


def smallest(array: np.ndarray, most: int | None = None) -> np.ndarray:
    """The array in the smallest unsigned type that holds it (and ``most``)."""
    return np.asarray(array).astype(smallest_type(int(array.max()) if len(array) else 0, most or 0))


def smallest_type(*most: int) -> np.dtype:
    """The smallest unsigned type that holds these numbers."""
    return np.min_scalar_type(max(most))


def distinct(values: np.ndarray) -> np.ndarray:
    """The different values, ascending."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered.take(np.flatnonzero(first))


def true_places(flags: np.ndarray) -> np.ndarray:
    """The places of the true ones among flags, (n,) bool in and intp out. Where they are few,
    flatnonzero stumbles from one to the next: there it is asked about eight at a time first."""
    whole = len(flags) - len(flags) % 8
    if np.count_nonzero(flags) * 10 > whole:
        return np.flatnonzero(flags)
    eights = np.ascontiguousarray(flags[:whole]).view(np.uint64)
    held = np.flatnonzero(eights != 0)
    inside = np.flatnonzero(eights.take(held).view(bool))
    inside += (8 * (held - np.arange(len(held)))).take(inside >> 3)
    rest = np.flatnonzero(flags[whole:])
    return np.append(inside, rest + whole) if len(rest) else inside


def starts(counts: np.ndarray) -> np.ndarray:
    """Where each run begins when runs of these lengths follow each other, (n + 1,) int64."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def over_runs(
    ufunc: np.ufunc, values: np.ndarray, begins: np.ndarray, dtype: DTypeLike
) -> np.ndarray:
    """What a ufunc of two makes of each run of values, (n_runs,), 0 of an empty one; ``begins``
    are where the runs begin, and the end."""
    found = np.zeros(len(begins) - 1, dtype)
    held = np.flatnonzero(np.diff(begins))
    if len(held):
        found[held] = ufunc.reduceat(values, begins[held], dtype=dtype)
    return found


def ranges(first: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The numbers ``first[i] … first[i] + lengths[i] - 1`` for each i, end to end, int64."""
    if not len(first):
        return np.zeros(0, np.int64)
    lengths = lengths.astype(np.int64, copy=False)
    ends = np.cumsum(lengths)
    found = np.repeat(np.subtract(first, ends - lengths, dtype=np.int64), lengths)
    found += np.arange(len(found))
    return found

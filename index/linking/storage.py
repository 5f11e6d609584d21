"""Link tables on disk: a file for each linked field, named by the generation it belongs to.

A file is a line of JSON (format, generation, names and dtypes of the arrays with their lengths,
size of what follows, CRC-32 of these and of what follows), the arrays, and the names with line
feeds between them.
"""

import mmap
import os
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from index.linking.names import Names
from index.linking.table import DTYPES, LinkTable

FORMAT = 5


def path(folder: Path, field: str, generation: int) -> Path:
    """Where the table of a field at a generation is."""
    return folder / f"{field}_{generation}.links"


def save(folder: Path, field: str, generation: int, table: LinkTable) -> None:
    """Write a table aside, to the disk, and then under its name."""
    arrays = {name: np.asarray(getattr(table, name), dtype) for name, dtype in DTYPES.items()}
    pieces = [*(array.view(np.uint8) for array in arrays.values()), table.names.content]
    lengths = {name: [array.dtype.str, len(array)] for name, array in arrays.items()}
    crc32 = zlib.crc32(orjson.dumps(lengths))
    for piece in pieces:
        crc32 = zlib.crc32(piece, crc32)
    header = {
        "format": FORMAT,
        "field": field,
        "generation": generation,
        "size": sum(map(len, pieces)),
        "crc32": crc32,
        "arrays": lengths,
    }
    target = path(folder, field, generation)
    aside = target.with_suffix(".tmp")
    try:
        with aside.open("wb") as file:
            file.write(orjson.dumps(header, option=orjson.OPT_APPEND_NEWLINE))
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def load(folder: Path, field: str, generation: int) -> LinkTable | None:
    """The table of a field at a generation; None where its file is missing or damaged."""
    header, content = _read(path(folder, field, generation))
    crc32 = zlib.crc32(content, zlib.crc32(orjson.dumps(header.get("arrays"))))
    expected = (FORMAT, field, generation, len(content), crc32)
    if tuple(map(header.get, ("format", "field", "generation", "size", "crc32"))) != expected:
        return None
    try:
        return _table(header["arrays"], content)
    except (KeyError, AttributeError, TypeError, ValueError):
        return None


def is_earlier(folder: Path, field: str, generation: int) -> bool:
    """Whether the table of a field at a generation is of an earlier format: it is made anew when
    it is asked for."""
    format = _read(path(folder, field, generation))[0].get("format")
    return isinstance(format, int) and format < FORMAT


def _read(path: Path) -> tuple[dict[str, Any], memoryview]:
    """The header of a file, empty where it has none, and what follows, memory-mapped."""
    try:
        with path.open("rb") as file:
            header = orjson.loads(file.readline())
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            content = memoryview(mapped)[file.tell() :]
            return (header if isinstance(header, dict) else {}), content
    except (OSError, orjson.JSONDecodeError):
        return {}, memoryview(b"")


def _table(lengths: dict[str, list], content: memoryview) -> LinkTable:
    arrays, start = {}, 0
    for name, (dtype, length) in lengths.items():
        arrays[name] = np.frombuffer(content, dtype, length, start)
        start += arrays[name].nbytes
    names = Names(np.frombuffer(content, np.uint8)[start:])
    if len(names) != len(arrays["counts"]):
        raise ValueError("names and counts differ")
    return LinkTable(names, **arrays)


def remove_old(folder: Path, field: str, generation: int) -> None:
    """Remove the tables of a field but those of a generation and of the one before, which may
    be open somewhere."""
    kept = {path(folder, field, generation), path(folder, field, generation - 1)}
    for file in set(folder.glob(f"{field}_*.links")) - kept:
        file.unlink(missing_ok=True)

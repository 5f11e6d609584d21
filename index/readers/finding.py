"""The files to read that paths name."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

STDIN = "-"
"""The path that stands for JSONL on standard input."""


def find_sources(paths: Iterable[str], but: Path | None = None) -> list[Path]:
    """The files that paths name, folders with all that lies in them, sorted; hidden files and
    folders, and the folder ``but``, are left out unless they are named. A folder that cannot be
    read, and what is no file, stand for themselves.

    Raises FileNotFoundError for a path that does not exist.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            found += _files_below(path, but and but.resolve())
        elif str(path) == STDIN or path.exists() or path.is_symlink():
            found.append(path)
        else:
            raise FileNotFoundError(f"{path}: no such file or folder")
    return found


def _files_below(folder: Path, but: Path | None) -> Iterator[Path]:
    denied: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: denied.append(Path(error.filename)))
    for parent, folders, files in walk:
        shown = sorted(name for name in folders if not name.startswith("."))
        folders[:] = [name for name in shown if Path(parent, name).resolve() != but]
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))
    yield from denied

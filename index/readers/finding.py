"""The files to read that paths name."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.readers.row import Unreadable

STDIN = "-"
"""The path that stands for JSONL on standard input."""


def find_sources(paths: Iterable[str], but: Path | None = None) -> list[Path | Unreadable]:
    """The files that paths name, folders with all that lies in them, sorted; hidden files and
    folders, and the folder ``but``, are left out unless they are named. A folder that cannot be
    read, and a link that leads out of the folder or nowhere, are Unreadable.

    Raises FileNotFoundError for a path that does not exist or may not be looked at.
    """
    found: list[Path | Unreadable] = []
    for named in paths:
        path = Path(named)
        try:
            is_folder = bool(named) and path.is_dir()
            is_there = str(path) == STDIN or bool(named) and (path.exists() or path.is_symlink())
        except OSError as error:
            raise FileNotFoundError(f"{named}: cannot be read: {error.strerror}") from error
        if not is_there:
            raise FileNotFoundError(f"{named or repr(named)}: no such file or folder")
        found += _files_below(path, but and but.resolve()) if is_folder else [path]
    return found


def _files_below(top: Path, but: Path | None) -> Iterator[Path | Unreadable]:
    denied: list[Unreadable] = []
    root = top.resolve()

    def deny(error: OSError) -> None:
        denied.append(Unreadable(error.filename, f"cannot be read: {error.strerror}"))

    for parent, folders, files in os.walk(top, onerror=deny):
        shown = [Path(parent, name) for name in sorted(folders) if not name.startswith(".")]
        folders[:] = [path.name for path in shown if path.resolve() != but]
        yield from filter(None, map(_refusal, shown, [root] * len(shown)))
        for path in (Path(parent, name) for name in sorted(files) if not name.startswith(".")):
            yield _refusal(path, root) or path
    yield from denied


def _refusal(path: Path, root: Path) -> Unreadable | None:
    """Why what lies in a folder is not read where it is a link; what a link inside the folder
    leads to is read."""
    if not os.path.islink(path):
        return None
    try:
        if path.resolve(strict=True).is_relative_to(root):
            return None
        reason = "a link that leads out of the folder; name it to have it read"
    except (OSError, RuntimeError):
        reason = "a link that leads nowhere"
    return Unreadable(str(path), reason, "link")

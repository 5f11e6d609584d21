"""Members of archives: which are passed over, and which are refused for their path."""

import re
from pathlib import PurePosixPath

from index.readers.row import Unreadable

_DRIVE = re.compile(r"[A-Za-z]:")


def refusal(archive: str, path: str) -> Unreadable | None:
    """Why a member of an archive is not read: its path would leave the folder that the archive
    were unpacked to. (Nothing is ever unpacked to a member's path.)"""
    path = path.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/"):
        reason = "its path leaves the archive; it is not read"
        return Unreadable(f"{archive}!/{path}", reason, "path leaves the archive")
    return None


def linked(archive: str, path: str) -> Unreadable:
    """That a member is a link, which is not followed."""
    return Unreadable(f"{archive}!/{path}", "a link; links in archives are not followed", "link")


def is_hidden(path: str) -> bool:
    """Whether a member is hidden, as a file in a folder may be, or what a Mac adds."""
    parts = PurePosixPath(path).parts
    return any(part.startswith(".") and part.strip(".") for part in parts) or "__MACOSX" in parts

"""The ledger: what a person says about the entities, ``entities.jsonl`` in the index folder.

Plain text, an operation a line, applied in their order on top of linking; a line removed is an
operation undone. Names are those of articles, under any spelling, or ids, and mean the entity
that holds them when the ledger is read:

    {"op": "merge", "kind": "person", "names": ["Фарид Шафиев", "Шафиев Ф. Г."], …}
    {"op": "split", "kind": "person", "names": ["Ф. Шафиев"], …}
    {"op": "rename", "kind": "organization", "names": ["ЦАМО"], "to": "Центр анализа …", …}
    {"op": "hide", "kind": "person", "names": ["Пётр Первый"], …}

``merge`` makes the entities of the names one, which keeps the id and the name of the first;
``split`` takes names out of their entity and makes them one of their own. ``when`` (ISO 8601)
and ``by`` say who did it, and may be left out.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from index.mentions import ORGANIZATION, PERSON

FILE = "entities.jsonl"
LEAST_NAMES = {"merge": 2, "split": 1, "rename": 1, "hide": 1}
"""The operations, and the names that each needs at least."""

KINDS = (PERSON, ORGANIZATION)


class LedgerError(ValueError):
    """A line that is no operation; the message says why."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A line of the ledger; ``line`` is its number from 1, 0 before it is written."""

    op: str
    kind: str
    names: tuple[str, ...]
    to: str | None = None
    when: str | None = None
    by: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """The operations of a ledger, the complaints about the lines that are none, and the mark of
    the file that they were read from (it changes when the file does)."""

    operations: tuple[Operation, ...] = ()
    complaints: tuple[str, ...] = ()
    mark: tuple[int, ...] = ()


def mark(folder: Path) -> tuple[int, ...]:
    """What tells one state of a folder's ledger from another, empty where there is none."""
    try:
        found = os.stat(folder / FILE)
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def read(folder: Path) -> Ledger:
    """The ledger of an index folder, without the lines that are wrong.

    Raises OSError when the file is there and cannot be read.
    """
    seen = mark(folder)
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return Ledger()
    operations, complaints = [], []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                operations.append(_operation(line, number))
            except LedgerError as error:
                complaints.append(complaint(number, str(error)))
    return Ledger(tuple(operations), tuple(complaints), seen)


def complaint(line: int, reason: str) -> str:
    """The sentence about a line that is passed over."""
    return f"{FILE}, line {line}: {reason}; the line is passed over"


def append(folder: Path, operation: Operation) -> int:
    """Add an operation to the ledger of an index folder, to the disk; the number of its line.

    Raises OSError when the file cannot be written.
    """
    content = {
        name: getattr(operation, name)
        for name in ("op", "kind", "names", "to", "when", "by")
        if getattr(operation, name) is not None
    }
    line = orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)
    path = folder / FILE
    with path.open("ab+", buffering=0) as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                line = b"\n" + line
        file.write(line)
        os.fsync(file.fileno())
        file.seek(0)
        return file.read().count(b"\n")


def _operation(line: bytes, number: int) -> Operation:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise LedgerError(f"no JSON: {error}") from error
    if not isinstance(row, dict):
        raise LedgerError("no JSON object")
    op, kind, names = row.get("op"), row.get("kind"), row.get("names")
    if not isinstance(op, str) or op not in LEAST_NAMES:
        raise LedgerError(f"op is one of {', '.join(LEAST_NAMES)}, found {op!r}")
    if kind not in KINDS:
        raise LedgerError(f"kind is {' or '.join(KINDS)}, found {kind!r}")
    if not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
        raise LedgerError("names is a list of names")
    if len(names) < LEAST_NAMES[op]:
        raise LedgerError(f"{op} needs {LEAST_NAMES[op]} names, found {len(names)}")
    for optional in ("to", "when", "by"):
        if not isinstance(row.get(optional), (str, type(None))):
            raise LedgerError(f"{optional} is a string")
    if op == "rename" and not (row.get("to") or "").strip():
        raise LedgerError('rename needs "to", the new name')
    return Operation(op, kind, tuple(names), **_optional(row), line=number)


def _optional(row: dict[str, Any]) -> dict[str, str | None]:
    return {name: row.get(name) for name in ("to", "when", "by")}

"""The ledger: what a person says about the entities, ``entities.jsonl`` in the index folder.

Plain text, an operation a line, applied in their order on top of linking; a line removed is an
operation undone. Names are those of articles, under any spelling, or ids:

    {"op": "merge", "kind": "person", "names": ["Фарид Шафиев", "Шафиев Ф. Г."], …}
    {"op": "split", "kind": "person", "names": ["Ф. Шафиев"], …}
    {"op": "rename", "kind": "organization", "names": ["ЦАМО"], "to": "Центр анализа …", …}
    {"op": "hide", "kind": "person", "names": ["Пётр Первый"], …}

``merge`` makes the entities of the names one, which keeps the id and the name of the first;
``split`` takes names out of their entity and makes them one of their own. ``when`` (ISO 8601)
and ``by`` say who did it, and may be left out. ``entities``, but for ``split``, says for each of
the names which entity it was: ``[{"id": …, "names": [the fullest, …]}, …]``. Any of these find it again, and who
comes later under a fuller name is another; without them a name means the entity that holds it
when the ledger is read. ``of`` is the entity that the names of a ``split`` left, in the same
form; it says where the line belongs and decides nothing.
"""

import dataclasses
import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from whoosh.filedb.filestore import FileStorage

from index.mentions import ORGANIZATION, PERSON

FILE = "entities.jsonl"
LEAST_NAMES = {"merge": 2, "split": 1, "rename": 1, "hide": 1}
"""The operations, and the names that each needs at least."""

KINDS = (PERSON, ORGANIZATION)


class LedgerError(ValueError):
    """A line that is no operation; the message says why."""


class OperationNotFound(LookupError):
    """No line of the ledger has this ``id``: it was undone already, or changed by hand."""

    def __init__(self, id: str):
        super().__init__(f"no correction has the id {id!r}; it may be undone already")
        self.id = id


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entity when a line about it was written: its id and names, the fullest first."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """A line of the ledger; ``line`` is its number from 1 and ``id`` the beginning of its
    SHA-256, 0 and empty before it is written. ``entities`` are those of the names, or none, and
    ``of`` is the one that split names left."""

    op: str
    kind: str
    names: tuple[str, ...]
    to: str | None = None
    when: str | None = None
    by: str | None = None
    line: int = 0
    entities: tuple[Recorded, ...] = ()
    of: Recorded | None = None
    id: str = ""


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


def visible(name: str) -> str:
    """A name without invisible characters and needless spaces; empty if it has no letter."""
    shown = " ".join("".join(map(_shown, name)).split())
    return shown if any(map(str.isalnum, shown)) else ""


def _shown(character: str) -> str:
    seen = character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    return character if seen else ""


def complaint(line: int, reason: str) -> str:
    """The sentence about a line that is passed over."""
    return f"{FILE}, line {line}: {reason}; the line is passed over"


def append(folder: Path, checked: Callable[[], Operation]) -> Operation:
    """Add an operation to the ledger of an index folder, to the disk; the operation with its
    line and id. ``checked`` gives it, and is called while nobody else can write the ledger.

    Raises OSError when the file cannot be written, and what ``checked`` raises; nothing is
    written then.
    """
    with _locked(folder):
        operation = checked()
        line = _line(operation)
        with (folder / FILE).open("ab+", buffering=0) as file:
            broken = b""
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                broken = b"\n" if file.read(1) != b"\n" else b""
            file.write(broken + line + b"\n")
            os.fsync(file.fileno())
            file.seek(0)
            number = file.read().count(b"\n")
    return dataclasses.replace(operation, line=number, id=_id(line))


def remove(folder: Path, id: str) -> Operation:
    """Take the last operation with an id out of the ledger of an index folder; that operation.

    Raises OperationNotFound, and OSError when the file cannot be written; it stays as it was.
    """
    path = folder / FILE
    with _locked(folder):
        found = [operation for operation in read(folder).operations if operation.id == id]
        if not found:
            raise OperationNotFound(id)
        lines = path.read_bytes().split(b"\n")
        del lines[found[-1].line - 1]
        aside = path.with_name(f"{FILE}.tmp")
        with aside.open("wb") as file:
            file.write(b"\n".join(lines))
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    return found[-1]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Waits until no other process or thread writes the ledger."""
    lock = FileStorage(str(folder)).lock(f"{FILE}.lock")
    lock.acquire(blocking=True)
    try:
        yield
    finally:
        lock.release()


def _line(operation: Operation) -> bytes:
    content = {
        name: getattr(operation, name)
        for name in ("op", "kind", "names", "to", "when", "by", "entities", "of")
        if getattr(operation, name) not in (None, ())
    }
    return orjson.dumps(content)


def _id(line: bytes) -> str:
    return hashlib.sha256(line.strip()).hexdigest()[:16]


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
    if op == "rename" and not visible(row.get("to") or ""):
        raise LedgerError('rename needs "to", the new name')
    entities = () if op == "split" else _entities(row.get("entities"), len(names))
    of = _recorded(row["of"], "of is an id and names") if row.get("of") is not None else None
    to, when, by = (row.get(optional) for optional in ("to", "when", "by"))
    return Operation(op, kind, tuple(names), to, when, by, number, entities, of, _id(line))


def _entities(rows: Any, n_names: int) -> tuple[Recorded, ...]:
    if rows is None:
        return ()
    right = "entities is a list of an id and names for each of the names"
    if not isinstance(rows, list) or len(rows) != n_names:
        raise LedgerError(right)
    return tuple(_recorded(row, right) for row in rows)


def _recorded(row: Any, right: str) -> Recorded:
    id, names = (row.get("id"), row.get("names")) if isinstance(row, dict) else (None, None)
    if not isinstance(id, str) or not isinstance(names, list) or not names:
        raise LedgerError(right)
    if not all(isinstance(name, str) for name in names):
        raise LedgerError(right)
    return Recorded(id, tuple(names))

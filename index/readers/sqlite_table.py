"""SQLite: the rows of a table of a database."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from index.readers.encoding import decode
from index.readers.reading import Refused, size_of
from index.readers.row import Row, Unreadable
from index.readers.source import Source
from index.rows import ALIASES

MARK = b"SQLite format 3\0"

_ONLY_READ = "?mode=ro&immutable=1"
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%'"
    " ESCAPE '\\' ORDER BY name"
)
_SHOWN = 10
_STEPS, _MOST_LOOKS = 1_000_000, 100
"""Steps of SQLite's machine between two looks, and the looks that one row may take."""


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a table: the one that ``table`` of the reading names, else the only one with a
    column of texts. The database is opened for reading only, without its journals."""
    most = source.reading.limits.article_bytes
    with source.on_disk() as path, closing(_opened(path, most)) as database:
        number = 0
        try:
            table = _table(database, source.reading.table, source.reading.text_column)
            patience = _Patience(database)
            cursor = database.execute(f"SELECT * FROM {_quoted(table)}")
            columns = [column[0] for column in cursor.description]
            for number, values in enumerate(cursor, start=1):
                patience.renew()
                place = f"{source.name}, table {table}, row {number}"
                if sum(len(value) for value in values if isinstance(value, str)) > most:
                    reason = f"a row of more than {size_of(most)}; see --max-article-size"
                    yield Unreadable(place, reason, "too large")
                else:
                    yield Row(_filled(columns, values), place)
        except sqlite3.Error as error:
            after = f" after row {number}" if number else ""
            raise Refused(f"a damaged database{after}: {error}", "damaged") from error


def _opened(path: Path, most: int) -> sqlite3.Connection:
    database = sqlite3.connect(path.resolve().as_uri() + _ONLY_READ, uri=True)
    database.text_factory = _decoded
    database.execute("PRAGMA trusted_schema = OFF")
    if hasattr(database, "setlimit"):  # since Python 3.11
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * most)
    return database


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return decode(content)


def _table(database: sqlite3.Connection, told: str | None, text_column: str | None) -> str:
    """The table to read.

    Raises Refused when that cannot be told.
    """
    tables = [name for (name,) in database.execute(_TABLES)]
    if told is not None:
        if told in tables:
            return told
        raise Refused(f"no table {told!r}; there are {_listed(tables)}", "no table")
    texts = {text_column} if text_column else set(ALIASES["text"])
    found = [table for table in tables if texts & _columns(database, table)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(
            f"several tables hold texts: {_listed(found)}; name one by --table", "no table"
        )
    raise Refused(
        f"no table with a column of texts; there are {_listed(tables)}; name one by --table, "
        "and its column by --map text=COLUMN", "no table",
    )  # fmt: skip


def _columns(database: sqlite3.Connection, table: str) -> set[str]:
    names = {row[1] for row in database.execute(f"PRAGMA table_info({_quoted(table)})")}
    return names | {name.lower() for name in names}


def _listed(tables: list[str]) -> str:
    more = f" and {len(tables) - _SHOWN} more" if len(tables) > _SHOWN else ""
    return (", ".join(tables[:_SHOWN]) or "none") + more


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class _Patience:
    """Stops SQLite when a row takes too long: a view can be a loop without an end."""

    def __init__(self, database: sqlite3.Connection):
        self._looks = 0
        database.set_progress_handler(self._look, _STEPS)

    def _look(self) -> bool:
        self._looks += 1
        return self._looks > _MOST_LOOKS

    def renew(self) -> None:
        """Begin anew, for the next row."""
        self._looks = 0


def _filled(columns: list[str], values: tuple) -> Mapping[str, Any]:
    pairs = zip(columns, values)
    return {name: None if isinstance(value, bytes) else value for name, value in pairs}

"""Parquet: the rows of a file of columns (https://arrow.apache.org/docs/python)."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from index.readers.encoding import decode
from index.readers.reading import Refused, size_of
from index.readers.row import Row, Unreadable
from index.readers.source import Source

MARK = b"PAR1"

_BATCH = 64
"""Rows in memory."""


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The rows of a Parquet file.

    Raises Refused when it is damaged, or pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        reason = "Parquet needs pyarrow; install it by pip install 'podshivka[parquet]'"
        raise Refused(reason, "reader not installed") from error
    most = source.reading.limits.article_bytes
    number = 0
    try:
        file = ParquetFile(source.file())
        for batch in file.iter_batches(_BATCH):
            for row in batch.to_pylist():
                number += 1
                place = f"{source.name}, row {number}"
                content = {name: _plain(value) for name, value in row.items()}
                if sum(len(value) for value in content.values() if isinstance(value, str)) > most:
                    reason = f"a row of more than {size_of(most)}; see --max-article-size"
                    yield Unreadable(place, reason, "too large")
                else:
                    yield Row(content, place)
    except (ArrowException, OSError, ValueError) as error:
        after = f" after row {number}" if number else ""
        raise Refused(f"a damaged Parquet file{after}: {error}", "damaged") from error


def _plain(value: Any) -> Any:
    """The value as JSON has it: days as ISO writes them, bytes as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return decode(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return value

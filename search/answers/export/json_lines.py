"""JSON Lines: a result a line."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from index.terminal import printable


def jsonl_lines(results: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A result a line, as the API gives it."""
    for result in results:
        yield printable(orjson.dumps(result, option=orjson.OPT_APPEND_NEWLINE).decode())

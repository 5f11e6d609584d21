"""Redecoding: the lines of a text or a row that were decoded wrongly once, put right."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from index.readers.letters import bits_of, is_strange
from index.readers.misreading import UTF8, Misreading, is_utf8, put_right
from index.readers.row import Row
from index.rows import ALIASES

_KEPT = frozenset((*ALIASES["id"], *ALIASES["url"]))
"""Columns that stay as they are: others refer to an article by them."""

_MOST_ROUNDS = 4
"""Times that a text can have been decoded wrongly one after the other, or in different lines."""

_MOST_ALONE = 200
"""Lines that are looked at each by itself."""

_SAMPLE = 5000
"""Characters by which it is found out how a text was read."""


def redecoded(row: Row) -> Row:
    """The row with what was decoded wrongly put right, in any of its strings and lists of
    them. One whose text is counted by mentions stays."""
    if not isinstance(row.content, Mapping) or "mentions" in row.content:
        return row
    strings = dict(_strings(row.content))
    lines = [line for text in strings.values() for line in text.split("\n")]
    if not is_strange("\n".join(lines)) or (right := _put_right(lines)) == lines:
        return row
    rest = iter(right)
    content = dict(row.content)
    for (name, number), text in strings.items():
        text = "\n".join(next(rest) for _ in text.split("\n"))
        if number is None:
            content[name] = text
        else:
            content[name] = [*content[name][:number], text, *content[name][number + 1 :]]
    return replace(row, content=content, redecoded=True)


def redecoded_text(text: str) -> str:
    """The text with its lines put right."""
    return "\n".join(_put_right(text.split("\n"))) if is_strange(text) else text


def _strings(row: Mapping[Any, Any]) -> Iterator[tuple[tuple[Any, int | None], str]]:
    """The strings of a row, by their column and their number in the list that it holds."""
    for name, value in row.items():
        if str(name).lower() in _KEPT:
            continue
        if isinstance(value, str):
            yield (name, None), value
        elif isinstance(value, (list, tuple)):
            yield from (((name, n), item) for n, item in enumerate(value) if isinstance(item, str))


def _put_right(lines: list[str]) -> list[str]:
    """The lines put right: all that were read in one way together, so that short ones profit
    from long ones, then each by itself."""
    for _ in range(_MOST_ROUNDS):
        strange = [line for line in lines if is_strange(line)]
        if not strange:
            break
        if found := put_right("\n".join(strange)[:_SAMPLE]):
            right = [_undone(line, found[1]) for line in lines]
        else:
            alone = {line: _by_itself(line) for line in strange[:_MOST_ALONE]}
            right = [alone.get(line, line) for line in lines]
        if right == lines:
            break
        lines = right
    return lines


def _undone(line: str, way: Misreading) -> str:
    undone = way.undone(line)
    if way.written == UTF8:
        return undone if is_utf8(undone, line, way) else line
    return undone if bits_of(undone) < bits_of(line) else line


def _by_itself(line: str) -> str:
    found = put_right(line[:_SAMPLE])
    return _undone(line, found[1]) if found else line

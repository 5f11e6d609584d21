"""Options that say how sources are read, for every command that reads them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
import regex

from index.amount import Amount
from index.readers import FORMATS, Limits, Reading

MB = 1 << 20
_DEFAULTS = Limits()

_MOST = 10**9
"""MB, or times the size of an archive: as good as no limit."""


def _separator(
    context: click.Context, option: click.Parameter, value: str | None
) -> regex.Pattern | None:
    if value is None:
        return None
    try:
        pattern = regex.compile(value, regex.MULTILINE)
    except regex.error as error:
        raise click.BadParameter(f"{value!r} is no regular expression: {error}") from error
    if pattern.search(""):
        raise click.BadParameter(
            f"{value!r} matches nothing at all, and so between any two letters"
        )
    return pattern


def _size(name: str, default: int, help: str) -> Callable:
    return click.option(
        name, type=Amount(0, _MOST, min_open=True), default=default // MB, show_default=True,
        metavar="MB", help=help,
    )  # fmt: skip


_OPTIONS = (
    click.option(
        "--format", type=click.Choice([name for name, f in FORMATS.items() if not f.holds]),
        help="Do not find out the format of files and of what archives hold.",
    ),
    click.option(
        "--repair/--no-repair", "mend", default=True, show_default=True,
        help="Mend plain text that was a newspaper page: broken words, fallen-in headlines.",
    ),
    click.option(
        "--split", callback=_separator, metavar="REGEX",
        help="What stands between two articles of a plain text, beside form feeds.",
    ),
    click.option(
        "--table", metavar="NAME",
        help="The table of SQLite databases that holds articles, where that cannot be told.",
    ),
    _size("--max-article-size", _DEFAULTS.article_bytes, "The longest line, page or text that is read."),
    _size("--max-file-size", _DEFAULTS.file_bytes, "The largest file of a format that is read whole."),
    click.option(
        "--max-unpacked", type=Amount(1, _MOST), default=_DEFAULTS.unpacked_ratio,
        show_default=True, metavar="TIMES",
        help=f"What an archive may unpack to, by its size ({_DEFAULTS.unpacked_bytes // MB} MB are always allowed).",
    ),
)  # fmt: skip


def reading_options(command: Callable) -> Callable:
    """Give a command the options of reading; it gets them as ``reading``."""

    @wraps(command)
    def with_reading(
        *arguments: Any,
        format: str | None,
        mend: bool,
        split: regex.Pattern | None,
        table: str | None,
        max_article_size: float,
        max_file_size: float,
        max_unpacked: float,
        **others: Any,
    ) -> Any:
        limits = Limits(int(max_article_size * MB), int(max_file_size * MB), max_unpacked)
        reading = Reading(format, mend, split, table, limits=limits)
        return command(*arguments, reading=reading, **others)

    for option in reversed(_OPTIONS):
        with_reading = option(with_reading)
    return with_reading

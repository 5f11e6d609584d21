"""The terminal: what is printed there says what it says, and does nothing."""

import json
import re
from collections.abc import Iterable

import click

_ACTING = re.compile(
    "\x1b(?!\\[[01]m)"
    "|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]"
    "|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|[\ud800-\udfff]"
)
"""Control characters but line feeds and tabs, characters that turn the direction of writing, and
halves of characters; bold type may be switched on and off."""


def printable(text: str) -> str:
    """A text whose acting characters are escaped as JSON escapes them, so that of a text that is
    JSON it is the same.

    >>> print(printable("a\\x1b[31mb\\u202ec\\x1b[1md"), "за\u0301мок\u00a0№ 1")
    a\\u001b[31mb\\u202ec\x1b[1md за\u0301мок\u00a0№ 1
    """
    return _ACTING.sub(lambda found: json.dumps(found[0])[1:-1], text)


def tell(lines: Iterable[str] | str, err: bool = False) -> None:
    """Print lines, or one, to standard output or standard error."""
    told = [lines] if isinstance(lines, str) else lines
    click.echo("\n".join(map(printable, told)), err=err)

"""Halves: the pieces of a word on either side of a line break."""

import re

from index.tokens import INVISIBLE

LONGEST_WORD = 64
"""Letters of a word that are looked at; longer ones are no words."""

HYPHENS = "-‐‑\u00ad¬"
"""Characters that end the first half of a broken word."""

SOFT_HYPHENS = "\u00ad¬"
"""Those of them that are never a word's own."""

NON_BREAKING_HYPHEN = "‑"
"""The one that always is."""

_INITIAL = re.compile(r"\b[А-ЯЁ]\.$")
_WORD = rf"[^\W_](?:[^\W_]|[{INVISIBLE}\u0300-\u036f])*"
_TOKEN = re.compile(rf"{_WORD}(?:[-‐‑'’ʼ]{_WORD})*")


def first_half(line: str) -> str:
    """The word, or the initial, that a hyphen at the end of a line breaks, or nothing."""
    if line[-1:] not in HYPHENS or not line:
        return ""
    piece = line[-LONGEST_WORD - 1 : -1]
    if initial := _INITIAL.search(piece):
        return initial.group()[0]
    match = None
    for match in _TOKEN.finditer(piece):
        pass
    return match.group() if match and match.end() == len(piece) else ""


def second_half(line: str) -> str:
    """The word that a line begins with, or nothing."""
    match = _TOKEN.match(line[:LONGEST_WORD])
    return match.group() if match else ""

"""Tokens as razdel cuts them, which is how slovnet's models saw their training texts.

razdel (https://github.com/natasha/razdel) cuts a text into atoms (a run of Russian or of Latin
letters, a run of digits, a mark, any other character) and joins neighbours by rules that look
at the atoms beside the gap, across white space too. One regular expression says the same; only
a mark that white space parts from the atom before it («минус -5») is joined afterwards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

_RU = "а-яА-ЯёЁ\u1c80-\u1c86"
_LATIN = "a-zA-Z\u0130\u0131\u017f\u212a"
_DASHES = "\\-‑–—−"
_PUNCT = rf"""{_DASHES}\\/!#$%&*+,.:;<=>?@\^_`|~№…«“‘»”’"„'(\[}})\]"""
_SOLID = rf"[^\s{_PUNCT}]"
_NOT_RU = rf"[^\s\d{_RU}{_PUNCT}]"
_NOT_LATIN = rf"[^\s\d{_LATIN}{_PUNCT}]"
_OTHER = rf"[^\s\d{_RU}{_LATIN}{_PUNCT}]"

_WORD = rf"(?:{_NOT_LATIN}+|{_NOT_RU}+)(?:(?<={_OTHER})(?:{_NOT_LATIN}+|{_NOT_RU}+))*"
_NUMBER = r"\d+(?:[.,/\\](?=\s*\d)\d*)*"
_RUN = rf"(?:{_WORD}|{_NUMBER})"
_YAHOO = "[yY][aA][hH][oO][oO]!"

_PIECE = re.compile(
    rf"""(?:
    {_RUN}
        (?:[{_DASHES}_](?=\s*{_SOLID}){_RUN}?)*
        (?:!(?<={_YAHOO})(?<![{_LATIN}]{_YAHOO})[.?!…]*)?
    | [.?!…]+
    | [=:;][)(]{{1,3}}
    | --+ | \*\*+
    | [{_PUNCT}]
    )\s*""",
    re.VERBOSE,
)
_DETACHED = re.compile(rf"\s(?:[{_DASHES}_](?={_SOLID})|[.,/\\](?=\d))")
_JOINTS = frozenset("-‑–—−_.,/\\")
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of a text: ``forms[i] == text[starts[i]:stops[i]]``, in code points.

    ``starts`` and ``stops`` have shape (n_tokens,) and dtype int64.
    """

    starts: np.ndarray
    stops: np.ndarray
    forms: list[str]

    def __len__(self) -> int:
        return len(self.forms)


def tokenize(text: str) -> Tokens:
    """The tokens of a text, the same as ``razdel.tokenize`` gives.

    >>> tokenize("Из-за Э.Тукумова -- 3,5%?!").forms
    ['Из-за', 'Э', '.', 'Тукумова', '--', '3,5', '%', '?!']
    """
    chunks = list(tokenize_by_chunks(text))
    if len(chunks) == 1:
        return chunks[0]
    return Tokens(
        np.concatenate([np.empty(0, np.int64), *(chunk.starts for chunk in chunks)]),
        np.concatenate([np.empty(0, np.int64), *(chunk.stops for chunk in chunks)]),
        [form for chunk in chunks for form in chunk.forms],
    )


def tokenize_by_chunks(text: str) -> Iterator[Tokens]:
    """The tokens of a text, bit by bit, so that a long text needs little memory."""
    start, size = 0, _CHUNK
    while start < len(text):
        stop = min(start + size, len(text))
        pieces = _PIECE.findall(text, start, stop)
        widths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        starts = stop - widths[::-1].cumsum()[::-1]
        if stop < len(text):
            end = _last_border(pieces)
            if not end:
                size *= 2
                continue
            stop = int(starts[end])
            pieces, starts = pieces[:end], starts[:end]
        forms = list(map(str.rstrip, pieces))
        lengths = np.fromiter(map(len, forms), np.int64, len(forms))
        yield _attach(text, start, stop, Tokens(starts, starts + lengths, forms))
        start, size = stop, _CHUNK


def _last_border(pieces: list[str]) -> int:
    """The last index at which the pieces can be parted without regard to what follows, or 0."""
    for index in range(len(pieces) - 1, 0, -1):
        if pieces[index][0] not in _JOINTS and pieces[index - 1].rstrip()[-1] not in _JOINTS:
            return index
    return 0


def _attach(text: str, start: int, stop: int, tokens: Tokens) -> Tokens:
    """The tokens of ``text[start:stop]``, each mark that white space parts from a word or a
    number before it joined with the word or the number after it."""
    marks = [match.end() - 1 for match in _DETACHED.finditer(text, start, stop)]
    heads = [
        head
        for head in np.searchsorted(tokens.starts, marks).tolist()
        if head and _is_joined(tokens.forms[head - 1], tokens.forms[head])
    ]
    if not heads:
        return tokens
    stops, forms = tokens.stops.copy(), list(tokens.forms)
    for head in heads:
        stops[head] = stops[head + 1]
        forms[head] += forms[head + 1]
        forms[head + 1] = ""
    tails = [head + 1 for head in heads]
    return Tokens(
        np.delete(tokens.starts, tails), np.delete(stops, tails), [form for form in forms if form]
    )


def _is_joined(before: str, mark: str) -> bool:
    if mark in ".,/\\":
        return before[-1].isdecimal()
    return re.match(_SOLID, before[-1]) is not None

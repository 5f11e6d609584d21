"""Tokens: the words of a text, with their places."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens, zero-width characters: part of a word, not of its spelling."""

_LETTER = r"[^\W_]"
_MARK = rf"[{INVISIBLE}\u0300-\u036f]"
_WORD = rf"{_LETTER}(?:{_LETTER}|{_MARK})*"
WORD = rf"{_WORD}(?:[-‐‑'’ʼ]{_WORD})*"
PLAIN_WORD = rf"{_LETTER}+(?:[-‐‑'’ʼ]{_LETTER}+)*"
"""The same for texts that MARKED is not found in, a few times faster."""

MARKED = re.compile(_MARK)
_TOKEN = re.compile(WORD)
_PLAIN_TOKEN = re.compile(PLAIN_WORD)

_STRESS = "\u0300\u0301"
_DROPPED = dict.fromkeys(map(ord, INVISIBLE + _STRESS))
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "’": "'", "ʼ": "'"})
_SPELT = re.compile("[А-Яа-яЁё-]*|[\0-\x7f]*")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_LOOKALIKES = str.maketrans("AaBCcEeHKkMmOoPpTXxYy", "АаВСсЕеНКкМмОоРрТХхУу")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands in a text: ``text == source[start:stop]``, in code points."""

    start: int
    stop: int
    text: str


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order; hyphens and apostrophes inside a word belong to it.

    >>> [token.text for token in tokens("Из-за К.-Ж. Токаева (19 августа)")]
    ['Из-за', 'К', 'Ж', 'Токаева', '19', 'августа']
    """
    for match in _TOKEN.finditer(text):
        yield Token(match.start(), match.end(), match.group())


def numbered(text: str, numbers: Collection[int]) -> Iterator[tuple[int, Token]]:
    """The words of a text with these numbers (from 0), in order; the rest of it is not read.

    >>> [token.text for _, token in numbered("Из-за Токаева в августе", {1, 3})]
    ['Токаева', 'августе']
    """
    if not numbers:
        return
    pattern = _TOKEN if MARKED.search(text) else _PLAIN_TOKEN
    for number, match in enumerate(islice(pattern.finditer(text), max(numbers) + 1)):
        if number in numbers:
            yield number, Token(match.start(), match.end(), match.group())


def spelling(word: str) -> str:
    """The word as it is meant to be spelt: composed, without stress marks and invisible
    characters, and in one alphabet (a Latin C in «Cергей» becomes Cyrillic).

    >>> spelling("Cергей"), spelling("за\u0301мок"), spelling("iPhone")
    ('Сергей', 'замок', 'iPhone')
    """
    if _SPELT.fullmatch(word):
        return word
    word = unicodedata.normalize("NFC", word.translate(_DROPPED)).translate(_HYPHENS)
    if _LATIN.search(word) and _CYRILLIC.search(word):
        word = word.translate(_LOOKALIKES)
    return word

"""The words of names: folded, and of words with hyphens the parts too."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

from index.linking.names import Names
from index.morphology import fold
from index.segment.arrays import ranges, starts
from index.segment.strings import first_alike
from index.tokens import MARKED, WORD, spelling

_WORD = re.compile(WORD)
_PLAIN = re.compile("[А-Яа-яЁё]+")
_LETTER = re.compile(r"[^\W_]")
_JOINED = re.compile("[-‐‑'’ʼ]")

_CODES = 0x110000
_FEED = ord("\n")
_CYRILLIC, _ASCII, _OTHER = 1, 2, 4
"""Kinds of characters in words: words of one of the first two alone are spelt as they stand."""

_FOLDED = np.array([ord(fold(chr(code))[0]) for code in range(0x460)], np.uint32)


def name_words(name: str) -> list[str]:
    """The words of a name, folded."""
    return [_folded(word) for word in _WORD.findall(name)]


def words_of_all(names: Iterable[str]) -> tuple[Names, np.ndarray, np.ndarray]:
    """The different words of many names, none of which has a line feed; the place among them of
    each word of each name, and the name's place, (n,) int32 both. Words in letters of one alphabet
    are read all at once."""
    text = "\n".join(names)
    codes = _codes(text)
    kinds = _kinds(codes)
    edges = np.flatnonzero(np.diff(kinds > 0, prepend=False, append=False))
    begins, ends = edges[::2], edges[1::2]
    held = np.cumsum(codes == _FEED, dtype=np.int32)[begins]
    mixed = np.bitwise_or.reduceat(kinds, begins) if len(begins) else kinds[:0]
    others = np.flatnonzero((mixed != _CYRILLIC) & (mixed != _ASCII))
    letters, lengths = _FOLDED.take(codes, mode="clip"), ends - begins
    if len(others):
        spans = zip(begins[others].tolist(), ends[others].tolist())
        read = cache(lambda run: list(_with_parts(name_words(run))))
        words = [read(text[begin:end]) for begin, end in spans]
        flat = [word for some in words for word in some]
        own = np.array(list(map(len, flat)), np.int64)
        begins = np.append(np.delete(begins, others), len(letters) + starts(own)[:-1])
        lengths = np.append(np.delete(lengths, others), own)
        per_run = np.repeat(held[others], list(map(len, words)))
        held = np.append(np.delete(held, others), per_run)
        letters = np.append(letters, _codes("".join(flat)))
    same = first_alike(letters, begins, lengths)
    first, places = np.unique(same, return_inverse=True)
    words = _lines(letters, begins[first], lengths[first])
    return words, places.astype(np.int32), held


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _lines(letters: np.ndarray, begins: np.ndarray, lengths: np.ndarray) -> Names:
    """Strings of some letters as names."""
    ends = starts(lengths + 1)[1:] - 1
    found = np.append(letters, np.uint32(_FEED)).take(ranges(begins, lengths + 1))
    found[ends] = _FEED
    text = found[:-1].tobytes().decode("utf-32-le", "surrogatepass")
    return Names(np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8))


def _kinds(codes: np.ndarray) -> np.ndarray:
    """The kind of each character, (n,) uint8; 0 for what is never in a word."""
    seen = np.zeros(_CODES, bool)
    seen[codes] = True
    of_code = np.zeros(_CODES, np.uint8)
    for code in np.flatnonzero(seen).tolist():
        of_code[code] = _kind(chr(code))
    return of_code.take(codes)


def _kind(character: str) -> int:
    if _PLAIN.fullmatch(character):
        return _CYRILLIC
    if _LETTER.fullmatch(character):
        return _ASCII if character.isascii() else _OTHER
    return _OTHER if MARKED.fullmatch(character) or _JOINED.fullmatch(character) else 0


def _folded(word: str) -> str:
    return fold(word if _PLAIN.fullmatch(word) else spelling(word))


def _with_parts(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield word
        if "-" in word:
            yield from filter(None, word.split("-"))

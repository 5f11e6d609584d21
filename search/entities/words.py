"""The words of names: folded, and of words with hyphens the parts too."""

import re
from collections.abc import Iterable, Iterator

import numpy as np

from index.morphology import fold
from index.segment.strings import string_hashes
from index.tokens import MARKED, WORD, spelling

_WORD = re.compile(WORD)
_PLAIN = re.compile("[А-Яа-яЁё]+")
_LETTER = re.compile(r"[^\W_]")
_JOINED = re.compile("[-‐‑'’ʼ]")

_CODES = 0x110000
_CYRILLIC, _ASCII, _OTHER = 1, 2, 4
"""Kinds of characters in words: words of one of the first two alone are spelt as they stand."""

_FOLDED = np.array([ord(fold(chr(c))) for c in range(0x80)] + list(range(0x80, 0x460)), np.uint16)
for _code in range(0x400, 0x460):
    _FOLDED[_code] = ord(fold(chr(_code)))


def name_words(name: str) -> list[str]:
    """The words of a name, folded."""
    return [_folded(word) for word in _WORD.findall(name)]


def words_of_all(names: Iterable[str]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The different words of many names; the place among them of each word of each name, and the
    name's place, (n,) int32 both. Those in letters of one alphabet are read all at once."""
    text = "\n".join(name.replace("\n", " ") for name in names)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds(codes)
    edges = np.flatnonzero(np.diff(kinds > 0, prepend=False, append=False))
    begins, ends = edges[::2], edges[1::2]
    if not len(begins):
        return [], np.zeros(0, np.int32), np.zeros(0, np.int32)
    lines = np.cumsum(codes == ord("\n"), dtype=np.int32)[begins]
    mixed = np.bitwise_or.reduceat(kinds, begins)
    plain = (mixed == _CYRILLIC) | (mixed == _ASCII)
    folded = _FOLDED.take(codes, mode="clip")
    first, numbers = _told_apart(folded, begins[plain], ends[plain])
    letters = folded.tobytes().decode("utf-16-le")
    spans = zip(begins[plain][first].tolist(), ends[plain][first].tolist())
    places = {letters[begin:end]: place for place, (begin, end) in enumerate(spans)}
    others: dict[str, list[int]] = {}
    words, held = [], []
    spans = zip(begins[~plain].tolist(), ends[~plain].tolist())
    for line, (begin, end) in zip(lines[~plain].tolist(), spans):
        found = others.get(text[begin:end])
        if found is None:
            parts = _with_parts(name_words(text[begin:end]))
            found = others[text[begin:end]] = [places.setdefault(p, len(places)) for p in parts]
        words += found
        held += [line] * len(found)
    words = np.concatenate((numbers, np.array(words, np.int32)))
    return list(places), words, np.concatenate((lines[plain], np.array(held, np.int32)))


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


def _told_apart(
    letters: np.ndarray, begins: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The first of each different string, and the place among these of every one, int32."""
    found = string_hashes(letters, begins, ends - begins)
    _, first, places = np.unique(found, return_index=True, return_inverse=True)
    return first, places.astype(np.int32)


def _folded(word: str) -> str:
    return fold(word if _PLAIN.fullmatch(word) else spelling(word))


def _with_parts(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield word
        if "-" in word:
            yield from filter(None, word.split("-"))

"""Misreadings: text that was decoded wrongly once, before it came here.

``Ð¿Ñ€Ð¸Ð²ÐµÑ‚`` is UTF-8 that was read as windows-1252, ``ïðèâåò`` windows-1251 that was,
``РџСЂРёРІРµС‚`` UTF-8 that was read as windows-1251. The way back is to encode it as it was
read and to decode it as it was written.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from index.morphology import is_known
from index.readers.letters import ALPHABET, bits_of
from index.readers.lost_letters import LOST, restored

UTF8 = "utf-8"
ONE_BYTE = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
WESTERN = ("cp1252", "latin_1")

_WORD = re.compile(r"[^\W\d_]+")
_LONG = 5
"""Letters of a word by which a text is known to be Russian."""

_SHORT = 3
"""The same, where all its letters are Western ones."""

_BETTER = 0.8
"""Share of its bits that a text tells at the most when it is found to be UTF-8."""

_CLEARLY = 8
"""Bits fewer that a text tells, of which a small part was UTF-8."""

_TRIED = 3
"""Ways back that are looked at closely, the likeliest ones, and those to UTF-8."""

_GAIN = 10
"""Known words that a text gains for one that it loses, at the least."""

_KNOWN = 0.4
"""Share of the long words of a Russian text that the dictionary holds, at the least."""

_SHIFT = 0xF0000
_SEQUENCE = "[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x80-\xbf]{3}"
_HIGH = re.compile("[\x80-\xff]")
_RUN = re.compile(f"(?:{_SEQUENCE})+")
_PLAIN = re.compile("\xe2[\x80-\x84][\x80-\xbf]|(?:[\xd0\xd1][\x80-\xbf]){3}")
_CUT_QUOTE = re.compile("\xe2\x80[\ufffd?]?(?![\x80-\xbf])")
_CUT_LETTER = re.compile("([\xd0\xd1])([\ufffd?]?)(?![\x80-\xbf])")
_CUT_BEFORE_SPACE = re.compile(r"(?<![\w\xd0\xd1])(\xd0) (?=\w)")
_USUAL = re.compile("[\xa0-\xbfЀ-џҐґ\u2010-\u203a€№™−🌀-🫿]+")
_WESTERN_LETTERS = re.compile("[À-ž]+")
_ASIDE = {point: point + _SHIFT for point in range(0x80, 0x100)}
_LEAST_BYTES = 3
_MARKS = {"\xd0": "\ue0d0", "\xd1": "\ue0d1"}
_C1 = {
    "\ue0d0": "АБВГДЕЖЗИЙКЛМНОПРЭЁ",
    "\ue0d1": "рстуфхцчшщъыьэюяё",
}
"""The letters whose second byte of UTF-8 is a control character (0x80 to 0x9F, 0xA0, 0xAD)
after the first byte that a mark stands for."""


@dataclass(frozen=True)
class Misreading:
    """Text that was ``written`` in one encoding and ``read`` in another."""

    written: str
    read: str

    def undone(self, text: str) -> str:
        """The text as it was written; what cannot have been read so stays."""
        return self.completed(self.roughly_undone(text))

    def roughly_undone(self, text: str) -> str:
        """The same with marks in place of letters that were lost."""
        return self._from_utf8(text) if self.written == UTF8 else text.translate(self._back)

    def completed(self, text: str) -> str:
        """A roughly undone text with the letters that its marks stand for."""
        if self.written == UTF8:
            return restored(text, self._halves) if any(mark in text for mark in _C1) else text
        lost = LOST in text and self._swallowed
        return restored(text, {LOST: (self._swallowed,)}) if lost else text

    @cached_property
    def _back(self) -> dict[int, str]:
        """Each character that was read, and what it had been."""
        pairs = zip(_characters(self.read), _characters(self.written))
        return {ord(read): written for read, written in pairs if read != written}

    @cached_property
    def _swallowed(self) -> str:
        """Letters whose bytes the encoding that was read has no character for."""
        letters = (_characters(self.written)[byte] for byte in _undefined(self.read))
        return "".join(letter for letter in letters if letter.lower() in ALPHABET)

    def is_plain(self, text: str) -> bool:
        """Whether a part of a text can be nothing but UTF-8 that was read in this way."""
        as_bytes = text.translate(_to_bytes(self.read))
        return self.read in WESTERN or bool(_PLAIN.search(as_bytes))

    def _from_utf8(self, text: str) -> str:
        as_bytes = text.translate(_to_bytes(self.read))
        runs = _RUN.findall(as_bytes)
        if sum(map(len, runs)) < _LEAST_BYTES:
            return text
        back = _RUN.sub(self._decoded, as_bytes)
        if sum(map(len, runs)) > len(_HIGH.findall(back)):
            back = self._with_marks(back)
        return back.translate(_from_bytes(self.read))

    def _decoded(self, run: re.Match) -> str:
        text = run[0].encode("latin-1").decode(errors="replace")
        usual = _USUAL.fullmatch(text)
        if not usual and self.read in WESTERN:
            usual = _WESTERN_LETTERS.fullmatch(text)
        return text.translate(_ASIDE) if usual else run[0]

    def _with_marks(self, text: str) -> str:
        """The text with marks for halves of sequences, whose other half was lost."""
        text = _CUT_QUOTE.sub("”" if self.read in WESTERN else "‘", text).replace("\xc2 ", " ")
        text = _CUT_BEFORE_SPACE.sub(lambda cut: _MARKS[cut[1]], text)
        return _CUT_LETTER.sub(lambda cut: _MARKS[cut[1]], text)

    @cached_property
    def _halves(self) -> dict[str, tuple[str, ...]]:
        """The letters that each mark can stand for, first those that have no character."""
        undefined = _undefined(self.read)
        found = {}
        for mark, letters in _C1.items():
            first = "".join(c for c in letters if c.encode()[1] in undefined)
            rest = "".join(c for c in letters if c not in first)
            found[mark] = (first, rest) if first else (rest,)
        return found


MISREADINGS = [
    *(Misreading(UTF8, read) for read in (*WESTERN, *ONE_BYTE)),
    *(
        Misreading(written, read)
        for read in (*WESTERN, *ONE_BYTE)
        for written in ONE_BYTE
        if written != read
    ),
]


def put_right(text: str) -> tuple[str, Misreading] | None:
    """The text as it was written and how it had been read, or None where nothing better is
    found than what stands there."""
    found = [(rough, way) for way in MISREADINGS if (rough := way.roughly_undone(text)) != text]
    ranked = sorted(found, key=lambda pair: bits_of(pair[0]) / (len(pair[0]) + 1))
    utf8 = [pair for pair in ranked[_TRIED:] if pair[1].written == UTF8]
    tried = ranked[:_TRIED] + utf8
    undone = ((way.completed(rough), way) for rough, way in tried)
    return next((pair for pair in undone if _is_better(pair[0], text, pair[1])), None)


def _is_better(text: str, than: str, way: Misreading) -> bool:
    """Whether a text is Russian and what it was put right from is not: many of its long words
    are known, and what was known has not gone. UTF-8 speaks for itself."""
    if way.written == UTF8:
        return is_utf8(text, than, way)
    shortest = _SHORT if way.read in WESTERN else _LONG
    words = _words(text, shortest)
    known, stood = set(filter(is_known, words)), set(filter(is_known, _words(than, shortest)))
    gained, lost = known - stood, stood - known
    return len(gained) > _GAIN * len(lost) and len(known) >= _KNOWN * len(words)


def is_utf8(text: str, than: str, way: Misreading) -> bool:
    """Whether a text is right and what it was put right from was UTF-8, all of it or a part that
    can be nothing else: as bytes some pairs of capitals are UTF-8, too."""
    before, after = bits_of(than), bits_of(text)
    return after < _BETTER * before or (before - after >= _CLEARLY and way.is_plain(than))


def _words(text: str, shortest: int) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if len(word) >= shortest}


@cache
def _characters(encoding: str) -> str:
    """The characters of the bytes of an encoding; control characters where it has none."""
    decoded = (bytes([byte]).decode(encoding, "replace") for byte in range(256))
    return "".join(chr(byte) if c == LOST else c for byte, c in enumerate(decoded))


@cache
def _undefined(encoding: str) -> list[int]:
    return [b for b in range(128, 256) if bytes([b]).decode(encoding, "replace") == LOST]


@cache
def _to_bytes(encoding: str) -> dict[int, int]:
    """Each character beyond ASCII and its byte, as code points; others of Latin-1 are moved out
    of the way."""
    return _ASIDE | {ord(c): byte for byte, c in enumerate(_characters(encoding)) if byte > 127}


@cache
def _from_bytes(encoding: str) -> dict[int, int]:
    aside = {shifted: point for point, shifted in _ASIDE.items()}
    return aside | {byte: character for character, byte in _to_bytes(encoding).items()}

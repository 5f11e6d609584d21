"""Encodings: bytes of a Russian text to a string."""

import codecs
import re

import numpy as np

from index.readers.letters import bits_by_encoding

CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "koi8_u")
"""The one-byte encodings of Russian text, the likeliest first."""

SAMPLE = 1 << 16
"""Bytes from which an encoding is found out."""

_WESTERN = "cp1252"
UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_STATED = re.compile(
    rb"""<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([\w.:-]+)"""
    rb"""|<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_NOT_ONE_BYTE = ("utf", "ascii", "idna", "punycode")
_HEAD = 4096
_HIGH = re.compile(rb"[\x80-\xff]+")
_IN_LATIN_WORDS = re.compile(
    rb"[A-Za-z][\x80-\xff]{1,2}(?![\x80-\xff])|(?<![\x80-\xff])[\x80-\xff]{1,2}[a-z]"
)
_UTF8_LETTERS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x80-\xbf]{3}")
_MOST_BROKEN = 0.1
"""Share of the bytes beyond ASCII that may be broken in what is UTF-8 all the same."""

_WIDE_SHARE = 0.8
"""Share of the high bytes of UTF-16 that are those of ASCII and Cyrillic, at the least."""

_TRUSTED_SHARE, _TRUSTED_BITS = 1.03, 8
"""How many times the bits of the likeliest encoding the declared one may tell, and how many
more."""


def encoding_of(content: bytes, declared: str | None = None) -> str:
    """The encoding of a text, by its first 64 KB: by its byte order mark, UTF-8 where it is
    that, UTF-16 where it looks so, else what is ``declared`` where the text does not plainly
    contradict, else the Russian one in which its letters follow one another as in Russian."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith(UTF_16_BOMS):
        return "utf-16"
    if wide := wide_encoding(content):
        return wide
    sample = content[:SAMPLE]
    if _is_utf8(sample):
        return "utf-8"
    likeliest = _likeliest(sample)
    stated = _codec(declared or stated_encoding(content) or "")
    return likeliest if stated is None else _trusted(sample, stated, likeliest)


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of bytes in whatever encoding; bytes that it does not have become U+FFFD."""
    return content.decode(encoding_of(content, declared), errors="replace")


def stated_encoding(content: bytes) -> str | None:
    """The encoding that an HTML page or an XML document states of itself."""
    match = _STATED.search(content, 0, _HEAD)
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 of either byte order where a text without a byte order mark looks so: every other
    byte is that of ASCII or of Cyrillic. None for all else."""
    points = np.frombuffer(content[: SAMPLE & ~1 if len(content) > 1 else 0], np.uint8)
    points = points[: len(points) & ~1].reshape(-1, 2)
    if len(points) < 2 or not (points < 9).any():
        return None
    typical = ((points == 0) | (points == 4)).mean(axis=0)
    letters = (points >= 9).mean(axis=0)
    for high, name in ((1, "utf_16_le"), (0, "utf_16_be")):
        if typical[high] >= _WIDE_SHARE and letters[1 - high] >= _WIDE_SHARE:
            return name
    return None


def _is_utf8(sample: bytes) -> bool:
    """Whether bytes are UTF-8, or were before some got lost."""
    try:
        sample.decode()
        return True
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(sample):
            return True
    n_high = sum(map(len, _HIGH.findall(sample)))
    n_good = sum(map(len, _UTF8_LETTERS.findall(sample)))
    return n_high - n_good <= _MOST_BROKEN * n_high


def _likeliest(sample: bytes) -> str:
    in_latin_words = sum(map(len, _IN_LATIN_WORDS.findall(sample)))
    if 2 * in_latin_words > sum(map(len, _HIGH.findall(sample))):
        return _WESTERN
    bits = bits_by_encoding(sample, CYRILLIC)
    return CYRILLIC[bits.index(min(bits))]


def _trusted(sample: bytes, stated: str, likeliest: str) -> str:
    """What is stated, unless the text is plainly in the likeliest encoding."""
    if likeliest == _WESTERN:
        return stated
    try:
        sample.decode(stated)
        bits = bits_by_encoding(sample, (likeliest, stated))
    except UnicodeDecodeError:
        return likeliest
    return stated if bits[1] <= _TRUSTED_SHARE * bits[0] + _TRUSTED_BITS else likeliest


def _codec(name: str) -> str | None:
    """Python's name of a one-byte encoding, None for any other."""
    try:
        found = codecs.lookup(name).name.replace("-", "_")
    except LookupError:
        return None
    return None if found.startswith(_NOT_ONE_BYTE) else found

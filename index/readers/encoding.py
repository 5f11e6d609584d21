"""Encodings: bytes of a Russian text to a string."""

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["cp1251", "koi8_r", "cp866", "utf_16_le", "utf_16_be"]


def encoding_of(content: bytes) -> str:
    """The encoding of a text: by its byte order mark, UTF-8 where it is valid, else the most
    likely of the Russian ones (charset-normalizer)."""
    for bom, name in _BOMS:
        if content.startswith(bom):
            return name
    try:
        content.decode()
        return "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(content):
            return "utf-8"
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_isolation=_CANDIDATES).best()
    return best.encoding if best else "cp1251"


def decode(content: bytes) -> str:
    """The text of bytes in whatever encoding; bytes that it does not have become U+FFFD."""
    return content.decode(encoding_of(content), errors="replace")

"""Addresses as they are typed into curl or a script: Cyrillic letters, not their percent codes."""

import re

from waitress.parser import HTTPRequestParser

_LETTER = re.compile(rb"[\x80-\xff]")


class Parser(HTTPRequestParser):
    """A parser of requests that takes bytes beyond ASCII in an address for what they are: a
    browser would have written them with percent signs."""

    def parse_header(self, header_plus: bytes) -> None:
        line, end, headers = header_plus.partition(b"\r\n")
        line = _LETTER.sub(lambda letter: b"%%%02X" % ord(letter[0]), line)
        super().parse_header(line + end + headers)

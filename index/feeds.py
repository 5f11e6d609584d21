"""Feeds over HTTP: fetched again only when their server says that they changed."""

import io
import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import requests

from index.readers import Reading
from index.readers.formats import format_of
from index.readers.reading import Allowance
from index.readers.source import Source

CONNECT_S, READ_S = 10, 30
"""The longest wait for a server to accept, and for its next bytes."""

LARGEST = 64 << 20
"""Bytes of a feed at the most."""

_CHUNK = 1 << 16

_LONGEST_NAME = 80
"""Characters of an address that the name of its file keeps."""


class FeedError(Exception):
    """A feed that cannot be fetched; the message names its address and says why."""


def is_address(place: str) -> bool:
    """Whether a place is an address of HTTP."""
    try:
        return urlsplit(place).scheme in ("http", "https")
    except ValueError:
        return False


class Feed:
    """What stands at an address, kept in a file of ``folder``. The server is asked with the
    ETag and the time of the last answer (RFC 9110, conditional requests). A page or a text is
    taken only where ``reading`` says that it is one."""

    def __init__(self, url: str, folder: Path, reading: Reading = Reading()):
        self.url, self._reading = url, reading
        self.path = folder / _file_name(url)
        self._known: dict[str, str] = {}
        self._session = requests.Session()
        self._session.headers["User-Agent"] = "podshivka"

    def fetch(self) -> bool:
        """Bring the file up to the address; returns whether something new came.

        Raises FeedError.
        """
        try:
            with self._session.get(
                self.url, headers=self._known, timeout=(CONNECT_S, READ_S), stream=True
            ) as answer:
                if answer.status_code == requests.codes.not_modified:
                    return False
                if not answer.ok:
                    raise FeedError(f"{self.url}: {answer.status_code} {answer.reason}")
                content = self._content(answer)
        except requests.RequestException as error:
            raise FeedError(f"{self.url}: {_reason(error)}") from error
        if not self._reading.format and self._is_one_article(content):
            raise FeedError(
                f"{self.url}: a page or a text; is it the address of a feed? "
                "--format reads it all the same"
            )
        told = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
        self._known = {ask: answer.headers[n] for ask, n in told.items() if n in answer.headers}
        if self.path.is_file() and self.path.read_bytes() == content:
            return False
        self.path.write_bytes(content)
        return True

    def _content(self, answer: requests.Response) -> bytes:
        content = bytearray()
        for chunk in answer.iter_content(_CHUNK):
            content += chunk
            if len(content) > LARGEST:
                raise FeedError(f"{self.url}: more than {LARGEST >> 20} MB; is it a feed?")
        return bytes(content)

    def _is_one_article(self, content: bytes) -> bool:
        """Whether what a server sends is one article, such as a page that asks to sign in."""
        stream = io.BufferedReader(io.BytesIO(content))
        allowance = Allowance(self._reading.limits, len(content))
        with Source(self.url, self.path.name, stream, self._reading, allowance) as source:
            return bool(content) and format_of(source) in ("html", "text")


def _file_name(url: str) -> str:
    """A name that no other address has; its end tells what the file holds."""
    parts = urlsplit(url)
    told = re.sub(r"[^\w.]+", "_", parts.netloc + parts.path)
    digest = sha256(url.encode(errors="surrogateescape")).hexdigest()
    return f"{digest[:12]}_{told[-_LONGEST_NAME:]}"


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return f"no answer in {CONNECT_S} to {READ_S} seconds"
    if isinstance(error, requests.ConnectionError):
        return "no connection; is the address right, is the server up?"
    return str(error)

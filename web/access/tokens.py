"""Tokens: who may read, and who may correct entities too.

A token is 256 random bits, so its plain SHA-256 is kept: nobody can try enough of them for a slow
hash, which passwords need, to matter, and each request has to check one. The file belongs to
the server and not to an index: a folder that is copied or swapped takes no rights with it.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

import orjson

_BYTES = 32
_MODE = 0o600


class TokensUnusable(Exception):
    """The file of tokens cannot be read or written, or the change makes no sense; the message
    says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token's name, its SHA-256 (hexadecimal), whether it may edit, and when it was made
    (ISO 8601)."""

    name: str
    sha256: str
    edit: bool
    added: str


def new_token(name: str, edit: bool) -> tuple[Token, str]:
    """A new token, and its secret, which is nowhere kept."""
    secret = secrets.token_urlsafe(_BYTES)
    return Token(name, _sha256(secret), edit, _now()), secret


def matching(tokens: Iterable[Token], secret: str) -> Token | None:
    """The token with a secret, found in the same time wherever it stands."""
    given, found = _sha256(secret), None
    for token in tokens:
        if hmac.compare_digest(token.sha256, given):
            found = token
    return found


class TokenFile:
    """The tokens in a file, which is read anew when it has changed.

    Its methods raise TokensUnusable.
    """

    def __init__(self, path: Path):
        self.path = path
        self._read: tuple[tuple[int, ...], tuple[Token, ...]] | None = None

    def tokens(self) -> tuple[Token, ...]:
        """The tokens, in the order in which they were added; none where there is no file."""
        try:
            stat = self.path.stat()
            mark = stat.st_ino, stat.st_size, stat.st_mtime_ns
            known = self._read
            if known is None or known[0] != mark:
                self._read = known = mark, _tokens(self.path.read_bytes())
            return known[1]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise TokensUnusable(f"{self.path}: {error.strerror or error}") from error
        except (ValueError, TypeError, KeyError) as error:
            raise TokensUnusable(
                f"{self.path}: damaged; delete it and add the tokens again"
            ) from error

    def add(self, name: str, edit: bool) -> str:
        """Add a token; its secret."""
        known = self.tokens()
        if any(token.name == name for token in known):
            raise TokensUnusable(f"there is a token {name!r} already; remove it first")
        token, secret = new_token(name, edit)
        self._write((*known, token))
        return secret

    def remove(self, name: str) -> None:
        """Take a token away; its bearer is refused from now on."""
        known = self.tokens()
        left = tuple(token for token in known if token.name != name)
        if left == known:
            there = ", ".join(token.name for token in known) or "none"
            raise TokensUnusable(f"no token is called {name!r}; there are: {there}")
        self._write(left)

    def _write(self, tokens: tuple[Token, ...]) -> None:
        content = orjson.dumps([asdict(token) for token in tokens], option=orjson.OPT_INDENT_2)
        aside = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}.tmp")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "wb") as file:
                file.write(content + b"\n")
                os.fsync(file.fileno())
            os.replace(aside, self.path)
        except OSError as error:
            aside.unlink(missing_ok=True)
            raise TokensUnusable(f"{self.path}: {error.strerror or error}") from error


def _tokens(content: bytes) -> tuple[Token, ...]:
    found = tuple(Token(**row) for row in orjson.loads(content))
    for token in found:
        if type(token.edit) is not bool or len(bytes.fromhex(token.sha256)) != 32:
            raise ValueError(token.name)
    return found


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")

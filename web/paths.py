"""Paths that a request names, to be led on to."""

from urllib.parse import urlsplit


def own_path(address: str) -> str:
    """An address if it is a path of this site, with or without parameters, else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    local = address.startswith("/") and not parts.scheme and not parts.netloc
    odd = "\\" in address or any(ord(character) < 32 for character in address)
    return address if local and not odd and not address.startswith("//") else ""

"""Compression: zstd or gzip for clients that take it, where a text is long enough to pay."""

from flask import Flask
from flask_compress import Compress

from search.answers.export import FORMATS

SHORTEST_BYTES = 1000
"""A shorter answer fits into one packet anyway."""

_ALGORITHMS = ["zstd", "gzip"]
_MEDIA_TYPES = [
    "application/json",
    "application/rss+xml",
    "image/svg+xml",
    "text/css",
    "text/html",
    "text/javascript",
    *(written.media_type for written in FORMATS.values()),
]


def register(app: Flask) -> None:
    """Make the application compress its answers, streamed ones as they go.

    Pages hold no secret that the length of an answer could betray: a token is only ever in a
    header.
    """
    app.config |= {
        "COMPRESS_ALGORITHM": _ALGORITHMS,
        "COMPRESS_ALGORITHM_STREAMING": _ALGORITHMS,
        "COMPRESS_MIMETYPES": _MEDIA_TYPES,
        "COMPRESS_MIN_SIZE": SHORTEST_BYTES,
    }
    Compress(app)

"""Styles and scripts: each address holds a hash of its file, so that it may be kept for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

YEAR_SECONDS = 365 * 24 * 3600
_VERSION = "v"


def register(app: Flask) -> None:
    """Make the application write the version of a static file into its address."""
    folder = Path(app.static_folder)

    @app.url_defaults
    def _versioned(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values[_VERSION] = version(folder / values["filename"])

    @app.after_request
    def _kept(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            if request.args.get(_VERSION) == version(folder / request.view_args["filename"]):
                response.cache_control.no_cache = None
                response.cache_control.public = True
                response.cache_control.max_age = YEAR_SECONDS
                response.cache_control.immutable = True
        return response


@lru_cache(100)
def version(path: Path) -> str:
    """The beginning of a hash of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]

"""The production server: the application on waitress."""

from pathlib import Path

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from web.app import LARGEST_BODY_BYTES, create_app
from web.settings import Settings

THREADS = 4
CONNECTIONS = 200
IDLE_SECONDS = 60
LARGEST_HEADER_BYTES = 32 * 1024


def listen(
    folder: Path, host: str, port: int, settings: Settings = Settings()
) -> BaseWSGIServer | MultiSocketServer:
    """A server for the index in a folder that listens already; ``run()`` makes it answer.

    Port 0 takes a free one. Raises OSError when the address cannot be listened on, ValueError
    when the host is none.
    """
    return create_server(
        create_app(folder, settings),
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        max_request_header_size=LARGEST_HEADER_BYTES,
        max_request_body_size=LARGEST_BODY_BYTES,
        ident=None,
        clear_untrusted_proxy_headers=True,
    )


def port_of(server: BaseWSGIServer | MultiSocketServer) -> int:
    """The port that a server listens on."""
    if isinstance(server, MultiSocketServer):
        return server.effective_listen[0][1]
    return server.effective_port

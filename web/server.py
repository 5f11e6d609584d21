"""The production server: the application on waitress, which ends with nothing left undone."""

import logging
import threading
import time
from pathlib import Path

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from search import Archive
from web.app import LARGEST_BODY_BYTES, create_app
from web.request_line import Parser
from web.settings import Settings

_log = logging.getLogger(__name__)

CONNECTIONS = 1000
WAITING = 4096
"""Connections that the system keeps until they are taken."""

IDLE_SECONDS = 60
REQUEST_SECONDS = 30
"""How long a client may take to send a request."""

SENDING_SECONDS = 3600
"""How long an answer may take to be worked out and sent: an export to a client that reads slowly
keeps a thread and files of the index that are deleted already."""

LAST_SECONDS = 30
"""How long answers may still take after the server was told to end."""

LARGEST_HEADER_BYTES = 32 * 1024
_FILES = 2 * CONNECTIONS + 1000
_LOOK_SECONDS = 1.0
_BELIEVED = {"x-forwarded-for", "x-forwarded-proto"}


class Server:
    """A server that listens already; ``run`` makes it answer, until ``close``."""

    def __init__(self, wsgi: BaseWSGIServer | MultiSocketServer, archive: Archive):
        self._wsgi = wsgi
        self._archive = archive
        self._map = wsgi.map if isinstance(wsgi, MultiSocketServer) else wsgi._map
        for listener in self._listeners():
            listener.channel_class = _Channel
        self._closing = threading.Event()
        self._receiving: dict[HTTPChannel, float] = {}
        self._sending: dict[HTTPRequestParser, float] = {}

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        if isinstance(self._wsgi, MultiSocketServer):
            return self._wsgi.effective_listen[0][1]
        return self._wsgi.effective_port

    @property
    def waiting(self) -> int:
        """Requests that no thread has taken yet."""
        return len(self._wsgi.task_dispatcher.queue)

    def run(self) -> None:
        """Answer until ``close`` is called, then take no more connections and end what has
        begun. Commits that come meanwhile are followed."""
        with self._archive.followed():
            self._run()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._poll(_LOOK_SECONDS)
            self._drop_slow()
            self._cut_off()
        known = 0
        while known != len(self._map):
            known = len(self._map)
            self._poll(0)
        for listener in self._listeners():
            wasyncore.dispatcher.close(listener)
        end = time.monotonic() + LAST_SECONDS
        while time.monotonic() < end and any(map(_at_work, self._channels())):
            self._poll(0.05)
        self._wsgi.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map, ignore_all=True)

    def close(self) -> None:
        """Make ``run`` come to its end. May be called from a signal handler or a thread."""
        self._closing.set()
        for listener in self._listeners():
            listener.pull_trigger()

    def _poll(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def _drop_slow(self) -> None:
        """Close connections on which a request has been coming in for too long."""
        now = time.monotonic()
        receiving = [channel for channel in self._channels() if channel.request is not None]
        self._receiving = {channel: self._receiving.get(channel, now) for channel in receiving}
        for channel, since in self._receiving.items():
            if now - since > REQUEST_SECONDS:
                channel.will_close = True

    def _cut_off(self) -> None:
        """Close connections on which an answer has been sent for too long. One of unknown length
        is sent in chunks, so its client sees that the last one is missing."""
        now = time.monotonic()
        answered = {request: one for one in self._channels() for request in one.requests[:1]}
        self._sending = {request: self._sending.get(request, now) for request in answered}
        for request, since in self._sending.items():
            if now - since > SENDING_SECONDS:
                _log.warning("an answer was not sent within %g s; cut off", SENDING_SECONDS)
                answered[request].handle_close()

    def _listeners(self) -> list[BaseWSGIServer]:
        return [one for one in list(self._map.values()) if isinstance(one, BaseWSGIServer)]

    def _channels(self) -> list[HTTPChannel]:
        return [one for one in list(self._map.values()) if isinstance(one, HTTPChannel)]


class _Channel(HTTPChannel):
    parser_class = Parser


def _at_work(channel: HTTPChannel) -> bool:
    return bool(channel.requests or channel.total_outbufs_len)


def listen(folder: Path, host: str, port: int, settings: Settings = Settings()) -> Server:
    """A server for the index in a folder that listens already.

    Port 0 takes a free one. Raises OSError when the address cannot be listened on, ValueError
    when the host is none.
    """
    _allow_files()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(folder, settings)
    server = Server(
        create_server(
            app,
            host=host,
            port=port,
            threads=settings.threads,
            backlog=WAITING,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            max_request_header_size=LARGEST_HEADER_BYTES,
            max_request_body_size=LARGEST_BODY_BYTES,
            ident=None,
            url_prefix=settings.prefix,
            trusted_proxy=settings.proxy,
            trusted_proxy_headers=_BELIEVED if settings.proxy else set(),
            clear_untrusted_proxy_headers=True,
        ),
        app.config["ARCHIVE"],
    )
    app.config["WAITING"] = lambda: server.waiting
    return server


def _allow_files() -> None:
    """Let the process have a file for each connection, as far as the system does."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))

"""Settings: what a server is asked to do, and for whom."""

import ipaddress
from dataclasses import dataclass

from web.access.tokens import Token, TokenFile


@dataclass(frozen=True, slots=True)
class Settings:
    """How the application answers.

    ``public``: reading needs no token. ``editing``: whoever has a token to edit may correct
    entities. ``tokens`` are those of the file, ``session`` is one that ends with the server.
    ``hosts``: names under which it may be asked, besides localhost and any address in digits.
    ``origins``: other sites whose pages may ask the API, or ``*``. ``timeout``: seconds in which
    an answer has to begin. ``threads``: answers that are worked on at once. ``log``: a line for
    each request, ``log_queries``: with what was asked for. ``metrics``: for Prometheus.
    ``prefix``: the path under which a proxy shows the site, like ``/archive``. ``proxy``: the
    address of the proxy whose X-Forwarded-Proto and -For are believed, nobody's by default.
    """

    public: bool = True
    editing: bool = False
    tokens: TokenFile | None = None
    session: Token | None = None
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    timeout: float = 10.0
    threads: int = 4
    log: bool = False
    log_queries: bool = True
    metrics: bool = False
    prefix: str = ""
    proxy: str | None = None

    @property
    def exports(self) -> int:
        """Exports at once: slow readers of long ones leave threads for other answers."""
        return max(1, self.threads // 2)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens on a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"

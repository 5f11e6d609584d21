"""Observation: a log line for each request, and metrics for Prometheus."""

import logging
import time
from urllib.parse import unquote

from flask import Flask, Response, current_app, g, request

from web.access.rights import rights
from web.logs import FACTS, OURS
from web.settings import Settings

_log = logging.getLogger(f"{OURS}.requests")

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Bounds of the histogram of durations."""


def register(app: Flask, settings: Settings) -> None:
    """Make the application tell of what it answers, as the settings have it."""
    app.before_request(_begin)
    if settings.log:
        app.after_request(_logged)
    if settings.metrics:
        _add_metrics(app)


def _begin() -> None:
    g.begun = time.perf_counter()


def _logged(response: Response) -> Response:
    """The response, which writes a line when all of it is sent."""
    facts = {
        "method": request.method,
        "route": _route(),
        "status": response.status_code,
        "ms": 0.0,
        "hits": g.get("hits"),
        "generation": g.get("generation"),
        "by": rights().name,
    }
    if current_app.config["SETTINGS"].log_queries:
        facts["asked"] = unquote(request.full_path).rstrip("?")
    begun = g.begun

    def write() -> None:
        facts["ms"] = round(1000 * (time.perf_counter() - begun), 1)
        _log.info("%s %s", facts["method"], facts["route"], extra={FACTS: facts})

    response.call_on_close(write)
    return response


def _route() -> str | None:
    """The rule of the route, which is the same whatever is asked of it."""
    return request.url_rule.rule if request.url_rule else None


def _add_metrics(app: Flask) -> None:
    from prometheus_client import (
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        Counter,
        Gauge,
        Histogram,
        ProcessCollector,
        generate_latest,
    )

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    requests = Counter(
        "podshivka_requests", "Requests answered.", ["route", "status"], registry=registry
    )
    seconds = Histogram(
        "podshivka_request_seconds", "Until an answer begins.", ["route"], buckets=_SECONDS,
        registry=registry,
    )  # fmt: skip
    waiting = Gauge("podshivka_waiting_requests", "Requests without a thread.", registry=registry)
    waiting.set_function(lambda: app.config["WAITING"]())
    health = {
        name: Gauge(f"podshivka_{name}", words, registry=registry)
        for name, words in {
            "articles": "Articles in the index.",
            "generation": "The number of its last commit.",
            "age_seconds": "Since its last commit.",
            "degraded": "How many things make answers worse.",
        }.items()
    }

    @app.after_request
    def count(response: Response) -> Response:
        route = _route() or "none"
        requests.labels(route, response.status_code).inc()
        seconds.labels(route).observe(time.perf_counter() - g.begun)
        return response

    @app.get("/metrics")
    def metrics() -> Response:
        """What Prometheus reads."""
        found = app.config["ARCHIVE"].health()
        health["articles"].set(found["articles"])
        health["generation"].set(found["generation"])
        health["age_seconds"].set(found["age_s"] or 0)
        health["degraded"].set(len(found["degraded"]))
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

"""Logs: each line a JSON object, in which no character acts on a terminal."""

import logging
from datetime import datetime, timezone

import orjson

from index.terminal import printable

OURS = "podshivka"
FACTS = "facts"
"""The attribute of a log record that holds what its line says beside the message."""


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: when, how serious, and its facts or its message."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, timezone.utc)
        line = {"time": moment.isoformat(timespec="milliseconds"), "level": record.levelname}
        facts = getattr(record, FACTS, None)
        line |= facts or {"logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return printable(orjson.dumps(line, default=str).decode())


def to_standard_error() -> None:
    """Send the log there: all of ours, of libraries what they warn of."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler])
    logging.getLogger(OURS).setLevel(logging.INFO)

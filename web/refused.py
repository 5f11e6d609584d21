"""What a server says instead of an answer, for reasons of its own."""

from http import HTTPStatus
from typing import Any


class Refused(Exception):
    """A request that is not answered: a status, why (a key of the catalogues after
    ``explain_``), and the facts of that."""

    def __init__(self, status: HTTPStatus, reason: str, **facts: Any):
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.facts = facts

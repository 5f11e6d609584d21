"""Values of formats that hold one on a line."""

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_line(value: str) -> str:
    """A value without line breaks, control characters and repeated spaces."""
    return " ".join(_CONTROL.sub(" ", value).split())

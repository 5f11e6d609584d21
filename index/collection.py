"""The cycle collector while much is kept and hardly any of it in cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MADE = 50_000
"""Objects made (more than freed) between two collections; Python's own figure is some 700."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Cycles are collected after MADE objects: a run over many articles keeps what it knows of
    their words, and walking that again and again takes a twentieth of its time."""
    made, *rest = gc.get_threshold()
    gc.set_threshold(made and max(made, MADE), *rest)
    try:
        yield
    finally:
        gc.set_threshold(made, *rest)

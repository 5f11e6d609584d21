"""Amounts: what an option of the command line takes for a size, a time or a number of times."""

from math import isnan
from typing import Any

import click


class Amount(click.FloatRange):
    """A number between two others, which infinity and NaN never are."""

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> float:
        number = super().convert(value, param, context)
        if isnan(number):
            self.fail(f"{value!r} is no number", param, context)
        return number

"""A person's name: taken apart, put into the nominative, written in one way, compared.

>>> nominative("Фарида Шафиева").canonical
'Фарид Шафиев'
>>> parse("Тукумов Э.А.").canonical
'Э. А. Тукумов'
>>> compatible(parse("Э. Тукумов"), parse("Эркин Тукумов"))
True
"""

from collections.abc import Iterable

from index.names.comparison import compatible, key
from index.names.parts import PersonName, split
from index.names.readings import Hint, Reading, possible_cases, readings, weigh

__all__ = (
    "Hint",
    "PersonName",
    "Reading",
    "compatible",
    "key",
    "nominative",
    "parse",
    "possible_cases",
    "readings",
    "weigh",
)


def parse(surface: str) -> PersonName:
    """The parts of a name, each in the case in which it stands."""
    return split(surface).name


def nominative(surface: str, hints: Iterable[Hint] = ()) -> PersonName:
    """The name in the nominative, its parts agreeing in gender, its context heard."""
    hints = tuple(hints)
    return max(readings(surface), key=lambda reading: weigh(reading, hints)).name

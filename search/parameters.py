"""Parameters of a request: how each is read, written, described, and what it may be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from index.dates import DateError, parse_date
from index.schema import FACETS
from search.facets.histogram import INTERVALS

SORTS = ("relevance", "date", "-date")
MODES = ("any", "all")
GROUPS = ("articles", "reprints")
FACET_NAMES = (*FACETS, "date")
MOST_RESULTS = 100
MOST_FACET_VALUES = 1000
LAST_OFFSET = 1_000_000_000
RULES = (
    "unknown",
    "number",
    "choice",
    "date",
    "range",
    "query",
    "cursor",
    "search",
    "order",
    "most",
    "text",
    "names",
    "body",
)
"""What a parameter, or the body of a request, may be wrong by."""


class ParameterError(ValueError):
    """A parameter that cannot be understood: its name and value, which of the RULES it breaks,
    a sentence about it and the facts of that rule."""

    def __init__(self, parameter: str, value: str, rule: str, message: str, **facts: Any):
        super().__init__(f"{parameter}: {message}")
        self.parameter = parameter
        self.message = message
        self.value = value
        self.rule = rule
        self.facts = facts


def unknown(name: str, value: str, known: Iterable[str]) -> ParameterError:
    """What is wrong with a parameter that is none of the known ones."""
    choices = tuple(known)
    there = f"there are {', '.join(choices)}" if choices else "there are none"
    return ParameterError(name, value, "unknown", f"no such parameter; {there}", choices=choices)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: ``read`` takes a parameter's name and what was given, and raises
    ParameterError; ``write`` is its inverse; ``schema`` is a JSON Schema of what may be given."""

    read: Callable[[str, str], Any]
    schema: dict[str, Any]
    write: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a search: ``field`` of Request, or None for a part of a facet's selection."""

    kind: Kind
    description: str
    example: str
    field: str | None = None
    repeated: bool = False


def number(low: int, high: int) -> Kind:
    """Whole numbers within bounds."""

    def read(name: str, value: str) -> int:
        if value.isascii() and value.isdigit() and low <= int(value[:12]) <= high:
            return int(value)
        message = f"expected a number from {low} to {high}, found {value!r}"
        raise ParameterError(name, value, "number", message, low=low, high=high)

    return Kind(read, {"type": "integer", "minimum": low, "maximum": high})


def choice(*choices: str) -> Kind:
    """One of some words."""

    def read(name: str, value: str) -> str:
        if value in choices:
            return value
        message = f"expected one of {', '.join(choices)}, found {value!r}"
        raise ParameterError(name, value, "choice", message, choices=choices)

    return Kind(read, {"type": "string", "enum": list(choices)})


def choices(*of: str) -> Kind:
    """Some of some words with commas between them, or ``none``."""
    one = choice(*of, "none")

    def read(name: str, value: str) -> tuple[str, ...]:
        wanted = [one.read(name, part.strip()) for part in value.split(",")]
        return tuple(word for word in of if word in wanted)

    pattern = f"^({'|'.join(of)}|none)(,({'|'.join(of)}|none))*$"
    return Kind(read, {"type": "string", "pattern": pattern}, lambda v: ",".join(v) or "none")


def _partial_date(name: str, value: str) -> str:
    try:
        return parse_date(value)
    except DateError as error:
        raise ParameterError(name, value, "date", str(error)) from error


_flag = choice("0", "1")
TEXT = Kind(lambda name, value: value, {"type": "string"})
FLAG = Kind(lambda name, value: _flag.read(name, value) == "1", _flag.schema, lambda v: str(int(v)))
MODE = choice(*MODES)
SIZE = number(1, MOST_FACET_VALUES)
EXPORTED = number(0, LAST_OFFSET)
"""How many results an export may be limited to."""

DATE = Kind(_partial_date, {"type": "string", "examples": ["2022", "2022-08", "2022-08-19"]})


def _selection(facet: str) -> dict[str, Parameter]:
    linked = facet in ("person", "org")
    value = "entity, by id, reference or any name" if linked else f"{facet}, by name or reference"
    example = {"person": "Эркин Тукумов", "org": "ЦАМО", "source": "Вечерний Каспий"}
    shown = example.get(facet, "Политика")
    return {
        facet: Parameter(TEXT, f"Articles with this {value}.", shown, repeated=True),
        f"{facet}.not": Parameter(TEXT, f"Articles without this {value}.", shown, repeated=True),
        f"{facet}.mode": Parameter(MODE, f"Any of the values of {facet}, or all of them.", "all"),
        f"{facet}.missing": Parameter(FLAG, f"Articles without any {facet}.", "1"),
        f"{facet}.size": Parameter(
            SIZE, f"Values of {facet} to show, in place of facet.size.", "100"
        ),
    }


PARAMETERS = {
    "q": Parameter(TEXT, "The query, in the query language.", "визит президента", "q"),
    **{name: parameter for facet in FACETS for name, parameter in _selection(facet).items()},
    "from": Parameter(DATE, "Not before this day, month or year.", "2022-01", "date_from"),
    "to": Parameter(DATE, "Not after this day, month or year.", "2022-08", "date_to"),
    "date.missing": Parameter(FLAG, "Articles without a date.", "1", "date_missing"),
    "sort": Parameter(choice(*SORTS), f"One of {', '.join(SORTS)}.", "-date", "sort"),
    "limit": Parameter(
        number(0, MOST_RESULTS), f"Results to show, 0 to {MOST_RESULTS}.", "20", "limit"
    ),
    "offset": Parameter(number(0, LAST_OFFSET), "Results to pass over.", "20", "offset"),
    "after": Parameter(
        TEXT,
        "Go on after this article: a cursor (next of an answer, cursor of an exported line) or, "
        "where the order is by date and nothing is grouped, an id.",
        "ARtKbsgAAAARAAtEVwAAAAAAAAAAMjA2NjFkYzEzNmJmMTVhMlWILJA",
        "after",
    ),
    "facets": Parameter(
        choices(*FACET_NAMES),
        "Facets to count, with commas between them, or none.",
        "person,date",
        "facets",
    ),
    "facet.size": Parameter(SIZE, "Values of a facet to show.", "30", "facet_size"),
    "interval": Parameter(
        choice("auto", *INTERVALS),
        "Of the date facet: auto, day, month or year.",
        "year",
        "interval",
    ),
    "group": Parameter(
        choice(*GROUPS),
        "articles: each is a hit; reprints: a story is one, its first publication found, and "
        "counts once for each value of a facet and in each interval.",
        "reprints",
        "group",
    ),
    "explain": Parameter(FLAG, "Of which parts each score is the sum.", "1", "explain"),
}
"""All parameters by name, in the order in which links write them."""

OF_A_PAGE = {"limit", "offset", "after", "facets", "facet.size", "interval", "explain"} | {
    f"{facet}.size" for facet in FACETS
}
"""The parameters that change what is shown of an answer, and not what is found in which order."""

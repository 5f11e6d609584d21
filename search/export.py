"""Exports: results of a search as CSV, JSONL, RIS or BibTeX."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

Result = dict[str, Any]
"""A result of an answer, as the API gives it."""

_COLUMNS = ("id", "title", "date", "source", "url", "persons", "organizations")
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_BIBTEX_SPECIAL = re.compile(r"([\\{}$&#%_^~])")


def csv_lines(results: Iterable[Result]) -> Iterator[str]:
    """A table under a line of column names, with a byte order mark for spreadsheet programs; a
    value that they would take for a formula gets an apostrophe before it."""
    yield "\ufeff" + _csv_line(_COLUMNS)
    for result in results:
        names = {kind: "; ".join(_names(result, kind)) for kind in ("persons", "organizations")}
        yield _csv_line([_harmless((result | names)[column]) for column in _COLUMNS])


def _csv_line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()


def _harmless(value: str | None) -> str:
    value = value or ""
    return f"'{value}" if _FORMULA.match(value) else value


def jsonl_lines(results: Iterable[Result]) -> Iterator[str]:
    """A result a line, as the API gives it."""
    for result in results:
        yield orjson.dumps(result, option=orjson.OPT_APPEND_NEWLINE).decode()


def ris_lines(results: Iterable[Result]) -> Iterator[str]:
    """Records of type NEWS in the RIS format (Research Information Systems)."""
    for result in results:
        tags = [
            ("TY", "NEWS"),
            ("TI", result["title"]),
            ("T2", result["source"]),
            ("DA", (result["date"] or "").replace("-", "/")),
            ("UR", result["url"]),
            ("ID", result["id"]),
            *(
                ("KW", name)
                for kind in ("persons", "organizations")
                for name in _names(result, kind)
            ),
        ]
        yield "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in tags if value)
        yield "ER  - \r\n\r\n"


def bibtex_lines(results: Iterable[Result]) -> Iterator[str]:
    """Entries of type ``misc`` in BibTeX."""
    for number, result in enumerate(results, start=1):
        key = re.sub(r"[^A-Za-z0-9:_-]+", "-", result["id"]).strip("-") or str(number)
        fields = {
            "title": result["title"],
            "howpublished": result["source"],
            "date": result["date"],
            "url": result["url"],
        }
        lines = [f"  {name} = {{{_bibtex(value)}}}" for name, value in fields.items() if value]
        yield f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n\n"


def _bibtex(value: str) -> str:
    escaped = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
    return _BIBTEX_SPECIAL.sub(lambda m: escaped.get(m[1], f"\\{m[1]}"), _one_line(value))


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _names(result: Result, kind: str) -> list[str]:
    return [entity["name"] for entity in result[kind]]


FORMATS: dict[str, Callable[[Iterable[Result]], Iterator[str]]] = {
    "csv": csv_lines,
    "jsonl": jsonl_lines,
    "ris": ris_lines,
    "bibtex": bibtex_lines,
}

"""Exports: what a search finds, written in the formats of other programs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from search.answers.export.bibtex import bibtex_lines
from search.answers.export.json_lines import jsonl_lines
from search.answers.export.ris import ris_lines
from search.answers.export.spreadsheet import csv_lines


@dataclass(frozen=True, slots=True)
class Format:
    """A format: ``lines`` turns results, as the API gives them, into pieces of text."""

    lines: Callable[[Iterable[dict[str, Any]]], Iterator[str]]
    media_type: str
    extension: str


FORMATS = {
    "csv": Format(csv_lines, "text/csv", "csv"),
    "jsonl": Format(jsonl_lines, "application/x-ndjson", "jsonl"),
    "ris": Format(ris_lines, "application/x-research-info-systems", "ris"),
    "bibtex": Format(bibtex_lines, "application/x-bibtex", "bib"),
}

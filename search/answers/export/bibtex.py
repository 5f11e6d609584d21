"""BibTeX entries, with the fields that BibLaTeX knows for online publications."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from search.answers.export.one_line import one_line

_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9:_-]+")


def bibtex_lines(results: Iterable[dict[str, Any]]) -> Iterator[str]:
    """An entry of type ``misc`` for each result, under a key made of its id; a key that is empty
    or taken already gets the result's number."""
    taken = set()
    for number, result in enumerate(results, start=1):
        key = _NOT_IN_KEYS.sub("-", result["id"]).strip("-")
        if not key or key in taken:
            key = f"{key}-{number}".lstrip("-")
        taken.add(key)
        year, _, day = (result["date"] or "").partition("-")
        fields = {
            "author": " and ".join(f"{{{_value(one)}}}" for one in result.get("authors", ())),
            "title": _value(result["title"]),
            "howpublished": _value(result["source"] or ""),
            "year": year,
            "month": day[:2].lstrip("0"),
            "date": result["date"],
            "url": one_line(result["url"] or "").translate({0x7B: "%7B", 0x7D: "%7D", 0x5C: "%5C"}),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        yield f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n\n"


def _value(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], f"\\{found[0]}"), one_line(text))

"""BibTeX entries, with the fields that BibLaTeX knows for online publications."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from search.answers.export.one_line import one_line

_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9:_-]+")


def bibtex_lines(results: Iterable[dict[str, Any]]) -> Iterator[str]:
    """An entry of type ``misc`` for each result. Its key is made of the id alone, so that it is
    the same in every export; one that lacks characters of the id gets a hash of that."""
    for result in results:
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
        yield f"@misc{{{_key(result['id'])},\n" + ",\n".join(lines) + "\n}\n\n"


def _key(id: str) -> str:
    key = _NOT_IN_KEYS.sub("-", id).strip("-")
    if key and key == id:
        return key
    return f"{key}-{sha256(id.encode()).hexdigest()[:8]}".lstrip("-")


def _value(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], f"\\{found[0]}"), one_line(text))

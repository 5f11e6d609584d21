"""RIS records (Research Information Systems), for reference managers."""

from collections.abc import Iterable, Iterator
from typing import Any

from search.answers.export.one_line import one_line


def ris_lines(results: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A record of type NEWS for each result; the last line of one ends it."""
    for result in results:
        tags = [
            ("TY", "NEWS"),
            ("TI", result["title"]),
            *(("AU", author) for author in result.get("authors", ())),
            ("T2", result["source"]),
            *_dates(result["date"]),
            ("UR", result["url"]),
            ("ID", result["id"]),
            *(("KW", named["name"]) for named in result["persons"] + result["organizations"]),
        ]
        yield "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in tags if value)
        yield "ER  - \r\n\r\n"


def _dates(date: str | None) -> list[tuple[str, str]]:
    """Year, and the date as year/month/day, with what is not known left empty."""
    if not date:
        return []
    parts = [*date.split("-"), "", ""][:3]
    return [("PY", parts[0]), ("DA", "/".join([*parts, ""]))]

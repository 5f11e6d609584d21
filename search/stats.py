"""Stats: what an archive holds."""

from datetime import date
from pathlib import Path
from typing import Any

from index.schema import FACETS, NO_DATE
from search.snapshot import Snapshot


def stats_answer(snapshot: Snapshot, folder: Path) -> dict[str, Any]:
    """Articles, values of each facet, the span of the dates, and the bytes on disk."""
    alive = list(snapshot.searcher.reader().all_doc_ids())
    first, last = snapshot.first_days[alive], snapshot.last_days[alive]
    dated = first != NO_DATE
    return {
        "folder": str(folder),
        "generation": snapshot.generation,
        "articles": len(snapshot),
        **{field: _n_values(snapshot, field) for field in FACETS},
        "undated": int((~dated).sum()),
        "first_date": _iso(first[dated].min()) if dated.any() else None,
        "last_date": _iso(last[dated].max()) if dated.any() else None,
        "bytes": sum(file.stat().st_size for file in folder.glob("*") if file.is_file()),
    }


def _n_values(snapshot: Snapshot, field: str) -> int:
    return len(snapshot.column(field).entities)


def _iso(day: int) -> str:
    return date.fromordinal(int(day)).isoformat()

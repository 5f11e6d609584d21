"""Stats: what an archive holds."""

from pathlib import Path
from typing import Any

import numpy as np

from index.dates import spanning
from index.schema import FACETS, NO_DATE
from search.facets import EntityCounts
from search.snapshot import Snapshot


def stats_answer(snapshot: Snapshot, folder: Path) -> dict[str, Any]:
    """Articles, values of each facet, the span of the dates, and the bytes on disk."""
    alive = np.flatnonzero(snapshot.alive)
    first, last = snapshot.first_days[alive], snapshot.last_days[alive]
    dated = first != NO_DATE
    return {
        "folder": str(folder),
        "generation": snapshot.generation,
        "articles": len(snapshot),
        **{name: EntityCounts(snapshot.column(name), alive).total for name in FACETS},
        "undated": int((~dated).sum()),
        "first_date": _date(first[dated], last[dated], first[dated].argmin())
        if any(dated)
        else None,
        "last_date": _date(first[dated], last[dated], last[dated].argmax()) if any(dated) else None,
        "bytes": sum(file.stat().st_size for file in folder.glob("*") if file.is_file()),
    }


def _date(first: np.ndarray, last: np.ndarray, number: int) -> str:
    return spanning(int(first[number]), int(last[number]))

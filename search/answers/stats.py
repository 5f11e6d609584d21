"""Stats: what an archive holds."""

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np

from index.dates import spanning
from index.folder import latest_commit
from index.schema import FACETS, NO_DATE
from search.facets.values import EntityCounts
from search.snapshot import Snapshot


def stats_answer(snapshot: Snapshot, folder: Path) -> dict[str, Any]:
    """Articles, values of each facet, the span of the dates, the bytes on disk, and when the
    index last changed (ISO 8601, UTC; None where it is empty)."""
    alive = snapshot.everything
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
        "indexed": _moment(latest_commit(folder)[2]),
        "bytes": sum(file.stat().st_size for file in folder.glob("*") if file.is_file()),
    }


def _date(first: np.ndarray, last: np.ndarray, number: int) -> str:
    return spanning(int(first[number]), int(last[number]))


def _moment(ns: int) -> str | None:
    if not ns:
        return None
    return datetime.fromtimestamp(ns // 10**9, timezone.utc).isoformat()

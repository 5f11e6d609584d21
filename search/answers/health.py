"""Health: whether an archive answers, from which state of its index, and what is wrong with it."""

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from index.folder import IndexUnusable
from search.snapshot import Snapshot


def health_answer(
    snapshot: Snapshot, folder: Path, fault: IndexUnusable | None = None
) -> dict[str, Any]:
    """The generation, the articles, when the last commit was (ISO 8601, UTC) and how many
    seconds ago, None where there is none, and what makes the answers worse than they could be;
    ``fault`` is why the last state of the folder cannot be read."""
    degraded = snapshot.faults()
    if not folder.exists() and snapshot.generation:
        degraded.append(("folder", "the index folder is gone; what was read before is answered"))
    if fault:
        degraded.append(("commit", "the last commit cannot be read; the one before is answered"))
    moment = snapshot.committed_ns
    committed = datetime.fromtimestamp(moment / 1e9, timezone.utc) if moment else None
    now = datetime.now(timezone.utc)
    return {
        "status": "degraded" if degraded else "ok",
        "generation": snapshot.generation,
        "articles": len(snapshot),
        "committed": committed and committed.isoformat(timespec="seconds"),
        "age_s": committed and max(0, round((now - committed).total_seconds())),
        "degraded": [{"code": code, "message": message} for code, message in degraded],
    }

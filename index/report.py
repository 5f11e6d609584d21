"""The report of a run: what was read, and what became of it."""

from dataclasses import dataclass, field
from typing import Any

NAMED = 20
"""Rejected and doubtful items that a report names; the rest are counted."""


@dataclass(slots=True)
class Report:
    """Counts of articles by what became of them, and the items to look at, as
    ``place: reason``."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    undated: int = 0
    warnings: int = 0
    interrupted: bool = False
    seconds: float = 0.0
    rejections: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """All that the sources held."""
        return self.new + self.changed + self.unchanged + self.rejected

    def reject(self, place: str, reason: str) -> None:
        """Count an item that does not go in."""
        self.rejected += 1
        if self.rejected <= NAMED:
            self.rejections.append(f"{place}: {reason}")

    def warn(self, place: str, reason: str) -> None:
        """Count something in an item that was not understood, though the item goes in."""
        self.warnings += 1
        if self.warnings <= NAMED:
            self.doubts.append(f"{place}: {reason}")

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON is made of it."""
        counts = ("new", "changed", "unchanged", "rejected", "undated", "warnings")
        return {
            "read": self.read,
            **{name: getattr(self, name) for name in counts},
            "interrupted": self.interrupted,
            "seconds": round(self.seconds, 2),
            "rejections": self.rejections,
            "doubts": self.doubts,
        }

    def lines(self) -> list[str]:
        """The report as a person reads it."""
        rate = (self.new + self.changed) / self.seconds if self.seconds else 0
        lines = [
            f"{self.read} read: {self.new} new, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.rejected} rejected "
            f"({self.seconds:.1f} s, {rate:.0f} articles/s)"
        ]
        if self.undated:
            lines.append(f"{self.undated} without a date")
        lines += self.rejections
        if self.rejected > NAMED:
            lines.append(f"… and {self.rejected - NAMED} more rejected")
        lines += self.doubts
        if self.warnings > NAMED:
            lines.append(f"… and {self.warnings - NAMED} more warnings")
        if self.interrupted:
            lines.append("interrupted; the index is at its last commit, run again to go on")
        return lines

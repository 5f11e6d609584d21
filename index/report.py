"""The report of a run: what was read, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.article import Article
from index.findings import Findings

SAMPLES = 3
"""Articles that a dry run shows."""

_LONGEST_SAMPLE = 1000

FINDINGS = {
    "rejected": "rejected",
    "duplicates": "duplicates",
    "undated": "without a date",
    "guessed": "with a guessed date",
    "rejected_dates": "with a date that cannot be theirs",
    "conflicts": "with dates that contradict each other",
    "repaired": "with repaired text",
    "redecoded": "decoded wrongly once, put right",
    "warnings": "warnings",
}
"""What is told item by item, and how it is called."""

_PLURALS = ("duplicates", "warnings")
_SHOWN = ("rejected", "duplicates", "rejected_dates", "conflicts", "warnings")


def _findings() -> Any:
    return field(default_factory=Findings)


@dataclass(slots=True)
class Report:
    """Counts of articles by what became of them, and findings about those that are new or
    changed: ``guessed`` by the provenance of the date, ``conflicts`` by the two that differ."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejections: Findings = _findings()
    duplicates: Findings = _findings()
    undated: Findings = _findings()
    guessed: Findings = _findings()
    rejected_dates: Findings = _findings()
    conflicts: Findings = _findings()
    repaired: Findings = _findings()
    redecoded: Findings = _findings()
    doubts: Findings = _findings()
    samples: list[Article] = field(default_factory=list)
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def rejected(self) -> int:
        """Items that did not go in."""
        return self.rejections.total

    @property
    def warnings(self) -> int:
        """Things that were not understood in items that went in."""
        return self.doubts.total

    @property
    def read(self) -> int:
        """All that the sources held."""
        gone = self.rejections.total + self.duplicates.total
        return self.new + self.changed + self.unchanged + gone

    def reject(self, place: str, reason: str, kind: str = "unreadable") -> None:
        """Count an item that does not go in."""
        self.rejections.add(kind, place, reason)

    def warn(self, place: str, reason: str, kind: str = "not understood") -> None:
        """Count something in an item that was not understood, though the item goes in."""
        self.doubts.add(kind, place, reason)

    def findings(self) -> dict[str, Findings]:
        """All findings, by the keys of FINDINGS."""
        named = {"rejected": self.rejections, "warnings": self.doubts}
        return {name: named.get(name) or getattr(self, name) for name in FINDINGS}

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON is made of it: counts, and the items by kind under ``findings``."""
        findings = self.findings()
        told = {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            **{name: found.total for name, found in findings.items()},
            "interrupted": self.interrupted,
            "seconds": round(self.seconds, 2),
            "findings": {name: found.to_list() for name, found in findings.items() if found.total},
        }
        if self.samples:
            told["samples"] = [_sample(article) for article in self.samples]
        return told

    def lines(self) -> Iterator[str]:
        """The report as a person reads it."""
        rate = (self.new + self.changed) / self.seconds if self.seconds else 0
        yield (
            f"{self.read} read: {self.new} new, {self.changed} changed, "
            f"{self.unchanged} unchanged, {_told('duplicates', self.duplicates.total)}, "
            f"{self.rejected} rejected ({self.seconds:.1f} s, {rate:.0f} articles/s)"
        )
        for name, found in self.findings().items():
            if not found.total:
                continue
            if name in _SHOWN:
                yield f"{_told(name, found.total)}:"
                yield from found.lines()
            else:
                kinds = ", ".join(f"{kind} {count}" for kind, count in found.counts.items())
                yield f"{_told(name, found.total)} ({kinds})"
        for article in self.samples:
            yield ""
            yield from _sample_lines(article)
        if self.interrupted:
            yield "interrupted; what is counted as new or changed is in the index; run the same again to go on"


def _told(name: str, count: int) -> str:
    words = FINDINGS[name]
    return f"{count} {words[:-1] if count == 1 and name in _PLURALS else words}"


def _sample(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "date_provenance": article.date_provenance,
        "date_written": article.date_written,
        "source": article.source,
        "text": article.text,
    }


def _sample_lines(article: Article) -> Iterator[str]:
    dated = (
        f"{article.date} ({article.date_provenance})"
        if article.date
        else article.date_written or "no date"
    )
    yield f"--- {article.title or '(no title)'}"
    yield " · ".join(filter(None, (dated, article.source, article.url, article.id)))
    text = article.text.strip()
    yield text if len(text) <= _LONGEST_SAMPLE else f"{text[:_LONGEST_SAMPLE].rstrip()} …"

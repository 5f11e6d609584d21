"""The queries of bench_query, two and more of each kind, chosen by how many articles they find."""

from dataclasses import dataclass, field
from typing import Any

RANKS = {"rare": (15_000, 40_000), "common": (500, 1_500), "very common": (8, 60)}
"""Where in the vocabulary, ordered by frequency, words of each kind are looked for."""


@dataclass(frozen=True)
class Ask:
    """A request: ``words`` joined by ``joint`` (``and``, ``or``, ``phrase``, ``prefix``),
    perhaps of one person and of the years from ``first`` to ``last``."""

    words: tuple[str, ...] = ()
    joint: str = "and"
    person: str | None = None
    years: tuple[int, int] | None = field(default=None)

    def __str__(self) -> str:
        joined = {"or": " OR ", "and": " "}.get(self.joint, " ").join(self.words)
        query = {"phrase": f'"{joined}"', "prefix": f"{joined}*"}.get(self.joint, joined)
        if self.person:
            query += f' person:"{self.person}"'
        if self.years:
            query += f" date:[{self.years[0]} TO {self.years[1]}]"
        return query.strip()


def choose_queries(ours: Any, other: Any, agreement: float) -> list[tuple[str, Ask]]:
    """Queries by kind that both engines find the same number of articles for."""

    def agree(ask: Ask) -> bool:
        mine, theirs = ours.total(ask), other.total(ask)
        return mine > 0 and abs(mine - theirs) <= max(agreement * mine, 0)

    def some(candidates, n=2):
        found = [ask for ask in candidates if agree(ask)][:n] if n > 50 else []
        for ask in candidates if not found else ():
            if agree(ask):
                found.append(ask)
                if len(found) == n:
                    break
        assert len(found) == n, f"only {len(found)} queries agree"
        return found

    ranked = ours.words_by_frequency()
    words = {
        kind: [a.words[0] for a in some((Ask((w,)) for w in ranked[first:last] if len(w) > 2), 6)]
        for kind, (first, last) in RANKS.items()
    }
    common, very, rare = words["common"], words["very common"], words["rare"]
    person = ours.persons_by_frequency()
    chosen = {
        "rare word": [Ask((w,)) for w in rare[:2]],
        "common word": [Ask((w,)) for w in common[:2]],
        "very common": [Ask((w,)) for w in very[:2]],
        "and of 2": [Ask((common[0], very[0])), Ask((very[1], very[2]))],
        "and of 3": [Ask((common[1], very[0], very[1])), Ask((very[2], very[3], common[2]))],
        "or of 2": [Ask((common[0], common[1]), "or"), Ask((very[0], common[2]), "or")],
        "or of 3": [Ask((rare[0], common[1], very[1]), "or"), Ask(tuple(very[1:4]), "or")],
        "phrase": some(ours.phrases()) + some(a for a in ours.phrases() if ours.total(a) > 100),
        "prefix": some(Ask((w[:5],), "prefix") for w in ranked[2_000:9_000] if len(w) > 6),
        "person": [Ask((very[0],), person=person[3]), Ask((common[0],), person=person[0])],
        "dates": [Ask((very[0],), years=(2010, 2012)), Ask((common[1],), years=(2019, 2025))],
        "everything": [Ask(), Ask(years=(2001, 2025))],
    }
    for kind, asks in chosen.items():
        for ask in asks:
            assert agree(ask), f"{kind}: {ask}: {ours.total(ask)} and {other.total(ask)}"
    return [(kind, ask) for kind, asks in chosen.items() for ask in asks]

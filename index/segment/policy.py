"""The merge policy: which segments are worth merging after a commit.

Tiered, as Lucene's: segments of about the same size are merged when there are FACTOR of them,
so that an article is written again about log(articles) / log(FACTOR) times.
"""

from collections.abc import Sequence

FACTOR = 8
"""Segments of one tier that become one."""

PATIENCE = 2
"""How many times as many become one while more articles are on their way: what is merged then is
most often merged again at the end."""

SMALLEST = 2_000
"""Documents: segments below are of one tier."""

TOO_DELETED = 0.5
"""A segment with this share of its documents deleted is written anew."""


def tier(n_docs: int) -> int:
    """The tier of a segment's size."""
    tier, limit = 0, SMALLEST
    while n_docs > limit:
        tier, limit = tier + 1, limit * FACTOR
    return tier


def merges(kept: Sequence[int], sizes: Sequence[int], least: int = FACTOR) -> list[list[int]]:
    """The groups of segments to merge now, each as ascending numbers of segments: ``kept`` are
    the documents of each that are not deleted, ``sizes`` all of them; ``least`` segments of a
    tier are a group."""
    groups: dict[int, list[int]] = {}
    for number, n_docs in enumerate(kept):
        groups.setdefault(tier(n_docs), []).append(number)
    chosen = []
    for members in groups.values():
        if len(members) >= least:
            chosen.append(members)
        else:
            chosen += [[n] for n in members if kept[n] <= (1 - TOO_DELETED) * sizes[n]]
    return chosen

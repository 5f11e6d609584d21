"""Wants: names that belong to the one entity, of any block, that has what they name."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from index.linking.reasons import Reason
from index.linking.splicing import likely
from index.segment.arrays import ranges

if TYPE_CHECKING:
    from index.linking.table import LinkTable


def satisfy(table: "LinkTable") -> "LinkTable":
    """The table with each block that wants a key joined with the only entity that offers it, or
    ambiguous between several. It follows from the blocks alone, and what an earlier ``satisfy``
    has written is overwritten."""
    wanting = np.flatnonzero(table.wants)
    if not len(wanting):
        return table
    owners = np.repeat(np.arange(len(table)), np.diff(table.offer_starts))
    order = likely(table.offers, table.wants[wanting])
    order = order[np.argsort(table.offers[order], kind="stable")]
    offers, owners = table.offers[order], owners[order]
    first = np.searchsorted(offers, table.wants[wanting])
    n_owners = np.searchsorted(offers, table.wants[wanting], side="right") - first
    of_block = np.searchsorted(table.blocks, table.blocks[wanting])
    leaders, reasons = table.leaders.copy(), table.reasons.copy()
    leads = of_block.copy()
    leads[n_owners == 1] = owners[first[n_owners == 1]]
    leaders[wanting] = leads - wanting
    reasons[wanting] = Reason.SPELLING
    reasons[wanting[n_owners == 1]] = table.met[wanting[n_owners == 1]]
    reasons[wanting[n_owners > 1]] = Reason.AMBIGUOUS
    ambiguous = (n_owners > 1) & (of_block == wanting)
    lengths = np.diff(table.candidate_starts)
    kept = np.repeat(table.wants == 0, lengths)
    lengths[wanting] = 0
    lengths[wanting[ambiguous]] = n_owners[ambiguous]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    candidates = np.empty(starts[-1], table.candidates.dtype)
    candidates[np.repeat(table.wants == 0, lengths)] = table.candidates[kept]
    rows, numbers = wanting[ambiguous], n_owners[ambiguous]
    places = ranges(first[ambiguous], numbers)
    candidates[ranges(starts[rows], numbers)] = owners[places] - np.repeat(rows, numbers)
    return replace(
        table, leaders=leaders, reasons=reasons, candidate_starts=starts, candidates=candidates
    )

"""Link tables made of names, and what they say."""

from collections import Counter

import numpy as np

from index.linking.reasons import Reason
from index.linking.table import DTYPES, link
from index.linking.tally import Tally

LONG, ARCHIVE = "Центр анализа мировых отношений", "Центральный архив медицинского общества"


def table_of(field, names, pairs=()):
    counts = names if isinstance(names, dict) else dict.fromkeys(names, 1)
    return link(field, Tally(Counter(counts), Counter(dict(pairs))))


def entities(table):
    """The names of each entity, by its name: the one of highest rank, then count."""
    groups = {}
    for row, name in enumerate(table.names):
        worth = int(table.ranks[row]), int(table.counts[row]), row
        groups.setdefault(row + int(table.leaders[row]), []).append((worth, name))
    return {max(rows)[1]: {name for _, name in rows} for rows in groups.values()}


def ambiguous(table):
    """The candidates of each ambiguous name, by the name; leaders stand for their entities."""
    rows = np.flatnonzero(table.reasons == Reason.AMBIGUOUS).tolist()
    return {table.names[row]: {table.names[c] for c in table.candidates_of(row)} for row in rows}


def reasons(table):
    return {name: Reason(code).name.lower() for name, code in zip(table.names, table.reasons)}


def equal(one, other):
    return list(one.names) == list(other.names) and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in DTYPES
    )

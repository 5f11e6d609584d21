"""Linked organizations: how long names, short names and initials lead to organizations."""

from itertools import islice

import numpy as np

from index.linking.organizations import key, may_be_one
from search.entities.linked_entities import LinkedEntities
from search.entities.words import name_words

MOST_COMPARED = 2_000
"""Names with the letters of an abbreviation that are looked at."""

_LONGEST = 8
"""Letters of an abbreviation."""


class LinkedOrganizations(LinkedEntities):
    """The organizations of a link table."""

    def lookup(self, value: str) -> int | None:
        """The ordinal of the organization with this id or, under any spelling, this name; stops
        between letters (М.Ч.С.) are none of a spelling."""
        found = super().lookup(value)
        letters = _dotted(value)
        return super().lookup(letters) if found is None and letters else found

    def worded(self, value: str) -> list[int]:
        """The ordinals of the organizations that are not hidden and that an abbreviation, or a
        name with their words, stands for; if there is none, those of the same body's other names
        (Минтранс is Министерство транспорта России)."""
        return self._abbreviated(value) or super().worded(value) or self._same_body(value)

    def _abbreviated(self, value: str) -> list[int]:
        letters = _dotted(value) or (value.lower() if value.isupper() and value.isalpha() else "")
        if not 1 < len(letters) <= _LONGEST:
            return []
        return [
            ordinal
            for ordinal in islice(self.words.having(" ".join(letters)), MOST_COMPARED)
            if not self.hidden[ordinal] and letters in map(_initials, self._names_of(ordinal))
        ]

    def _same_body(self, value: str) -> list[int]:
        rows = np.flatnonzero(self._table.keys == np.uint64(key(value)))
        fitting = [row for row in rows.tolist() if may_be_one(value, self._names[row])]
        return sorted({int(n) for n in self.ordinals[fitting] if not self.hidden[n]})

    def _names_of(self, ordinal: int) -> list[str]:
        return [self.names[number] for number in self.members(ordinal)]


def _dotted(value: str) -> str:
    """The letters of an abbreviation written with stops or spaces, else nothing."""
    words = name_words(value)
    return "".join(words) if all(len(word) == 1 for word in words) else ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name_words(name))

"""Lost letters: those of a word that a wrong decoding swallowed, found by the words that are
left."""

import re
from collections.abc import Mapping
from functools import lru_cache

from index.morphology import is_known
from index.readers.letters import bits_of

LOST = "\ufffd"
"""What stands for a letter that could not be found."""

_LONGEST = 40
"""Letters of a word whose lost ones are looked for, at the most."""

_MOST_SPELLINGS = 6000
"""Spellings of a word that are looked at; where there are more, its lost letters stay lost."""

_USUAL = frozenset("это этот эта эти этого этой этом этому этих этим этими".split())
"""Words that are far more usual than their letters are."""

_SURE_BITS = 4
"""Bits that the second likeliest spelling tells more than one that is taken unseen."""


def restored(text: str, candidates: Mapping[str, tuple[str, ...]]) -> str:
    """The text with its lost letters: a mark stands for each of them, with the letters that it
    can have been, the likeliest set first. Of the words that come of it the likeliest one that
    the dictionary holds is taken, or one that is much likelier than all others; where there is
    none, LOST stays."""
    marks = "".join(candidates)
    words = re.compile(rf"[\w{marks}]*[{marks}][\w{marks}]*")
    letters = tuple(candidates.items())
    return words.sub(lambda match: _word(match[0], letters), text)


@lru_cache(1 << 14)
def _word(word: str, candidates: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    n_sets = max(len(sets) for _, sets in candidates)
    for n in range(1, n_sets + 1) if len(word) <= _LONGEST else ():
        letters = {mark: "".join(sets[:n]) for mark, sets in candidates}
        spellings = _spellings(word, letters)
        known = sorted(filter(is_known, spellings), key=bits_of)
        if known:
            return next((word for word in known if word.lower() in _USUAL), known[0])
        if n == 1 and spellings and _is_sure(sorted(spellings, key=bits_of), word[0] in letters):
            return min(spellings, key=bits_of)
    return "".join(LOST if letter in dict(candidates) else letter for letter in word)


def _is_sure(spellings: list[str], begins_lost: bool) -> bool:
    if len(spellings) == 1:
        return True
    return not begins_lost and bits_of(spellings[1]) - bits_of(spellings[0]) >= _SURE_BITS


def _spellings(word: str, letters: Mapping[str, str]) -> list[str]:
    """What a word can be; nothing where that is too much."""
    spelt = [""]
    for letter in word:
        spelt = [start + next for start in spelt for next in letters.get(letter, letter)]
        if len(spelt) > _MOST_SPELLINGS:
            return []
    return spelt

"""Patronymics compared: one father's name, whatever its ending."""

import re
from functools import lru_cache

from index.morphology import CACHED_FORMS, fold
from index.names.particles import PATRONYMIC_PARTICLES

SHORTEST = 2
"""Letters of a father's name that are left at the least."""

SON = frozenset({"оглы", "оглу", "улы", "уулу"})

_ENDING = re.compile(r"(?P<son>(?:[ое]в)?ич|[уұ]лы)$|(?:[ое]вна|(?:ин)?ична|[кқг]ызы)$")
_LAST = re.compile("[аеиойуыэюяь]+$")


@lru_cache(CACHED_FORMS)
def patronymic_key(patronymic: str) -> str:
    """What patronymics of children of one father and one gender share; begins as the father's
    name does.

    >>> patronymic_key("Рашид кызы") == patronymic_key("Рашидовна")
    True
    >>> patronymic_key("Гусейн оглы") == patronymic_key("Гусейнович")
    True
    """
    words = fold(patronymic).split()
    if len(words) > 1 and words[-1] in PATRONYMIC_PARTICLES:
        father, son = "".join(words[:-1]), words[-1] in SON
    else:
        word = "".join(words)
        found = _ENDING.search(word)
        if found is None:
            return word
        father, son = word[: found.start()], found["son"] is not None
    stem = _LAST.sub("", father)
    father = stem if len(stem) >= SHORTEST else father
    return f"{father} {'сын' if son else 'дочь'}"

"""Which mentions in an article are one organization, and what it is called there."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.disjoint import DisjointSets
from index.entities.organization_names import (
    COUNTRY,
    FORMER,
    initials,
    key,
    nominative,
    nominatives,
)
from index.entities.organization_nouns import KINDS, MINISTRY
from index.entities.organization_words import LATIN, WORD, abbreviation, is_adjective
from index.entities.state_bodies import LONG_NAMES
from index.morphology import fold

QUOTE_MARKS = '«»„“”"'
MOST_OWNERS = 32
"""Longer names that one shorter form is compared with at the most."""
HOME = COUNTRY + "Россия"
"""The country whose bodies Russian news names without it."""
BRACKETS = re.compile(r"\s*\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Surface:
    """One mention as the text has it.

    ``anchored``: it says by itself which organization is meant («комитет» does not).
    ``aliases_previous``: it stands in brackets behind another name of the same organization.
    ``nominative``: the noun or legal form before it bears the case (в агрофирме «Кара-Тюбе»).
    ``head``: the lemma of the noun before a quotation.
    ``other``: it is named like an organization but is something else (шаттл «Буревестник»).
    """

    text: str
    anchored: bool = True
    aliases_previous: bool = False
    other: bool = False
    nominative: bool = False
    head: str | None = None


class Groups(DisjointSets):
    """Disjoint sets of mentions (by index); the first mention stands for its set.

    ``countries`` are those of each mention; no set holds two that name different ones.
    """

    def __init__(self, countries: Sequence[frozenset[str]]):
        super().__init__(len(countries))
        self._countries = list(countries)

    def join(self, one: int, other: int) -> bool:
        """Make two sets one unless their countries differ; whether they were two and are one."""
        mine, theirs = (self._countries[self.find(number)] for number in (one, other))
        if not (mine <= theirs or theirs <= mine) or not super().join(one, other):
            return False
        self._countries[self.find(one)] = mine | theirs
        return True


def resolve(surfaces: Sequence[Surface]) -> list[str | None]:
    """The canonical name of each mention; None where nothing says which organization it is."""
    texts, inner = [], []
    for surface in surfaces:
        match = None if FORMER.search(surface.text) else BRACKETS.search(surface.text)
        inner.append(match[1] if match else None)
        texts.append(BRACKETS.sub("", surface.text) if match else surface.text)
    names = [nominative(text, s.nominative) for s, text in zip(surfaces, texts)]
    _agree(surfaces, texts, names)
    inward = _name_inner_bodies(surfaces, names)
    keys = [key(name) for name in names]
    _tell_kinds_apart(surfaces, names, keys)
    named = [i for i, s in enumerate(surfaces) if s.anchored and keys[i]]
    groups = Groups([_split(found)[1] for found in keys])
    first: dict[tuple, int] = {}
    for i in named:
        first.setdefault(keys[i], i)
    for i, found in enumerate(keys):
        groups.join(first.get(found, i), i)
    for i in named:
        if inner[i] and key(inner[i]) in first:
            groups.join(first[key(inner[i])], i)
        if surfaces[i].aliases_previous and i and i not in inward:
            groups.join(i - 1, i)
    _join_initials(names, named, groups)
    meant = _join_parts(surfaces, names, keys, groups)
    foreign = {keys[i] for i, s in enumerate(surfaces) if s.other}
    best: dict[int, str] = {}
    for i in named:
        if keys[i] not in foreign:
            root = groups.find(i)
            if root not in best or fullness(names[i]) > fullness(best[root]):
                best[root] = names[i]
    return [
        best.get(groups.find(meant.get(i, i))) if keys[i] not in foreign else None
        for i in range(len(surfaces))
    ]


def _tell_kinds_apart(surfaces: Sequence[Surface], names: list[str], keys: list[tuple]) -> None:
    """Puts the noun before quoted names of several kinds: банк «Заря», фонд «Заря»; where none
    stands before, that of the last such name."""
    heads: dict[tuple, dict[str, str]] = {}
    for surface, found in zip(surfaces, keys):
        if surface.head in KINDS:
            heads.setdefault(found, {}).setdefault(KINDS[surface.head], surface.head)
    last: dict[tuple, str] = {}
    for i, surface in enumerate(surfaces):
        found, kinds = keys[i], heads.get(keys[i], {})
        if len(kinds) > 1 and names[i].startswith("«"):
            kind = KINDS.get(surface.head) or last.get(found) or next(iter(kinds))
            last[found] = kind
            names[i], keys[i] = f"{kinds[kind]} {names[i]}", (kind, *found)


def _name_inner_bodies(surfaces: Sequence[Surface], names: list[str]) -> set[int]:
    """Writes out abbreviations in brackets that are of the end of the name before them only
    (пресс-служба Федерации хоккея (ФХ)); returns which."""
    found = set()
    for i, surface in enumerate(surfaces):
        short = fold(names[i])
        if not surface.aliases_previous or not i or initials(names[i - 1]) == short:
            continue
        words = names[i - 1].split(" ")
        for begin in range(1, len(words) - 1):
            inner = " ".join(words[begin:])
            if initials(inner) == short:
                names[i] = nominative(inner)
                found.add(i)
                break
    return found


def _agree(surfaces: Sequence[Surface], texts: Sequence[str], names: list[str]) -> None:
    """Gives single words that may be one name the nominative that fits most of their forms."""
    options = {}
    for surface, text, name in zip(surfaces, texts, names):
        word = text.strip(QUOTE_MARKS)
        if WORD.fullmatch(word) and options.get(word) != (word,):
            options[word] = (name.strip("«»"),) if surface.nominative else nominatives(word)
    votes = Counter(option for found in options.values() for option in found)
    for i, text in enumerate(texts):
        found = options.get(text.strip(QUOTE_MARKS))
        if found:
            best = max(found, key=lambda option: (votes[option], -len(option)))
            names[i] = names[i].replace(names[i].strip("«»"), best)


def fullness(name: str) -> tuple:
    """What makes a name fuller than another of the same organization, as a sort key."""
    words = name.split()
    short = any(abbreviation(word) for word in words) or words[0] in LONG_NAMES
    adjectival = any(is_adjective(word) for word in words) and COUNTRY in "".join(key(name))
    latin, quoted = bool(LATIN.search(name)), "«" in name
    return (len(key(name)), not short, not latin, not adjectival, len(words), quoted)


def _join_initials(names: Sequence[str], named: Sequence[int], groups: Groups) -> None:
    """Joins an abbreviation with the one name that has its initials."""
    owners: dict[str, set[int]] = {}
    for i in named:
        if " " in names[i] or "-" in names[i]:
            for letters in {initials(names[i]), initials(names[i], all_words=True)}:
                for stop in range(min(3, len(letters)), len(letters) + 1):
                    owners.setdefault(letters[:stop], set()).add(groups.find(i))
    for i in named:
        short = names[i].strip("«»")
        if " " not in short and sum(map(str.isupper, short)) > 1 and short not in LONG_NAMES:
            found = {groups.find(j) for j in owners.get(fold(short), ())}
            if len(found) == 1:
                groups.join(found.pop(), i)


def _parts(name: str, base: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Shorter forms of a name: without its first adjectives, without the end behind its head."""
    if "„" in name:
        return {key(name[name.index("„") :])}
    if name.startswith("«"):
        return set()
    if "«" in name:
        return {key(name[name.index("«") :])}
    head = 0
    while head < len(base) - 1 and is_adjective(base[head]):
        head += 1
    return {
        base[begin:end]
        for begin in range(head + 1)
        for end in range(max(head, begin) + 1, len(base) + 1)
    }


def _split(found: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    base = tuple(word for word in found if not word.startswith(COUNTRY))
    return base, frozenset(found) - frozenset(base)


def _is_placed(name: str, found: tuple[str, ...]) -> bool:
    """Whether a name has a country or a proper word behind its first."""
    return bool(_split(found)[1]) or any(word[:1].isupper() for word in name.split()[1:])


def _join_parts(surfaces, names, keys, groups: Groups) -> dict[int, int]:
    """Joins a shorter form with the one longer name that it may stand for.

    A bare common noun or a state body's short name with several such names means the last one
    before it, or Russia's: returns which mention means which.
    """
    split = [_split(found) for found in keys]
    owners: dict[tuple[str, ...], tuple[dict, list[int]]] = {}
    for i, (base, _) in enumerate(split):
        if surfaces[i].anchored and base:
            for part in _parts(names[i], base) - {keys[i]}:
                first, places = owners.setdefault(part, ({}, []))
                places.append(i)
                if len(first) < MOST_OWNERS:
                    first.setdefault(keys[i], i)
    meant = {}
    for i, (base, countries) in enumerate(split):
        first, places = owners.get(base, ({}, []))
        found = [
            j
            for other, j in first.items()
            if other != keys[i]
            and (
                countries <= split[j][1]
                or (base[0] == MINISTRY and not _is_placed(names[j], other))
            )
        ]
        roots = {groups.find(j) for j in found}
        if len(roots) == 1:
            groups.join(roots.pop(), i)
        elif roots and (not surfaces[i].anchored or not countries and names[i] in LONG_NAMES):
            before = bisect_left(places, i)
            home = (j for j in found if HOME in split[j][1])
            meant[i] = places[before - 1] if before else next(home, places[0])
    return meant

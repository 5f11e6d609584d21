"""Organizations: which names of a corpus are one body.

Names with the same words are one (``index.entities.organization_names.key`` leaves quotes, legal
forms and generic nouns aside, writes the short names of state bodies out and takes countries
apart), unless the nouns before them are of different kinds (банк, фонд). A state body without a
country joins Russia's, a name without its kind the one that has a kind, an abbreviation the long
name that it stood for inside articles, where the corpus leaves one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from index.disjoint import DisjointSets
from index.entities.organization_names import COUNTRY, REGIONS
from index.entities.organization_names import key as words_of
from index.entities.organization_nouns import KINDS
from index.entities.organization_resolution import fullness
from index.entities.state_bodies import LONG_NAMES
from index.lemmas import lemmas
from index.linking.block import Row, looks, ranks
from index.linking.reasons import Reason
from index.linking.spelling import CACHED_NAMES, block_id, block_ids, name_id, name_ids, spelling
from index.linking.tally import Tally

FIELD = "org"

MOST_NESTED = 64
"""Long names of one abbreviation that are looked through for parts of each other."""

LONGEST = 300
"""Code points of what is still taken apart into words."""


_NOWHERE: frozenset[str] = frozenset()

HOME = frozenset({COUNTRY + "Россия"})
"""The country whose bodies Russian news names without it; a bare «МИД» is never Georgia's."""


class _Name(NamedTuple):
    """A name with its words, those of them that are countries or regions apart, and the kind
    that a noun before a name of its own gives it, or none."""

    name: str
    words: tuple[str, ...]
    countries: frozenset[str]
    kind: str
    id: int
    key: int


def key(name: str) -> int:
    """What a name shares with those that differ from it in the country at most."""
    return _key(_words(name)[0])


def alone(names: Sequence[str]) -> dict[str, np.ndarray]:
    """The columns of names each of which shares its block with no other."""
    return {
        "ids": name_ids(FIELD, map(spelling, names)),
        "keys": block_ids(FIELD, [" ".join(_words(name)[0]) for name in names]),
    }


def may_be_one(name: str, other: str) -> bool:
    """Whether two names with one ``key`` may be one body's: of one country, or at home and
    without any, and of one kind, or without any."""
    one, two = _name(name), _name(other)
    return (
        one.words == two.words
        and (one.countries == two.countries or (one.countries | two.countries) <= HOME)
        and (one.kind == two.kind or "" in (one.kind, two.kind))
    )


def _key(words: tuple[str, ...]) -> int:
    return block_id(FIELD, " ".join(words))


@lru_cache(CACHED_NAMES)
def _words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    found = words_of(name) if len(name) <= LONGEST else ()
    if not found or not found[-1].startswith(COUNTRY):
        return found or (spelling(name),), _NOWHERE
    countries = frozenset(word for word in found if word.startswith(COUNTRY))
    return tuple(word for word in found if word not in countries) or (spelling(name),), countries


def shorter(name: str, key: int) -> list[str]:
    """Spellings under which articles may have held the body of a name once: its quoted part, and
    of a state body at home or of no country the known names without one."""
    quoted = name.find("«", 1)
    found = [spelling(name[quoted:])] if quoted > 0 else []
    if (known := _state_bodies().get(key)) and _words(name)[1] <= HOME:
        found += known
    return found


@cache
def _state_bodies() -> dict[int, list[str]]:
    """The spellings of short and long names of state bodies by the keys of names."""
    found: dict[int, list[str]] = defaultdict(list)
    for short, long in LONG_NAMES.items():
        found[key(short)] += [spelling(short), spelling(long)]
    return dict(found)


def blocks(tally: Tally) -> Iterator[tuple[int, list[Row]]]:
    """The blocks of a tally by id, each linked: names that share their words or their spelling,
    or of which one stood for the other, however long the chain."""
    names = sorted(set(tally.names).union(*tally.aliases))
    places = {name: place for place, name in enumerate(names)}
    members = [_name(name) for name in names]
    sets = DisjointSets(len(names))
    sets.join_equal([member.key for member in members])
    sets.join_equal([member.id for member in members])
    meant: dict[str, dict[str, int]] = defaultdict(dict)
    for (short, name), articles in tally.aliases.items():
        meant[short][name] = articles
        sets.join(places[short], places[name])
    del places
    grouped: dict[int, list[int]] = defaultdict(list)
    for place in range(len(names)):
        grouped[sets.find(place)].append(place)
    found = {min([members[place].key for place in block]): block for block in grouped.values()}
    for id in sorted(found):
        block = [members[place] for place in found.pop(id)]
        yield id, _linked(block, tally.names, meant)


def _name(name: str) -> _Name:
    words, countries = _words(name)
    id = name_id(FIELD, spelling(name))
    return _Name(name, words, countries, _kind(name, words), id, _key(words))


def _kind(name: str, words: tuple[str, ...]) -> str:
    first, _, rest = name.partition(" ")
    if not rest or len(name) > LONGEST:
        return ""
    noun = lemmas(first)[0]
    return KINDS.get(noun, "") if noun not in words else ""


def _linked(
    names: list[_Name], counts: Mapping[str, int], meant: Mapping[str, Mapping[str, int]]
) -> list[Row]:
    """The rows of a block; ``meant`` says what names stood for, and in how many articles."""
    block = _Block(names, meant)
    order = sorted(range(len(names)), key=block.stability)
    place_of = {number: place for place, number in enumerate(order)}
    worth = ranks([block.worth(number, place_of) for number in range(len(names))])
    leaders: dict[int, int] = {}
    titles: dict[int, int] = {}
    for number in order:
        root = block.sets.find(number)
        leaders.setdefault(root, number)
        if root not in titles or worth[number] > worth[titles[root]]:
            titles[root] = number
    rows = []
    for number in order:
        one, root = names[number], block.sets.find(number)
        candidates = {leaders[block.sets.find(other)] for other in block.candidates(number)}
        leads = leaders[root] == number
        rows.append(
            Row(
                one.name,
                counts.get(one.name, 0),
                one.id,
                one.key,
                place_of[leaders[root]],
                Reason.AMBIGUOUS if candidates else block.reason(number, titles[root]),
                worth[number],
                tuple(sorted(place_of[leader] for leader in candidates if leads)),
                tuple(sorted((place_of[n], articles) for n, articles in block.aliases[number])),
            )
        )
    return rows


class _Block:
    """The names of a block, joined into bodies (``sets``)."""

    def __init__(self, names: list[_Name], meant: Mapping[str, Mapping[str, int]]):
        self.names = names
        number_of = {one.name: number for number, one in enumerate(names)}
        self.aliases = [
            [(number_of[name], articles) for name, articles in meant.get(one.name, {}).items()]
            for one in names
        ]
        self.sets = DisjointSets(len(names))
        self.sets.join_equal((one.words, one.countries, one.kind) for one in names)
        self.sets.join_equal(one.id for one in names)
        self._bodies = [self.sets.find(number) for number in range(len(names))]
        self._targets = self._found_targets()
        self._join()

    def _found_targets(self) -> dict[int, set[int]]:
        """By body, the others that its name may stand for."""
        targets: dict[int, set[int]] = defaultdict(set)
        kinds: dict[tuple, set[int]] = defaultdict(set)
        national: dict[tuple[str, ...], dict[frozenset[str], set[int]]] = defaultdict(dict)
        for number, one in enumerate(self.names):
            if one.kind:
                kinds[one.words, one.countries].add(self._bodies[number])
            if one.countries and one.countries.isdisjoint(REGIONS):
                bodies = national[one.words].setdefault(one.countries, set())
                bodies.add(self._bodies[number])
        for number, one in enumerate(self.names):
            if not one.kind:
                targets[self._bodies[number]] |= kinds.get((one.words, one.countries), set())
            if not one.countries and HOME in national[one.words]:
                targets[self._bodies[number]] |= set().union(*national[one.words].values())
            targets[self._bodies[number]] |= {self._bodies[n] for n, _ in self.aliases[number]}
        for body, found in targets.items():
            found.discard(body)
        return {body: found for body, found in targets.items() if found}

    def _join(self) -> None:
        """Joins bodies until none is left that one other can be meant by: the outcome does not
        depend on the order."""
        for body, found in self._targets.items():
            if len(found) > MOST_NESTED:
                continue
            longest = [one for one in found if not any(self._within(one, o) for o in found)]
            if len(longest) == 1:
                for one in found:
                    self.sets.join(body, one)
        joined = True
        while joined:
            joined = False
            for body, found in self._targets.items():
                roots = {self.sets.find(one) for one in found}
                if len(roots) == 1:
                    joined |= self.sets.join(body, roots.pop())

    def _within(self, one: int, other: int) -> bool:
        """Whether a name is a part of another one's."""
        short, long = self.names[one], self.names[other]
        rest = iter(long.words)
        return (
            (short.words, short.countries) != (long.words, long.countries)
            and all(word in rest for word in short.words)
            and short.countries <= long.countries
        )

    def candidates(self, number: int) -> set[int]:
        """The bodies that an ambiguous name may be, none where it is not ambiguous."""
        found = self._targets.get(self._bodies[number], set())
        roots = {self.sets.find(one) for one in found}
        return found if len(roots) > 1 and self.sets.find(number) not in roots else set()

    def reason(self, number: int, title: int) -> Reason:
        """Why a name is in its entity, which goes by ``title`` in one spelling or another."""
        if self._bodies[number] == self._bodies[title]:
            return Reason.SPELLING
        one, named = self.names[number], self.names[title]
        if self.aliases[number]:
            return Reason.ABBREVIATION
        if one.words == named.words:
            return Reason.COUNTRY if one.countries != named.countries else Reason.KIND
        return Reason.WITHIN if self._within(number, title) else Reason.ABBREVIATION

    def stability(self, number: int) -> tuple:
        """The order of the block. An entity's first name gives it its id: no short form that
        another article may turn out to use for something else."""
        name = self.names[number].name
        short = self._bodies[number] in self._targets
        return (short, len(spelling(name)), spelling(name), name)

    def worth(self, number: int, place_of: dict[int, int]) -> tuple:
        """What makes a name the one of its entity, as a sort key; equal for spellings only."""
        name = self.names[number].name
        body = self._bodies[number]
        return (body not in self._targets, fullness(name), -place_of[body], looks(name))

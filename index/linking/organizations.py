"""Organizations: which names of a corpus are one body.

Names with the same words are one (``index.entities.organization_names.key`` leaves quotes, legal
forms and generic nouns aside, writes the short names of state bodies out and takes countries
apart). A state body without a country joins that of a country, an abbreviation the long name
that it stood for inside articles, where the corpus leaves one.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.entities.organization_names import COUNTRY
from index.entities.organization_names import key as words_of
from index.entities.organization_resolution import fullness
from index.linking.block import Row, alone, commonest, looks
from index.linking.disjoint import DisjointSets
from index.linking.reasons import Reason
from index.linking.spelling import block_id, name_id, spelling
from index.linking.tally import Tally

FIELD = "org"

LONGEST = 300
"""Code points of what is still taken apart into words."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name with its words, those of them that are countries apart."""

    name: str
    count: int
    spelling: str
    words: tuple[str, ...]
    countries: frozenset[str]
    key: int
    aliases: dict[int, int] = field(default_factory=dict)


def key(name: str) -> int:
    """What a name shares with those that differ from it in the country at most."""
    return _key(_words(name)[0])


def _key(words: tuple[str, ...]) -> int:
    return block_id(FIELD, " ".join(words))


def _words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    found = words_of(name) if len(name) <= LONGEST else ()
    countries = frozenset(word for word in found if word.startswith(COUNTRY))
    words = tuple(word for word in found if word not in countries)
    return words or (spelling(name),), countries


def blocks(tally: Tally) -> Iterator[tuple[int, list[Row]]]:
    """The blocks of a tally by id, each linked: names that share their words or their spelling,
    or of which one stood for the other, however long the chain."""
    names = sorted(set(tally.names).union(*tally.aliases))
    places = {name: place for place, name in enumerate(names)}
    members = [_name(name, tally.names[name]) for name in names]
    sets = DisjointSets(len(names))
    sets.join_equal(member.key for member in members)
    sets.join_equal(member.spelling for member in members)
    for (short, name), articles in tally.aliases.items():
        members[places[short]].aliases[places[name]] = articles
        sets.join(places[short], places[name])
    grouped: dict[int, list[int]] = defaultdict(list)
    for place in range(len(names)):
        grouped[sets.find(place)].append(place)
    found = {min(members[place].key for place in block): block for block in grouped.values()}
    for id in sorted(found):
        yield id, _linked([members[place] for place in found[id]], found[id])


def _name(name: str, count: int) -> _Name:
    words, countries = _words(name)
    return _Name(name, count, spelling(name), words, countries, _key(words))


def _linked(names: list[_Name], places: list[int]) -> list[Row]:
    """The rows of a block; ``places`` are those of its names in the tally's order."""
    if len(names) == 1:
        (only,) = names
        return alone(only.name, only.count, name_id(FIELD, only.spelling), only.key)
    block = _Block(names, places)
    order = sorted(range(len(names)), key=block.stability)
    place_of = {number: place for place, number in enumerate(order)}
    leaders: dict[int, int] = {}
    titles: dict[int, int] = {}
    ranks = block.ranks()
    for number in order:
        root = block.sets.find(number)
        leaders.setdefault(root, number)
        if root not in titles or ranks[number] > ranks[titles[root]]:
            titles[root] = number
    weights: dict[int, int] = defaultdict(int)
    for number, one in enumerate(names):
        weights[leaders[block.sets.find(number)]] += one.count
    rows = []
    for number in order:
        one, root = names[number], block.sets.find(number)
        title = titles[root]
        candidates = block.candidates(number)
        among = {leaders[block.sets.find(other)] for other in candidates}
        kept = commonest(among, weights) if candidates else ()
        rows.append(
            Row(
                one.name,
                one.count,
                name_id(FIELD, one.spelling),
                one.key,
                place_of[leaders[root]],
                Reason.AMBIGUOUS if kept else block.reason(number, title),
                place_of[title],
                ranks[number],
                tuple(place_of[leader] for leader in kept),
                tuple(sorted((place_of[n], articles) for n, articles in block.aliases[number])),
            )
        )
    return rows


class _Block:
    """The names of a block, joined into bodies (``sets``)."""

    def __init__(self, names: list[_Name], places: list[int]):
        self.names = names
        number_of = {place: number for number, place in enumerate(places)}
        self.aliases = [
            [(number_of[place], articles) for place, articles in one.aliases.items()]
            for one in names
        ]
        self.sets = DisjointSets(len(names))
        self.sets.join_equal((one.words, one.countries) for one in names)
        self.sets.join_equal(one.spelling for one in names)
        self._bodies = [self.sets.find(number) for number in range(len(names))]
        self._targets = self._found_targets()
        self._join()

    def _found_targets(self) -> dict[int, set[int]]:
        """By body, the others that its name may stand for."""
        targets: dict[int, set[int]] = defaultdict(set)
        national: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, one in enumerate(self.names):
            if one.countries and one.count:
                national[one.words].add(self._bodies[number])
        for number, one in enumerate(self.names):
            if not one.countries:
                targets[self._bodies[number]] |= national[one.words]
            targets[self._bodies[number]] |= {self._bodies[n] for n, _ in self.aliases[number]}
        for body, found in targets.items():
            found.discard(body)
        return {body: found for body, found in targets.items() if found}

    def _join(self) -> None:
        """Joins bodies until none is left that one other can be meant by: the outcome does not
        depend on the order."""
        for body, found in self._targets.items():
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
        """Why a name is in its entity, whose name is that of ``title``."""
        if number == title:
            return Reason.NAME
        if self._bodies[number] == self._bodies[title]:
            return Reason.SPELLING
        one, named = self.names[number], self.names[title]
        if self.aliases[number]:
            return Reason.ABBREVIATION
        if one.words == named.words:
            return Reason.COUNTRY
        return Reason.WITHIN if self._within(number, title) else Reason.ABBREVIATION

    def stability(self, number: int) -> tuple:
        """The order of the block. An entity's first name gives it its id: no short form that
        another article may turn out to use for something else."""
        one = self.names[number]
        short = self._bodies[number] in self._targets
        return (short, not one.count, len(one.spelling), one.spelling, one.name)

    def ranks(self) -> list[int]:
        """The place of each name in the order of what may be an entity's name, the best last."""

        def worth(number: int) -> tuple:
            one = self.names[number]
            short = self._bodies[number] in self._targets
            return (not short, fullness(one.name), looks(one.name), one.count, one.name)

        ranks = [0] * len(self.names)
        for rank, number in enumerate(sorted(range(len(self.names)), key=worth)):
            ranks[number] = rank
        return ranks

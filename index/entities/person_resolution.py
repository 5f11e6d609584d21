"""Who is who in an article: names in, one canonical name for each person out.

Every name is a set of weighted readings (nominatives that it may be a form of). Names of one
person narrow each other down: «Шафиева» may be a woman or a man in the genitive, beside
«Ф. Шафиев» it is the man. Full names come first, then initials, surnames and given names alone;
each joins the person that it does not contradict, or starts a new one.
"""

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from index.morphology import fold
from index.names.given_names import COMMON
from index.names.person import Hint, PersonName, compatible, key, readings, weigh

PART = re.compile("[ -]")
LEAST_SHARE = 0.03
"""A reading with less than this share of the best one's weight is given up."""

RULED_OUT = 0.2
"""Below this share of the best one's weight a namesake is not who is meant."""

OTHER_SUFFIX = 0.1
"""What is left of the weight of a namesake who is the younger, the elder, or neither."""

GIVEN_ALONE = 5
"""Rank of a given name alone: a common one joins no person who is named in full only later."""

MOST_HYPOTHESES = 8
MOST_NAMESAKES = 64
"""Persons who share a word of their name that a name is compared with, the latest found first."""


@dataclass(slots=True)
class Named:
    """A name in the text: where, how it is spelled, and what its context says."""

    position: int
    surface: str
    hints: tuple[Hint, ...] = ()


@dataclass(slots=True, eq=False)
class Person:
    """One person of the article, as far as the names seen tell."""

    hypotheses: list[tuple[PersonName, float]]
    positions: list[int] = field(default_factory=list)

    @property
    def name(self) -> PersonName:
        return self.hypotheses[0][0]

    def last_before(self, position: int) -> int:
        """Where this person was named last before a position; negative if only after it."""
        number = bisect_right(self.positions, position)
        return self.positions[number - 1] if number else -1 - self.positions[0]


def resolve(names: Sequence[Named]) -> list[Person]:
    """The person behind each name, in the order of the names."""
    surfaces: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        surfaces[name.surface].append(number)
    weighted = {
        surface: _weigh(surface, [names[number] for number in numbers[:6]])
        for surface, numbers in surfaces.items()
    }
    order = sorted(
        surfaces, key=lambda surface: (-_rank(weighted[surface][0][0]), surfaces[surface][0])
    )
    people = _People()
    owner: list[Person | None] = [None] * len(names)
    for surface in order:
        hypotheses = weighted[surface]
        numbers = surfaces[surface]
        fits = people.fits(hypotheses)
        if _rank(hypotheses[0][0]) == GIVEN_ALONE and fold(hypotheses[0][0].given) in COMMON:
            first = names[numbers[0]].position
            fits = [fit for fit in fits if fit[0].positions[0] < first or not fit[0].name.surname]
        if not fits:
            person = people.add(hypotheses)
            for number in numbers:
                owner[number] = person
        elif len(fits) == 1:
            person, merged = fits[0]
            people.update(person, merged)
            for number in numbers:
                owner[number] = person
        else:
            likeliest: dict[tuple[Hint, ...], list[Person]] = {}
            for number in numbers:
                name = names[number]
                if name.hints not in likeliest:
                    likeliest[name.hints] = _likeliest([person for person, _ in fits], name)
                owner[number] = _nearest(likeliest[name.hints], name.position)
            for person, merged in fits:
                if all(owner[number] is person for number in numbers):
                    people.update(person, merged)
        for number in numbers:
            insort(owner[number].positions, names[number].position)
    return owner


def _rank(name: PersonName) -> int:
    """How much a name says of who it is: full names join others before parts do."""
    if name.surname and name.given:
        return 30 + 5 * bool(name.patronymic) + len(name.given.split())
    if name.surname and name.initials:
        return 20 + len(name.initials)
    if name.given and name.patronymic:
        return 15
    return 10 if name.surname else GIVEN_ALONE


def _weigh(surface: str, named: list[Named]) -> list[tuple[PersonName, float]]:
    return _best(
        (reading.name, sum(weigh(reading, name.hints) for name in named))
        for reading in readings(surface)
    )


def _best(hypotheses) -> list[tuple[PersonName, float]]:
    merged: dict[PersonName, float] = {}
    for name, weight in hypotheses:
        merged[name] = merged.get(name, 0.0) + weight
    if len(merged) > 1:
        spelled: dict[str, float] = defaultdict(float)
        options = [(name.canonical, name, weight) for name, weight in merged.items()]
        for spelling, _, weight in options:
            spelled[spelling] += weight
        options.sort(key=lambda option: (-spelled[option[0]], option[0], -option[2]))
        ranked = [(name, weight) for _, name, weight in options[:MOST_HYPOTHESES]]
    else:
        ranked = list(merged.items())
    top = max(weight for _, weight in ranked) or 1.0
    return [(name, weight / top) for name, weight in ranked if weight >= LEAST_SHARE * top]


def _likeliest(people: list[Person], named: Named) -> list[Person]:
    """Those of the people whom the words around a name do not rule out beside another."""
    weights = [_weight_of(person, named) for person in people]
    least = RULED_OUT * max(weights)
    return [person for person, weight in zip(people, weights) if weight >= least]


def _weight_of(person: Person, named: Named) -> float:
    """How well a name in its context goes with a person's gender and suffix."""
    return max(
        (
            weight
            * weigh(reading._replace(name=unite(known, reading.name)), named.hints)
            * (1.0 if known.suffix == reading.name.suffix else OTHER_SUFFIX)
            for known, weight in person.hypotheses
            for reading in readings(named.surface)
            if compatible(known, reading.name)
        ),
        default=0.0,
    )


def _nearest(people: list[Person], position: int) -> Person:
    """The person named last before a position, else the one named first."""
    return max(people, key=lambda person: person.last_before(position))


class _People:
    """The persons found so far, by every word that can refer to them."""

    def __init__(self) -> None:
        self._by_word: dict[str, dict[int, Person]] = defaultdict(dict)

    def add(self, hypotheses) -> Person:
        person = Person(list(hypotheses))
        self._file(person)
        return person

    def update(self, person: Person, hypotheses) -> None:
        person.hypotheses = hypotheses
        self._file(person)

    def _file(self, person: Person) -> None:
        for name, _ in person.hypotheses:
            for word in words_of(f"{name.surname} {name.given} {name.patronymic}"):
                self._by_word[word][id(person)] = person

    def fits(self, hypotheses) -> list[tuple[Person, list[tuple[PersonName, float]]]]:
        """The persons that a name does not contradict, each with what it then is called."""
        seen: dict[int, Person] = {}
        for name, _ in hypotheses:
            words = words_of(name.surname or name.given or name.patronymic)
            namesakes = self._by_word.get(words[-1], {}) if words else {}
            for person in islice(reversed(namesakes.values()), MOST_NAMESAKES):
                seen[id(person)] = person
        found = []
        for person in seen.values():
            pairs = [
                (unite(known, name), weight * share)
                for known, weight in person.hypotheses
                for name, share in hypotheses
                if compatible(known, name)
            ]
            if pairs and max(weight for _, weight in pairs) >= LEAST_SHARE:
                found.append((person, _best(pairs)))
        return found


def words_of(part: str) -> list[str]:
    return key(part).split()


def unite(one: PersonName, other: PersonName) -> PersonName:
    """The fullest name that both parts support; of two spellings the first one's."""
    given = _fuller(one.given, other.given)
    return PersonName(
        given=given,
        patronymic=_fuller(one.patronymic, other.patronymic),
        surname=_fuller(one.surname, other.surname),
        suffix=one.suffix or other.suffix,
        initials=() if given else max(one.initials, other.initials, key=len),
        gender=one.gender or other.gender,
        surname_first=one.surname_first or other.surname_first,
    )


def _fuller(one: str, other: str) -> str:
    """The part with more words; among equals the one with ё, else the first."""
    if fold(one) == fold(other):
        return max(one, other, key=lambda part: part.lower().count("ё"))
    return max(one, other, key=lambda part: (part != "", len(PART.split(part))))

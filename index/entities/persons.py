"""Persons of an article: the tagger's spans in, mentions under one name for each person out."""

from dataclasses import replace
from itertools import pairwise

from index.entities import roles
from index.entities.foreign_lines import ForeignLines, whole_name
from index.entities.person_context import coordinated, hints, word_before
from index.entities.person_filter import (
    Elsewhere,
    is_doubtful,
    is_eponym,
    is_phrase,
    is_place,
    is_plural,
)
from index.entities.person_resolution import Named, resolve
from index.entities.person_spans import Candidate, candidates
from index.entities.roles import Role
from index.mentions import PERSON, Mention, Span
from index.names.paradigms import FEMININE, GEN, MASCULINE, NOM
from index.names.parts import clean
from index.names.person import Hint, nominative, parse, possible_cases
from index.names.regnal import regnal_number

OF_ROLE = 12.0
"""How strongly a role in apposition asks for its own case and gender."""

CONJUNCTIONS = frozenset((" и ", ", ", " или "))


def persons(text: str, spans: list[Span]) -> list[Mention]:
    """The mentions of persons in an article, by position, none over another.

    ``text`` is the title, an empty line and the text; ``spans`` are the tagger's, by position.
    ``entity`` is the fullest name in the nominative that the article supports.
    """
    found, foreign = _apart(candidates(text, spans), ForeignLines(text))
    joined = [text[one.stop : other.start] in CONJUNCTIONS for one, other in pairwise(found)]
    beside = _roles(text, found, joined)
    named = [_named(text, candidate, role) for candidate, (role, _) in zip(found, beside)]
    people = resolve(_in_rows(named, joined))
    elsewhere = Elsewhere(text, spans)
    sure = {
        id(person)
        for candidate, (role, _), person in zip(found, beside, people)
        if _is_sure(text, candidate, role)
        and not elsewhere.outnumbers(person.name, len(person.positions))
    }
    mentions = [
        Mention(
            PERSON, person.name.canonical, candidate.start, candidate.stop, candidate.surface, words
        )
        for candidate, (_, words), person in zip(found, beside, people)
        if id(person) in sure
    ]
    return sorted(mentions + foreign, key=lambda mention: mention.start) if foreign else mentions


def _apart(found: list[Candidate], lines: ForeignLines) -> tuple[list[Candidate], list[Mention]]:
    """The candidates in Russian lines, and the persons in the others under their names as they
    stand."""
    russian = [candidate for candidate in found if candidate.start not in lines]
    foreign = []
    for candidate in found if len(russian) < len(found) else ():
        name = whole_name(candidate.surface) if candidate.start in lines else ""
        if name:
            start = candidate.stop - len(name)
            foreign.append(Mention(PERSON, clean(name), start, candidate.stop, name))
    return russian, foreign


def _is_sure(text: str, candidate: Candidate, role: Role | None) -> bool:
    """Whether the mention alone shows that a person is meant."""
    start, stop, surface = candidate.start, candidate.stop, candidate.surface
    if roles.is_animal(word_before(text, start)):
        return False
    titled = role is not None and " " in text[role.start : start].strip()
    if not titled and is_eponym(text, start, stop):
        return False
    if " " in surface:
        return not is_place(surface) and not is_phrase(surface)
    return "." in surface or not is_doubtful(text, start, stop)


def _roles(
    text: str, found: list[Candidate], joined: list[bool]
) -> list[tuple[Role | None, str | None]]:
    """For each candidate the role before it, and the words of its role wherever they stand.

    A role in the plural is that of all the names in a row: «депутаты Иванов и Петров».
    """
    result: list[tuple[Role | None, str | None]] = []
    shared: tuple[Role | None, str | None] = (None, None)
    limit = 0
    for number, candidate in enumerate(found):
        ceiling = found[number + 1].start if number + 1 < len(found) else len(text)
        cases = possible_cases(candidate.surface)
        name = parse(candidate.surface)
        surname_alone = name.surname == name.canonical or regnal_number(name.suffix) != ""
        role = roles.before(text, candidate.start, limit, cases, surname_alone)
        if role is not None and name.given and _is_of_a_woman(role, candidate):
            role = None
        if role is not None and role.plural and not (number < len(joined) and joined[number]):
            role = None
        if _is_someone_of(text, number, found, cases):
            # «адвокат Голунова Иван Петров»: the role, with this name in it, is the next one's
            result.append((None, None))
            continue
        if role is None and shared[0] is not None and joined[number - 1]:
            result.append(shared)
        else:
            shown = role or roles.after(text, candidate.stop, ceiling, cases)
            result.append((role, text[shown.start : shown.stop] if shown else None))
            shared = result[-1] if role is not None and role.plural else (None, None)
        limit = candidate.stop
    return result


def _is_of_a_woman(role: Role, candidate: Candidate) -> bool:
    """Whether the role is a woman's while the name is a man's: «мать Виктора Шмелёва»."""
    if role.gender != FEMININE:
        return False
    return nominative(candidate.surface, [Hint(role.cases)]).gender == MASCULINE


def _is_someone_of(text: str, number: int, found: list[Candidate], cases: int) -> bool:
    """Whether a surname in the genitive stands right between a role and another name."""
    one = found[number]
    if number + 1 == len(found) or found[number + 1].start != one.stop + 1 or not cases & GEN:
        return False
    return " " not in one.surface and roles.is_role(word_before(text, one.start))


def _named(text: str, candidate: Candidate, role: Role | None) -> Named:
    context = list(hints(text, candidate.start, candidate.stop))
    if role is not None:
        context = [hint for hint in context if hint.cases == NOM]
        if not role.plural:
            context.append(Hint(role.cases, role.gender, OF_ROLE))
    return Named(candidate.start, candidate.surface, tuple(context))


def _in_rows(named: list[Named], joined: list[bool]) -> list[Named]:
    """The names with what those tell that «и» or a comma joins to them.

    They stand in one case; in «Иса и Султан Темирбаевы» the first one has the surname too.
    """
    result = list(named)
    for number, (one, other) in enumerate(pairwise(named)):
        if not joined[number]:
            continue
        surname = other.surface.split()[-1]
        if is_plural(surname) and not parse(one.surface).surname:
            result[number] = replace(result[number], surface=f"{one.surface} {surname}")
        for place, neighbour in ((number, other), (number + 1, one)):
            hint = coordinated(neighbour.surface, neighbour.hints)
            if hint is not None:
                result[place] = replace(result[place], hints=(*result[place].hints, hint))
    return result

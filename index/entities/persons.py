"""Persons of an article: the tagger's spans in, mentions under one name for each person out."""

from dataclasses import replace

from index.entities import roles
from index.entities.person_context import coordinated, hints, word_before
from index.entities.person_filter import Elsewhere, is_doubtful, is_eponym, is_phrase, is_place
from index.entities.person_resolution import Named, resolve
from index.entities.person_spans import Candidate, candidates
from index.mentions import PERSON, Mention, Span
from index.names.declension import NOM
from index.names.person import Hint, parse, possible_cases

OF_ROLE = 12.0
"""How strongly a role in apposition asks for its own case and gender."""

CONJUNCTIONS = frozenset((" и ", ", ", " или "))


def persons(text: str, spans: list[Span]) -> list[Mention]:
    """The mentions of persons in an article, by position, none over another.

    ``text`` is the title, an empty line and the text; ``spans`` are the tagger's. ``entity``
    is the fullest name in the nominative that the article supports.
    """
    found = candidates(text, spans)
    beside = _roles(text, found)
    named = [_named(text, candidate, role) for candidate, (role, _) in zip(found, beside)]
    people = resolve(_with_neighbours(found, _with_shared_surname(found, named)))
    elsewhere = Elsewhere(text, spans)
    sure = {
        id(person)
        for candidate, (role, _), person in zip(found, beside, people)
        if _is_sure(text, candidate, role)
        and not elsewhere.outnumbers(person.name, len(person.positions))
    }
    return [
        Mention(PERSON, str(person.name), candidate.start, candidate.stop, candidate.surface, role)
        for candidate, (_, role), person in zip(found, beside, people)
        if id(person) in sure
    ]


def _is_sure(text: str, candidate: Candidate, role: roles.Role | None) -> bool:
    """Whether the mention alone shows that a person is meant."""
    start, stop = candidate.start, candidate.stop
    if roles.is_animal(word_before(text, start)):
        return False
    if (role is None or " " not in text[role.start : start].strip()) and is_eponym(
        text, start, stop
    ):
        return False
    if " " in candidate.surface:
        return not is_place(candidate.surface) and not is_phrase(candidate.surface)
    return "." in candidate.surface or not is_doubtful(text, start, stop)


def _roles(text: str, found: list[Candidate]) -> list[tuple[roles.Role | None, str | None]]:
    """For each candidate the role before it, and the words of its role wherever they stand.

    A role in the plural is that of all the names in a row: «депутаты А. Б. и В. Г.».
    """
    result: list[tuple[roles.Role | None, str | None]] = []
    limit = 0
    shared: tuple[roles.Role | None, str | None] = (None, None)
    for number, candidate in enumerate(found):
        following = found[number + 1].start if number + 1 < len(found) else len(text)
        in_row = text[candidate.stop : following] in CONJUNCTIONS
        after_row = text[limit : candidate.start] in CONJUNCTIONS
        surface = candidate.surface
        cases = possible_cases(surface)
        role = roles.before(text, candidate.start, limit, cases, not parse(surface).surname)
        if role is not None and role.plural and not in_row:
            role = None
        if role is None and after_row and shared[0] is not None:
            result.append(shared)
        else:
            shown = role or roles.after(text, candidate.stop, following, cases)
            result.append((role, text[shown.start : shown.stop] if shown else None))
            shared = result[-1] if role is not None and role.plural else (None, None)
        limit = candidate.stop
    return result


def _named(text: str, candidate: Candidate, role: roles.Role | None) -> Named:
    context = list(hints(text, candidate.start, candidate.stop))
    if role is not None:
        context = [hint for hint in context if hint.cases == NOM]
        if not role.plural:
            context.append(Hint(role.cases, role.gender, OF_ROLE))
    return Named(candidate.start, candidate.surface, tuple(context))


def _with_shared_surname(found: list[Candidate], named: list[Named]) -> list[Named]:
    """«Иса и Сулим Ямадаевы»: the first name has the surname too."""
    result = list(named)
    for number in range(len(found) - 1):
        one, other = found[number], found[number + 1]
        surname = other.surface.split()[-1]
        if other.start - one.stop == 3 and " " not in one.surface and surname != other.surface:
            if is_plural(surname) and not parse(one.surface).surname:
                result[number] = replace(named[number], surface=f"{one.surface} {surname}")
    return result


def _with_neighbours(found: list[Candidate], named: list[Named]) -> list[Named]:
    """The names with the case of those that they are joined to by «и» or a comma."""
    result = list(named)
    for number in range(len(found) - 1):
        left, right = found[number], found[number + 1]
        if not 2 <= right.start - left.stop <= 5 or not _joined(text, left, right):
            continue
    return result

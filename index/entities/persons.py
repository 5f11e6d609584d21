"""Persons of an article: the tagger's spans in, mentions under one name for each person out."""

from index.entities import roles
from index.entities.person_context import hints
from index.entities.person_filter import is_doubtful, is_eponym, is_place
from index.entities.person_resolution import Named, resolve
from index.entities.person_spans import Candidate, candidates
from index.mentions import PERSON, Mention, Span
from index.names.declension import NOM
from index.names.person import Hint


def persons(text: str, spans: list[Span]) -> list[Mention]:
    """The mentions of persons in an article, by position, none over another.

    ``text`` is the title, an empty line and the text; ``spans`` are the tagger's. ``entity``
    is the fullest name in the nominative that the article supports.
    """
    found = candidates(text, spans)
    beside = _roles(text, found)
    named = [
        _named(text, candidate, role_before)
        for candidate, (role_before, _) in zip(found, beside)
    ]
    people = resolve(named)
    sure = {
        id(person)
        for candidate, (role, _), person in zip(found, beside, people)
        if _is_sure(text, candidate, role)
    }
    return [
        Mention(PERSON, str(person.name), candidate.start, candidate.stop, candidate.surface, role)
        for candidate, (_, role), person in zip(found, beside, people)
        if id(person) in sure
    ]


def _is_sure(text: str, candidate: Candidate, role: roles.Role | None) -> bool:
    """Whether the mention alone shows that a person is meant."""
    start, stop = candidate.start, candidate.stop
    if (role is None or " " not in text[role.start : start].strip()) and is_eponym(
        text, start, stop
    ):
        return False
    if " " in candidate.surface:
        return not is_place(candidate.surface)
    return "." in candidate.surface or not is_doubtful(text, start, stop)


def _roles(text: str, found: list[Candidate]) -> list[tuple[roles.Role | None, str | None]]:
    result = []
    limit = 0
    for number, candidate in enumerate(found):
        ceiling = found[number + 1].start if number + 1 < len(found) else len(text)
        role = roles.before(text, candidate.start, limit)
        shown = role or roles.after(text, candidate.stop, ceiling)
        result.append((role, text[shown.start : shown.stop] if shown else None))
        limit = candidate.stop
    return result


def _named(text: str, candidate: Candidate, role: roles.Role | None) -> Named:
    context = list(hints(text, candidate.start, candidate.stop))
    if role is not None:
        context = [hint for hint in context if hint.cases == NOM]
        if not role.plural:
            context.append(Hint(role.cases, role.gender))
    return Named(candidate.start, candidate.surface, tuple(context))

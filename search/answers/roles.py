"""Roles as a list names them, wherever they stand in a text."""

from index.entities.organization_names import nominative

_ABOUT = " по "
"""What follows does not bend with the head, which may be an adjective: уполномоченный по правам."""


def worded(role: str) -> str:
    """A role in the nominative, without the capital of a sentence's first word.

    >>> worded("Министру строительства"), worded("Директор Института геологии")
    ('министр строительства', 'директор Института геологии')
    >>> worded("уполномоченного по правам ребёнка")
    'уполномоченный по правам ребёнка'
    """
    text = role[:1].lower() + role[1:] if role[1:2].islower() else role
    head, about, further = text.partition(_ABOUT)
    return nominative(head) + about + further

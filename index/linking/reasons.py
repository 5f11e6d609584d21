"""Reasons: why a name belongs to its entity."""

from enum import IntEnum


class Reason(IntEnum):
    """Why a name stands where it stands; the numbers are those of the files on disk."""

    NAME = 0
    """It is the one by which the entity goes; which of its spellings that is, counts decide."""
    SPELLING = 1
    """The entity's own name, in this spelling or another."""
    SHORTER = 2
    """A person's name with less in it, which one fuller name of the corpus fits."""
    INITIALS = 3
    """A surname with initials, which one person of the corpus fits."""
    SURNAME = 4
    """A surname that one person of the corpus has."""
    COUNTRY = 5
    """A state body without its country, where the corpus has Russia's and no other."""
    ABBREVIATION = 6
    """It stood for the long name inside articles, and for no other."""
    WITHIN = 7
    """A part of the long name, which shares an abbreviation with it."""
    AMBIGUOUS = 8
    """Several entities may be meant; the name keeps a value of its own."""
    LEDGER = 9
    """A person said so."""
    PATRONYMIC = 10
    """A name without a surname, whose given name and patronymic one person of the corpus has."""
    KIND = 11
    """A name without its kind (банк, фонд), where the corpus has one kind with this name."""

"""Linked persons: how a person's name in any form, order and length leads to persons."""

from search.entities.linked_entities import LinkedEntities


class LinkedPersons(LinkedEntities):
    """The persons of a link table."""

    def find(self, value: str) -> list[int]:
        """The ordinals of the persons that an id or a name stands for. A surname that is one
        person's and a form of a commoner one's («Ремизова», of Ремизов) stands for both."""
        found = super().find(value)
        if found and self.has_name(value):
            least = max(self.n_articles(ordinal) for ordinal in found)
            commoner = (n for n in self.words.of_form(value) if self.n_articles(n) > least)
            return sorted({*found, *(n for n in commoner if not self.hidden[n])})
        return found

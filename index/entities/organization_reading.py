"""An article as the organization rules read it: words, tags, quotes and brackets."""

from collections.abc import Sequence

from index.entities.countries import names as country_names
from index.entities.organization_clues import (
    PLAIN,
    SIGNAL,
    is_short,
    is_verb,
    may_be_country,
    telling,
)
from index.entities.organization_names import nominative, nominative_word
from index.entities.organization_nouns import LEGAL_FORMS
from index.entities.organization_words import CLOSING, LATIN, QUOTES, Words, is_capitalised
from index.mentions import Span
from index.morphology import fold

LONGEST_NAME = 24
"""Words and marks of a name at the most."""

LONGEST_WORD = 60
"""Letters of a word of a name at the most."""


class Reading:
    """The words of one article and what is marked in them; positions are word indices throughout.

    ``blocked`` are the words that belong to persons: no name goes on over them.
    """

    def __init__(self, words: Words, spans: Sequence[Span], blocked: frozenset[int]):
        self.words = words
        self.texts = words.texts
        self.blocked = blocked
        self.located: set[int] = set()
        self._places: set[str] = set()
        self.tagged: set[int] = set()
        self.organizations: list[tuple[int, int]] = []
        told = list(map(telling, self.texts))
        self.marked = [index for index, tells in enumerate(told) if tells != PLAIN]
        self.signals = [index for index in self.marked if told[index] == SIGNAL]
        for span in spans:
            first, stop = self._outside_calmed(span)
            if span.type == "LOC":
                self.located.update(range(first, stop))
                if stop - first == 1:
                    self._places.add(words.texts[first].capitalize())
            elif span.type == "ORG" and first < stop <= first + LONGEST_NAME:
                if max(map(len, self.texts[first:stop])) > LONGEST_WORD:
                    continue
                self.organizations.append((first, stop))
                self.tagged.update(range(first, stop))
            elif span.type == "PER":
                self._before_person(first, stop)

    def is_tagged_place(self, word: str) -> bool:
        """Whether a single word is tagged as a place, in some case, elsewhere."""
        alike = {other for other in self._places if other[:2] == word.capitalize()[:2]}
        return bool(alike) and _folded_nominative(word) in map(_folded_nominative, alike)

    def _outside_calmed(self, span: Span) -> tuple[int, int]:
        """Where a span begins and ends without the words around it that were in capitals only
        because their sentence is; a place keeps proper ones."""
        first, stop = self.words.at(span.start), self.words.at(span.stop)

        def is_outside(i: int) -> bool:
            return i in self.words.calmed and not (span.type == "LOC" and self.texts[i].istitle())

        while first < stop and is_outside(first):
            first += 1
        while first < stop and is_outside(stop - 1):
            stop -= 1
        return first, stop

    def _before_person(self, first: int, stop: int) -> None:
        """Takes for an organization what a tagged person's name leaves over in front."""
        rest = first
        while rest < stop and rest not in self.blocked and is_capitalised(self.texts[rest]):
            rest += 1
        named = first < rest < stop and rest in self.blocked
        if named and not self.words.begins_sentence(first):
            self.organizations.append((first, rest))
            self.tagged.update(range(first, rest))

    def free(self, index: int) -> bool:
        """Whether a name may go on to this word."""
        return 0 <= index < len(self.texts) and index not in self.blocked

    def joined(self, index: int) -> bool:
        return self.free(index) and index not in self.words.breaks

    def quoted(self, index: int) -> int | None:
        """Where the quotation that opens at ``index`` ends, or None."""
        close = QUOTES.get(self.texts[index]) if index < len(self.texts) else None
        if close is None:
            return None
        opening, depth = self.texts[index], 0
        for i in range(index, min(len(self.texts), index + LONGEST_NAME)):
            word = self.texts[i]
            if i > index and (i in self.words.breaks or i in self.blocked):
                return None
            if word == opening and (opening != close or i == index):
                depth += 1
            elif word == close or (word in CLOSING and opening != "«"):
                depth -= 1
                if depth == 0:
                    return i + 1
        return None

    def bracketed(self, index: int) -> tuple[int, int] | None:
        """The other name in the brackets that open at ``index``: where it begins and ends."""
        if not self.joined(index) or self.texts[index] != "(" or not self.free(index + 1):
            return None
        begin = index + 1
        while self.joined(begin) and self.texts[begin].lower() in LEGAL_FORMS:
            begin += 1
        if not self.free(begin):
            return None
        if self.texts[begin] in QUOTES:
            stop = self.quoted(begin) if self.joined(begin + 1) else None
            if stop and not self.is_name(begin + 1, stop - 1):
                return None
        elif LATIN.match(self.texts[begin]) and is_capitalised(self.texts[begin]):
            stop = self.latin_run(begin)
        else:
            stop = begin
            while self.joined(stop) and is_short(self.texts[stop]):
                stop += 1
            stop = self.numbered(stop) if stop > begin else None
        if stop and stop < len(self.texts) and self.texts[stop] in "),;":
            return begin, stop
        return None

    def numbered(self, stop: int) -> int:
        """Where a name that ends at ``stop`` ends with its number: ККБ № 1."""
        if self.joined(stop + 1) and self.texts[stop] == "№" and self.texts[stop + 1][0].isdigit():
            return stop + 2
        return stop

    def latin_run(self, index: int) -> int:
        """The end of a name in Latin letters."""
        limit = index + LONGEST_NAME // 2
        while (
            index < limit
            and self.joined(index)
            and (
                LATIN.match(self.texts[index])
                or self.texts[index] == "&"
                or (self.texts[index].isdigit() and index and LATIN.match(self.texts[index - 1]))
            )
        ):
            index += 1
        return index

    def is_name(self, index: int, stop: int) -> bool:
        """Whether a quotation's words look like a name, not like speech or a headline."""
        word = self.texts[index]
        if not (is_capitalised(word) or word[0].isdigit() or word in QUOTES):
            return False
        return stop - index < 10 and not any(is_verb(self.texts[i]) for i in range(index, stop))

    def is_proper(self, index: int) -> bool:
        return is_capitalised(self.texts[index]) or index in self.located

    def is_country(self, first: int, stop: int) -> bool:
        words = self.texts[first:stop]
        return may_be_country(words) and fold(nominative(" ".join(words))) in country_names()


def _folded_nominative(word: str) -> str:
    return fold(nominative_word(word.capitalize()))

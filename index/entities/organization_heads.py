"""Names of organizations by their head noun: министерство …, компания «…», Институт …"""

from dataclasses import dataclass

from index.entities.organization_clues import (
    country_of,
    head_of,
    is_parent,
    is_place_adjective,
    is_plural,
    is_undertaking,
    is_work,
)
from index.entities.organization_names import initials
from index.entities.organization_nouns import (
    ANAPHORIC,
    BODIES,
    BY_TOPIC,
    LEGAL_FORMS,
    MINISTRY,
    NAMED,
    NATIONAL,
    OFFICES,
    OWNED,
    PERSONAL,
    PLACED,
    SUBDIVISIONS,
    TOPICAL,
)
from index.entities.organization_phrases import Phrases, Tail
from index.entities.organization_reading import LONGEST_NAME
from index.entities.organization_words import (
    CLOSING,
    LATIN,
    QUOTES,
    abbreviation,
    cases,
    is_adjective,
    is_capitalised,
    noun_lemmas,
)
from index.morphology import fold, is_known


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where an organization may be named.

    ``first`` and ``stop`` are word indices of the mention, ``name_stop`` is where its name ends
    (a person's name may follow that the mention leaves out). ``anchored``: it says by itself
    which organization is meant. ``other``: it is something else. ``nominative``: a noun
    before it bears the case.
    """

    first: int
    stop: int
    anchored: bool = True
    tagged: bool = False
    other: bool = False
    name_stop: int = 0
    nominative: bool = False


class Heads(Phrases):
    """Names of one article that a noun heads."""

    def heads(self) -> list[Candidate]:
        """Names that a noun heads."""
        found = []
        for index in self.signals:
            word = self.texts[index]
            lemma = head_of(word)
            if lemma and index not in self.blocked:
                phrase = self.phrase(index, lemma)
                if phrase:
                    found.append(phrase)
            elif word in QUOTES and index and index - 1 not in self.blocked:
                stop = self.quoted(index)
                if stop and self.names_other(index, stop):
                    found.append(Candidate(index, stop, other=True))
                elif stop and self._is_owned(index, stop):
                    found.append(Candidate(index, stop))
        return found

    def phrase(self, head: int, lemma: str, tagged: bool = False) -> Candidate | None:
        """The name that a head noun heads, if it tells which organization is meant or is tagged."""
        if self.joined(head + 1):
            if self.texts[head + 1] in QUOTES:
                return self._quoted_phrase(head, lemma)
            stop = self._bare_title(head + 1) if lemma in NAMED else None
            if stop:
                return Candidate(head + 1, stop)
        if lemma == "совет" and self.texts[head + 1 : head + 2] == ["директоров"]:
            return None
        first, tail = self.lead(head), Tail(head + 1, False)
        if lemma in BODIES or lemma in TOPICAL or lemma in SUBDIVISIONS or lemma in PERSONAL:
            tail = self.tail(head, lemma)
        if self.is_country(first, head + 1):
            return None
        name_stop = self._superior(head, lemma, tail)
        plural = is_plural(self.texts[head])
        anchored = not plural and (
            self._is_anchored(first, head, lemma, tail)
            or (tail.stop > head + 1 and self.bracketed(tail.stop) is not None)
        )
        anchored = anchored or name_stop > tail.stop
        if not (anchored or tagged) and (plural or lemma not in ANAPHORIC):
            return None
        return Candidate(first, tail.stop, anchored, name_stop=name_stop)

    def _quoted_phrase(self, head: int, lemma: str) -> Candidate | None:
        """The quoted name behind a noun, with it where the noun is a proper part of the name."""
        opening = head + 1
        stop = self.quoted(opening)
        if not stop or stop - opening < 3 or not self.is_name(opening + 1, stop):
            return None
        first = self.lead(head)
        belongs = self._is_led(first, head) or self._is_spelled_out(first, head, stop)
        if belongs or lemma in SUBDIVISIONS and lemma not in NAMED:
            return Candidate(first, stop)
        return Candidate(opening, stop, nominative=self.stands_nominative(opening))

    def _bare_title(self, index: int) -> int | None:
        """Where a name without quotes that stands behind a noun ends: компания Borealis."""
        if LATIN.match(self.texts[index]) and is_capitalised(self.texts[index]):
            return self.latin_run(index)
        return index + 1 if self._is_title(index) else None

    def _is_led(self, first: int, head: int) -> bool:
        """Whether the adjectives before a head are a proper name's."""
        capital = first < head and is_capitalised(self.texts[first])
        return capital and not self.words.begins_sentence(first)

    def _is_spelled_out(self, first: int, head: int, stop: int) -> bool:
        """Whether brackets behind a name abbreviate its head too: институт «Заря» (ТИ «Заря»)."""
        alias = self.bracketed(stop) if first < head else None
        letters = initials(" ".join(self.texts[first : head + 1]))
        return bool(alias) and self.texts[alias[0]].lower().startswith(letters)

    def _is_anchored(self, first: int, head: int, lemma: str, tail: Tail) -> bool:
        """Whether a phrase says which organization is meant."""
        capital = is_capitalised(self.texts[head]) and not self.words.begins_sentence(head)
        if capital and (lemma in TOPICAL or lemma in BODIES):
            if first < head or tail.placed or tail.topical or tail.by_topic:
                return True
        adjectives = self.texts[first:head]
        if lemma in NATIONAL and any(map(country_of, adjectives)):
            return True
        if lemma in BODIES and any(map(is_place_adjective, adjectives)):
            return True
        return (
            tail.numbered
            or self._is_led(first, head)
            or (lemma in PLACED and tail.placed)
            or (lemma in BY_TOPIC and tail.by_topic)
            or (lemma == MINISTRY and tail.topical)
            or (lemma in PERSONAL and any(map(is_parent, self.texts[head + 1 : tail.stop])))
        )

    def _superior(self, head: int, lemma: str, tail: Tail) -> int:
        """Where the name of the person whose body it is ends: администрация президента Иванова."""
        stop = tail.stop
        if stop in self.blocked and stop not in self.words.breaks:
            office = stop > head + 1 and is_parent(self.texts[stop - 1])
            if office or (stop == head + 1 and lemma in PERSONAL):
                while stop in self.blocked and stop < tail.stop + 4:
                    stop += 1
        return stop

    def _is_title(self, index: int) -> bool:
        """Whether a word in the nominative names what the noun before it calls: клуб Метеор."""
        if not self.joined(index) or index in self.located or index in self.tagged:
            return False
        word = self.texts[index]
        if not is_capitalised(word) or abbreviation(word) or not word[0].isalpha() or len(word) < 3:
            return False
        return "nomn" in cases(word) and not is_adjective(word)

    def names_other(self, first: int, stop: int) -> bool:
        """Whether a quotation or Latin name is a work's or a thing's, or no name at all."""
        quoted = self.texts[first] in QUOTES
        name = self.texts[first + quoted]
        if name[0].isalpha() and "nomn" not in cases(name):
            return False
        before = first - 1
        limit = first - LONGEST_NAME
        while (
            quoted
            and before > max(1, limit)
            and (self.texts[before] in "и," and self.texts[before - 1] in CLOSING)
        ):
            before -= 2
            while before > max(0, limit) and self.texts[before] not in QUOTES:
                before -= 1
            before -= 1
        if before < 0 or not self.joined(first):
            return False
        noun = self.texts[before]
        return is_work(noun) or (quoted and is_undertaking(noun))

    def _is_owned(self, first: int, stop: int) -> bool:
        """Whether a quoted name in the genitive follows an office: директор «Мостограда»."""
        name = self.texts[first + 1]
        office = self.joined(first) and noun_lemmas(self.texts[first - 1])[:1]
        return bool(
            office
            and office[0] in OFFICES
            and self.is_name(first + 1, stop - 1)
            and name[0].isalpha()
            and "gent" in cases(name)
            and not ("nomn" in cases(name) and is_known(name))
        )

    def stands_nominative(self, opening: int) -> bool:
        """Whether a quoted name stands in the nominative because a noun or legal form calls it
        by that name."""
        if not opening or not self.joined(opening):
            return False
        noun, name = self.texts[opening - 1], self.texts[opening + 1]
        if fold(noun) in LEGAL_FORMS:
            return True
        lemma = head_of(noun)
        if lemma is None:
            return False
        calls = lemma in NAMED and lemma not in OWNED
        return calls or "nomn" in cases(name) or not is_known(name)

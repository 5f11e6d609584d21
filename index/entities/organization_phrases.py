"""How far the name of an organization goes: its adjectives, its tail, its quotes and brackets."""

from dataclasses import dataclass

from index.entities.organization_clues import (
    country_of,
    head_of,
    is_parent,
    is_period,
    is_place_noun,
    is_vague,
    known_name,
)
from index.entities.organization_names import key_words
from index.entities.organization_nouns import (
    FUNCTION_WORDS,
    OWN_TAIL,
    PREPOSITIONS,
    SUBDIVISIONS,
    TOPICAL,
)
from index.entities.organization_reading import LONGEST_NAME, Reading
from index.entities.organization_words import (
    LATIN,
    QUOTES,
    abbreviation,
    cases,
    is_adjective,
    is_capitalised,
    is_noun,
    may_be_adjective,
)
from index.entities.state_bodies import BRANCHED, LONG_NAMES, NOT_ORGANIZATIONS

BY_PREPOSITION = {
    "по": "_with_topic",
    "при": "_with_superior",
    "имени": "_with_eponym",
    "им": "_with_eponym",
    "против": "_with_aim",
    "за": "_with_aim",
}
"""Words that lead on a name, and the step that reads what follows."""


@dataclass(slots=True)
class Tail:
    """What follows a name's head, as far as it is read.

    ``placed``: a place or a proper name is in it. ``topical``: a common noun in the genitive.
    ``by_topic``: «по …». ``numbered``: «№ 7». ``closed``: only «по …» may follow. ``nested``:
    its last noun takes a topic of its own.
    """

    stop: int
    takes_topic: bool
    placed: bool = False
    topical: bool = False
    by_topic: bool = False
    numbered: bool = False
    closed: bool = False
    nested: bool = False


class Phrases(Reading):
    """The phrases of one article."""

    def noun_phrase(self, index: int, case: str) -> int | None:
        """Where the noun phrase in ``case`` that begins at ``index`` ends, or None."""
        start = index
        while self.joined(index) and index - start < 5:
            word = self.texts[index]
            if not word[0].isalnum() or word.lower() in PREPOSITIONS or len(word) < 2:
                return None
            if index in self.located and case in cases(word) | {"gent"}:
                limit = index + LONGEST_NAME // 3
                while index < limit and index + 1 in self.located and self._is_word(index + 1):
                    index += 1
                return index + 1
            if abbreviation(word):
                return index + 1
            here = cases(word)
            if case not in here:
                return None
            if not is_adjective(word):
                return index + 1 if is_noun(word) or is_capitalised(word) else None
            if is_noun(word) and not self._continues(index + 1, case):
                return index + 1
            index += 1
        return None

    def _is_word(self, index: int) -> bool:
        return self.joined(index) and self.texts[index][0].isalnum()

    def _continues(self, index: int, case: str) -> bool:
        return self.joined(index) and case in cases(self.texts[index])

    def tail(self, head: int, lemma: str) -> Tail:
        """How far a name goes on after its head."""
        tail = Tail(head + 1, lemma in TOPICAL or lemma in SUBDIVISIONS)
        while self.joined(tail.stop) and tail.stop - head < LONGEST_NAME:
            word = self.texts[tail.stop].lower()
            if word in BY_PREPOSITION:
                longer = tail.takes_topic and getattr(self, BY_PREPOSITION[word])(tail)
            elif word in QUOTES:
                longer = tail.stop > head + 1 and self._with_quoted(tail)
            elif word in ("и", ","):
                longer = tail.topical and not tail.placed and self._with_conjoined(tail)
            elif self.numbered(tail.stop) > tail.stop:
                tail.stop, tail.numbered, longer = self.numbered(tail.stop), True, True
            elif tail.closed or self._is_apposition(tail.stop, lemma):
                break
            else:
                longer = self._with_genitive(tail)
            if not longer:
                break
        while tail.stop > head + 1 and self.texts[tail.stop - 1].lower() in FUNCTION_WORDS | {","}:
            tail.stop -= 1
        return tail

    def _with_topic(self, tail: Tail) -> bool:
        """«по обороне и безопасности»."""
        stop = None if tail.by_topic else self._listed(tail.stop + 1, "datv")
        if stop is None:
            return False
        tail.placed = tail.placed or any(self.is_proper(i) for i in range(tail.stop + 1, stop))
        tail.stop, tail.by_topic = stop, True
        return True

    def _with_superior(self, tail: Tail) -> bool:
        """«при Президенте России»."""
        stop = self.noun_phrase(tail.stop + 1, "loct")
        if stop is None:
            return False
        after = self.noun_phrase(stop, "gent") if self.joined(stop) else None
        if after and self.is_proper(after - 1):
            stop = after
        else:
            noun = self.texts[stop - 1]
            if not (self.is_proper(stop - 1) or is_parent(noun) or head_of(noun)):
                return False
        tail.stop, tail.placed = stop, True
        return True

    def _with_eponym(self, tail: Tail) -> bool:
        """«имени П. И. Чайковского», after which a name ends."""
        tail.stop, tail.placed = self._person(tail.stop + 1), True
        return False

    def _with_aim(self, tail: Tail) -> bool:
        """«против пожаров», «за права пешеходов»; after a common noun «за» may mean anything."""
        against = self.texts[tail.stop].lower() == "против"
        if not against and not is_capitalised(self.texts[tail.stop - 1]):
            return False
        stop = self._with_genitives(tail.stop + 1, "gent" if against else "accs")
        if stop is None or not against and is_period(self.texts[stop - 1]):
            return False
        tail.stop, tail.topical = stop, True
        return True

    def _with_quoted(self, tail: Tail) -> bool:
        """«движения „Заря“» behind a subdivision, after which a name ends."""
        stop = self.quoted(tail.stop)
        if stop and head_of(self.texts[tail.stop - 1]):
            tail.stop, tail.placed = stop, True
        return False

    def _with_conjoined(self, tail: Tail) -> bool:
        """«… и пищевой промышленности»."""
        stop = self._conjoined(tail.stop, "gent")
        if stop is None:
            return False
        tail.placed = any(self.is_proper(i) for i in range(tail.stop + 1, stop))
        tail.stop = stop
        return True

    def _with_genitive(self, tail: Tail) -> bool:
        """A topic («анализа рынков»), a place, a larger body or its name in Latin letters."""
        start = tail.stop
        if LATIN.match(self.texts[start]) and is_capitalised(self.texts[start]):
            tail.stop, tail.placed = self.latin_run(start), True
            return tail.stop > start
        stop = self.noun_phrase(start, "gent")
        if stop is None:
            return False
        noun = self.texts[stop - 1]
        if any(self.is_proper(i) for i in range(start, stop)):
            if abbreviation(noun) in NOT_ORGANIZATIONS and not country_of(noun):
                return False
            tail.placed = True
            tail.closed = tail.closed or bool(country_of(self.texts[start]))
        else:
            topical = tail.takes_topic or tail.nested
            inside = start in self.tagged and start - 1 in self.tagged
            if tail.placed and not (is_place_noun(noun) or tail.nested or inside):
                return False
            if not topical and is_place_noun(noun) and not self._is_place(stop):
                return False
            if not (topical or is_parent(noun) or is_place_noun(noun) or head_of(noun)):
                return False
            tail.topical = True
        tail.stop, tail.nested = stop, head_of(noun) in TOPICAL
        return True

    def _is_place(self, index: int) -> bool:
        return self.joined(index) and self.is_proper(index)

    def _is_apposition(self, index: int, lemma: str) -> bool:
        """Whether an abbreviation is of the name itself: Международная федерация футбола ФИФА."""
        short = abbreviation(self.texts[index])
        return bool(short in LONG_NAMES and lemma in key_words(LONG_NAMES[short]))

    def _listed(self, index: int, case: str) -> int | None:
        """The end of «A», «A и B», «A, B и C», each a noun phrase with its genitives."""
        stop = self._with_genitives(index, case)
        while stop is not None:
            further = self._conjoined(stop, case)
            if further is None:
                return stop
            stop = further
        return None

    def _with_genitives(self, index: int, case: str) -> int | None:
        stop = self.noun_phrase(index, case)
        while stop is not None and self.joined(stop):
            further = self.noun_phrase(stop, "gent")
            if further is None:
                break
            stop = further
        return stop

    def _conjoined(self, index: int, case: str) -> int | None:
        """The end of «и B» or «, B и C» at ``index``, or None.

        B is a common noun, or a proper name behind «по» and another one; what heads or has a name
        of its own is no part of this one.
        """
        if not self.joined(index) or self.texts[index] not in ("и", ","):
            return None
        stop = self._with_genitives(index + 1, case)
        if stop is None or index + 1 in self.tagged and index not in self.tagged:
            return None
        word = self.texts[index + 1]
        if case == "gent" and head_of(word) in OWN_TAIL:
            return None
        if is_capitalised(word) and not (case == "datv" and is_capitalised(self.texts[index - 1])):
            return None
        return stop if self.texts[index] == "и" or self._conjoined(stop, case) else None

    def _person(self, index: int) -> int:
        """The end of a person's name after «имени»."""
        limit = index + LONGEST_NAME // 3
        while index < min(limit, len(self.texts)) and index not in self.words.breaks:
            word, before = self.texts[index], self.texts[index - 1]
            initial = word == "." and len(before) <= 2
            joins = word == "и" and any(map(is_capitalised, self.texts[index + 1 : index + 2]))
            if not (is_capitalised(word) or initial or joins):
                break
            index += 1
        return index

    def lead(self, head: int) -> int:
        """Where a name with this head begins: its adjectives, without vague ones in front."""
        first = self._adjectives(head)
        proper = any(is_capitalised(self.texts[i]) for i in range(first + 1, head + 1))
        while first < head:
            word = self.texts[first]
            if is_capitalised(word) and not self.words.begins_sentence(first):
                break
            outside = proper and not is_capitalised(word) and not country_of(word)
            if not (outside or is_vague(word)):
                break
            first += 1
        return first

    def _adjectives(self, head: int) -> int:
        """Where the adjectives before a noun that agree with it in case begin."""
        first, noun_cases = head, cases(self.texts[head])
        while first not in self.words.breaks and self.free(first - 1) and head - first < 6:
            word = self.texts[first - 1]
            if word == ")" and first > 3 and self.texts[first - 3] == "(":
                former = self.texts[first - 2], self.texts[first - 4]
                if all(is_adjective(each) and cases(each) & noun_cases for each in former):
                    first -= 4
                    continue
            joins = word == "и" and first < head and self.free(first - 2)
            if joins and is_capitalised(self.texts[first - 2]):
                first -= 1
                word = self.texts[first - 1]
            agrees = word[0].isalpha() and may_be_adjective(word) and cases(word) & noun_cases
            if not agrees or (is_noun(word) and not is_adjective(word)):
                return first + 1 if joins and self.texts[first] == "и" else first
            first -= 1
        return first

    def place_tail(self, stop: int) -> int:
        """Where the country or place after a body's short name ends: МИД Грузии, МВД России по
        Татарстану."""
        name = self.texts[stop - 1]
        short = abbreviation(name) or known_name(name)
        if abbreviation(name) or short in LONG_NAMES:
            stop = self._with_place(stop)
        return self._with_region(stop) if short in BRANCHED else stop

    def _with_place(self, stop: int) -> int:
        """The end of a country or place in the genitive after a name that ends at ``stop``."""
        if self.joined(stop) and not self.texts[stop][0].isdigit():
            end = self.noun_phrase(stop, "gent")
            phrase = range(stop, end or stop)
            if end and all(self.is_proper(i) or is_place_noun(self.texts[i]) for i in phrase):
                last = self.texts[end - 1]
                if end - 1 in self.located or country_of(last) or is_place_noun(last):
                    if end - stop > 1 or is_capitalised(self.texts[stop]):
                        return end
        return stop

    def _with_region(self, stop: int) -> int:
        """The end of «по …» with the place that a branch is for."""
        if not self.joined(stop + 1) or self.texts[stop] != "по" or not self.joined(stop):
            return stop
        end = self.noun_phrase(stop + 1, "datv")
        further = self.noun_phrase(end, "gent") if end and self.joined(end) else None
        if further and is_place_noun(self.texts[further - 1]):
            end = further
        words = range(stop + 1, end or stop + 1)
        placed = any(i in self.located or is_place_noun(self.texts[i]) for i in words)
        return end if placed and any(map(self.is_proper, words)) else stop

    def country_lead(self, first: int) -> int:
        if first and self.joined(first) and self.free(first - 1):
            word = self.texts[first - 1]
            if may_be_adjective(word) and country_of(word):
                return first - 1
        return first

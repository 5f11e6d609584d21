"""How far the name of an organization goes: its adjectives, its tail, its quotes and brackets."""

from collections.abc import Sequence

from index.entities.countries import names as country_names
from index.entities.organization_nouns import (
    FUNCTION_WORDS,
    LEGAL_FORMS,
    PREPOSITIONS,
    SUBDIVISIONS,
    TOPICAL,
)
from index.entities.organization_words import (
    CLOSING,
    LATIN,
    QUOTES,
    Words,
    abbreviation,
    cases,
    is_adjective,
    is_capitalised,
    is_noun,
    may_be_adjective,
)
from index.entities.organization_names import key_words, nominative, nominative_word
from index.entities.organization_clues import (
    country_of,
    head_of,
    is_parent,
    is_place_noun,
    is_short,
    is_vague,
    is_verb,
    known_name,
)
from index.entities.state_bodies import LONG_NAMES, NOT_ORGANIZATIONS
from index.mentions import Span
from index.morphology import fold

LONGEST_NAME = 24
"""Words and marks of a name at the most."""


class Phrases:
    """The phrases of one article; positions are word indices throughout."""

    def __init__(self, words: Words, spans: Sequence[Span], blocked: frozenset[int]):
        self.words = words
        self.texts = words.texts
        self.blocked = blocked
        self.located: set[int] = set()
        self.tagged: set[int] = set()
        self.organizations: list[tuple[int, int]] = []
        self.places: set[str] = set()
        for span in spans:
            first, stop = words.at(span.start), words.at(span.stop)
            if span.type == "LOC":
                self.located.update(range(first, stop))
                if stop - first == 1:
                    self.places.add(fold(nominative_word(words.texts[first].capitalize())))
            elif span.type == "ORG" and first < stop <= first + LONGEST_NAME:
                self.organizations.append((first, stop))
                self.tagged.update(range(first, stop))
            elif span.type == "PER":
                self._before_person(first, stop)

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
            stop = self.numbered(begin + 1) if is_short(self.texts[begin]) else None
        if stop and stop < len(self.texts) and self.texts[stop] in "),;":
            return begin, stop
        return None

    def numbered(self, stop: int) -> int:
        """Where a name that ends at ``stop`` ends with its number: ККБ № 1."""
        if self.joined(stop + 1) and self.texts[stop] == "№" and self.texts[stop + 1][0].isdigit():
            return stop + 2
        return stop

    def is_proper(self, index: int) -> bool:
        return is_capitalised(self.texts[index]) or index in self.located or index in self.tagged

    def noun_phrase(self, index: int, case: str) -> int | None:
        """Where the noun phrase in ``case`` that begins at ``index`` ends, or None."""
        start = index
        while self.joined(index) and index - start < 5:
            word = self.texts[index]
            if not word[0].isalnum() or word.lower() in PREPOSITIONS or len(word) < 2:
                return None
            if index in self.located and case in cases(word) | {"gent"}:
                limit = index + LONGEST_NAME // 3
                while index < limit and index + 1 in self.located and self.joined(index + 1):
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

    def _continues(self, index: int, case: str) -> bool:
        return self.joined(index) and case in cases(self.texts[index])

    def tail(self, head: int, lemma: str) -> tuple[int, bool, bool, bool]:
        """How far a name goes on after its head: (stop, has a place, has a topic, has «по»)."""
        index, placed, topical, by = head + 1, False, False, False
        closed = False
        takes_topic = lemma in TOPICAL or lemma in SUBDIVISIONS
        while self.joined(index) and index - head < LONGEST_NAME:
            word = self.texts[index]
            low = word.lower()
            if low == "по" and takes_topic and not by:
                stop = self._listed(index + 1, "datv")
                if stop is None:
                    break
                placed = placed or self.is_proper(stop - 1)
                index, by = stop, True
                continue
            if low == "при" and takes_topic:
                stop = self.noun_phrase(index + 1, "loct")
                if stop is None:
                    break
                after = self.noun_phrase(stop, "gent") if self.joined(stop) else None
                if after and self.is_proper(after - 1):
                    stop = after
                elif not (self.is_proper(stop - 1) or is_parent(self.texts[stop - 1])
                          or head_of(self.texts[stop - 1])):
                    break
                index = stop
                placed = True
                continue
            if low in ("имени", "им") and takes_topic:
                index = self._eponym(index + 1)
                placed = True
                break
            if low == "против" and takes_topic:
                stop = self.noun_phrase(index + 1, "gent")
                if stop is None:
                    break
                index = stop
                continue
            if word in QUOTES:
                stop = self.quoted(index)
                if stop and index > head + 1 and head_of(self.texts[index - 1]):
                    return stop, True, topical, by
                break
            if low in ("и", ",") and topical and not placed:
                stop = self._conjoined(index, "gent")
                if stop is None:
                    break
                placed = any(self.is_proper(i) for i in range(index + 1, stop))
                index = stop
                continue
            if word == "№" and self.joined(index + 1) and self.texts[index + 1][0].isdigit():
                index, placed = index + 2, True
                continue
            if closed or self._is_apposition(index, lemma):
                break
            stop = self.noun_phrase(index, "gent")
            if stop is None:
                if LATIN.match(word) and lemma in SUBDIVISIONS and is_capitalised(word):
                    index, placed = self.latin_run(index), True
                break
            proper = any(self.is_proper(i) for i in range(index, stop))
            country = country_of(self.texts[index])
            noun = self.texts[stop - 1]
            if not proper:
                allowed = takes_topic or is_parent(noun) or is_place_noun(noun) or head_of(noun)
                if not allowed or placed and not is_place_noun(noun):
                    break
                if is_place_noun(noun) and not self._place_follows(stop):
                    if not takes_topic:
                        break
                topical = True
            else:
                if abbreviation(noun) in NOT_ORGANIZATIONS and not country_of(noun):
                    break
                closed = closed or bool(country)
                placed = True
            index = stop
        while index > head + 1 and self.texts[index - 1].lower() in FUNCTION_WORDS | {","}:
            index -= 1
        return index, placed, topical, by

    def _is_apposition(self, index: int, lemma: str) -> bool:
        """Whether an abbreviation is of the name itself: Международная федерация футбола ФИФА."""
        short = abbreviation(self.texts[index])
        return bool(short in LONG_NAMES and lemma in key_words(LONG_NAMES[short]))

    def _place_follows(self, index: int) -> bool:
        return self.joined(index) and self.is_proper(index)

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
        """The end of «и B» or «, B и C» at ``index``, in lower case or as the word before, or None."""
        if not self.joined(index):
            return None
        word = self.texts[index]
        if word == "и" or word == ",":
            stop = self._with_genitives(index + 1, case)
            capital = is_capitalised(self.texts[index + 1])
            another = index + 1 in self.tagged and index not in self.tagged
            if stop is None or another or (
                capital and not (case == "datv" and is_capitalised(self.texts[index - 1]))
            ):
                return None
            if word == "и" or self._conjoined(stop, case):
                return stop
        return None

    def _eponym(self, index: int) -> int:
        """The end of a person's name after «имени»."""
        limit = index + LONGEST_NAME // 3
        while index < min(limit, len(self.texts)) and index not in self.words.breaks:
            word = self.texts[index]
            following = self.texts[index + 1 : index + 2]
            if is_capitalised(word) or (
                word == "." and index and len(self.texts[index - 1]) <= 2
            ) or (word == "и" and following and is_capitalised(following[0])):
                index += 1
            else:
                break
        return index

    def latin_run(self, index: int) -> int:
        """The end of a name in Latin letters."""
        limit = index + LONGEST_NAME // 2
        while index < limit and self.joined(index) and (
            LATIN.match(self.texts[index])
            or self.texts[index] == "&"
            or (self.texts[index].isdigit() and index and LATIN.match(self.texts[index - 1]))
        ):
            index += 1
        return index

    def lead(self, head: int, lemma: str) -> int:
        """Where a name with this head begins: its adjectives, without vague ones in front."""
        first = head
        noun_cases = cases(self.texts[head])
        while (
            first > 0
            and first not in self.words.breaks
            and first - 1 not in self.blocked
            and head - first < 6
        ):
            word = self.texts[first - 1]
            if word == "и" and first < head and first > 1 and may_be_adjective(self.texts[first - 2]):
                if cases(self.texts[first - 2]) & noun_cases and is_capitalised(self.texts[first - 2]):
                    first -= 2
                    continue
            if not word[0].isalpha() or not may_be_adjective(word):
                break
            if not cases(word) & noun_cases or (is_noun(word) and not is_adjective(word)):
                break
            first -= 1
        proper = any(is_capitalised(self.texts[i]) for i in range(first + 1, head + 1))
        while first < head:
            word = self.texts[first]
            if is_capitalised(word) and not self.words.begins_sentence(first):
                break
            plain = not is_capitalised(word) and proper
            if not is_vague(word) and not (plain and not country_of(word)):
                break
            first += 1
        return first

    def is_name(self, index: int, stop: int) -> bool:
        """Whether a quotation's words look like a name, not like speech or a headline."""
        word = self.texts[index]
        if not (is_capitalised(word) or word[0].isdigit() or word in QUOTES):
            return False
        return stop - index < 10 and not any(is_verb(self.texts[i]) for i in range(index, stop))

    def place_tail(self, stop: int) -> int:
        """Where a country or place in the genitive after a body's short name ends."""
        name = self.texts[stop - 1]
        if not abbreviation(name) and known_name(name) not in LONG_NAMES:
            return stop
        if self.joined(stop) and not self.texts[stop][0].isdigit():
            end = self.noun_phrase(stop, "gent")
            if end and all(self.is_proper(i) or is_place_noun(self.texts[i]) for i in range(stop, end)):
                last = self.texts[end - 1]
                if end - 1 in self.located or country_of(last) or is_place_noun(last):
                    if end - stop > 1 or is_capitalised(self.texts[stop]):
                        return end
        return stop

    def country_lead(self, first: int) -> int:
        if first and self.joined(first) and self.free(first - 1):
            word = self.texts[first - 1]
            if may_be_adjective(word) and country_of(word):
                return first - 1
        return first

    def is_country(self, first: int, stop: int) -> bool:
        return fold(nominative(" ".join(self.texts[first:stop]))) in country_names()

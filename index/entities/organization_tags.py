"""The tagger's organizations, cut and widened to the names that the text has."""

from dataclasses import replace

from index.entities.organization_clues import (
    country_of,
    has_surname,
    head_of,
    is_common_noun,
    is_person_noun,
    is_verb,
    is_work,
    known_name,
)
from index.entities.organization_heads import Candidate, Heads
from index.entities.organization_names import nominative, nominative_word
from index.entities.organization_nouns import BODIES, LEGAL_FORMS, PREPOSITIONS
from index.entities.organization_words import (
    LATIN,
    QUOTES,
    abbreviation,
    cases,
    is_adjective,
    is_capitalised,
    is_place_word,
    may_be_adjective,
)
from index.entities.state_bodies import NOT_ORGANIZATIONS
from index.morphology import fold


class Tags(Heads):
    """Names of one article that the tagger found."""

    def spans(self) -> list[Candidate]:
        """The tagger's organizations, cut and widened."""
        found = []
        for first, stop in self.organizations:
            found.extend(self._span(first, stop))
        return found

    def _span(self, first: int, stop: int) -> list[Candidate]:
        texts = self.texts
        while first < stop and (
            not self.free(first)
            or texts[first] in "-—–.,:;()"
            or (first + 1 < stop and self._is_preposition(first))
        ):
            first += 1
        for i in range(first, stop):
            if i in self.blocked or (i > first and i in self.words.breaks):
                stop = i
                break
        while first < stop and (
            texts[stop - 1] in "-—–.,:;(" or texts[stop - 1] == ")" and "(" not in texts[first:stop]
        ):
            stop -= 1
        while first + 1 < stop and is_person_noun(texts[first]):
            first += 1
        if first >= stop or not any(c.isalpha() for i in range(first, stop) for c in texts[i]):
            return []
        for i in range(first + 1, stop):
            if texts[i] == "(":
                return self._span(first, i) + self._span(i + 1, stop)
        if first > 0 and texts[first - 1] in QUOTES and texts[first] not in QUOTES:
            end = self.quoted(first - 1)
            if end and end >= stop and end - first < 2 * (stop - first) + 4:
                first, stop = first - 1, end
        elif texts[first] in QUOTES:
            stop = max(stop, self.quoted(first) or stop)
        elif any(texts[i] in QUOTES for i in range(first, stop)):
            opening = next(i for i in range(first, stop) if texts[i] in QUOTES)
            stop = max(stop, self.quoted(opening) or stop)
        while first + 1 < stop and fold(texts[first]) in LEGAL_FORMS:
            first += 1
        return self._named(first, stop)

    def _named(self, first: int, stop: int) -> list[Candidate]:
        texts = self.texts
        if texts[first] in QUOTES or LATIN.match(texts[first]):
            if texts[first] in QUOTES and not self.is_name(first + 1, stop - 1):
                return []
            if self.names_other(first, stop):
                return [Candidate(first, stop, tagged=True, other=True)]
        if stop - first == 1:
            short = abbreviation(texts[first])
            if (short or texts[first]) in NOT_ORGANIZATIONS:
                return []
            if self._only_place(first):
                return []
            if texts[first] not in QUOTES and is_adjective(texts[first]) and not short:
                return []
        elif self.is_country(first, stop) or is_work(texts[self._noun(first, stop)]):
            return []
        for i in range(first, stop):
            if texts[i] in QUOTES:
                break
            lemma = head_of(texts[i])
            if lemma and not (is_adjective(texts[i]) and i + 1 < stop):
                phrase = self.phrase(i, lemma)
                if phrase is None:
                    break
                if phrase.first > i:
                    return [replace(phrase, tagged=True)]
                begin = phrase.first if self._leads_nowhere(first, phrase.first) else first
                while stop > phrase.stop and self._trails(stop - 1):
                    stop -= 1
                begin, end = min(begin, phrase.first), max(stop, phrase.stop)
                anchored = end - begin > 1 or lemma in BODIES and is_capitalised(texts[first])
                return [Candidate(begin, end, anchored, True, name_stop=max(end, phrase.name_stop))]
            if not may_be_adjective(texts[i]):
                break
        if stop - first == 1 and (abbreviation(texts[first]) or known_name(texts[first])):
            return [Candidate(self.country_lead(first), self.numbered(self.place_tail(stop)), tagged=True)]
        if texts[first] in QUOTES:
            descriptor = first > 0 and self.joined(first) and head_of(texts[first - 1])
            as_is = bool(descriptor) and self.stands_nominative(first)
            return [Candidate(first, stop, tagged=True, nominative=as_is)]
        return [Candidate(first, stop, not self._is_common(first, stop), True)]

    def _is_preposition(self, index: int) -> bool:
        """Whether a sentence's first preposition was taken for a name's beginning."""
        word = self.texts[index]
        opens = not is_capitalised(word) or self.words.begins_sentence(index)
        return opens and word.lower() in PREPOSITIONS and not LATIN.match(word)

    def _is_common(self, first: int, stop: int) -> bool:
        """Whether a tagged name is only a sentence's first, common words: Зал клуба."""
        if not self.words.begins_sentence(first) or LATIN.match(self.texts[first]):
            return False
        rest = self.texts[first + 1 : stop]
        return is_common_noun(self.texts[first]) and not any(map(is_capitalised, rest))

    def _trails(self, index: int) -> bool:
        """Whether a tagged name's last word belongs to what follows: a verb, a surname."""
        word = self.texts[index]
        return is_verb(word) or (
            is_capitalised(word) and has_surname(word) and "gent" not in cases(word)
        )

    def _noun(self, first: int, stop: int) -> int:
        """The first word of a span that is no adjective."""
        while first < stop - 1 and may_be_adjective(self.texts[first]):
            first += 1
        return first

    def _leads_nowhere(self, first: int, begin: int) -> bool:
        """Whether what a tagged name has before its head phrase is no part of it."""
        return first < begin and not any(
            self.texts[i] in QUOTES or LATIN.match(self.texts[i]) for i in range(first, begin)
        )

    def _only_place(self, index: int) -> bool:
        """Whether a single tagged word is a place: known as one, tagged as one elsewhere or the
        first word of a dateline."""
        word = self.texts[index]
        if index and self.texts[index - 1] in QUOTES or head_of(word):
            return False
        if is_place_word(word) or country_of(word) or fold(nominative_word(word.capitalize())) in self.places:
            return True
        begins = index == 0 or index in self.words.breaks
        return begins and word.isupper() and self.texts[index + 1 : index + 2] == [","]

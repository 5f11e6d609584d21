"""The tagger's organizations, cut and widened to the names that the text has."""

from dataclasses import replace

from index.entities.organization_clues import (
    country_of,
    has_surname,
    head_of,
    is_common_noun,
    is_person_noun,
    is_predicate,
    is_region,
    is_verb,
    is_work,
    known_name,
)
from index.entities.organization_heads import Candidate, Heads
from index.entities.organization_nouns import BODIES, LEGAL_FORMS, NAMED, PREPOSITIONS, SUBDIVISIONS
from index.entities.organization_words import (
    LATIN,
    QUOTES,
    SENTENCE_END,
    abbreviation,
    cases,
    is_adjective,
    is_capitalised,
    is_noun,
    is_place_word,
    may_be_adjective,
)
from index.entities.state_bodies import NOT_ORGANIZATIONS
from index.morphology import fold, is_known


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
        while any(map(head_of, texts[first + 1 : stop])) and is_person_noun(texts[first]):
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
        if stop - first == 2 and self._says(first + 1):
            stop -= 1
        return self._named(first, stop)

    def _named(self, first: int, stop: int) -> list[Candidate]:
        """The name that a trimmed span stands for, if it names an organization."""
        texts = self.texts
        quoted = texts[first] in QUOTES
        if quoted and not self.is_name(first + 1, stop - 1):
            return []
        if (quoted or LATIN.match(texts[first])) and self.names_other(first, stop):
            return [Candidate(first, stop, tagged=True, other=True)]
        if quoted:
            as_is = self.stands_nominative(first) or self._is_subject(first, stop)
            return [Candidate(first, stop, tagged=True, nominative=as_is)]
        if self._names_none(first, stop):
            return []
        head = self._head(first, stop)
        if head is not None:
            return [self._headed(first, stop, head)]
        if stop - first == 1 and (abbreviation(texts[first]) or known_name(texts[first])):
            end = self.numbered(self.place_tail(stop))
            return [Candidate(self.country_lead(first), end, tagged=True)]
        anchored, as_is = not self._is_common(first, stop), self._is_subject(first, stop)
        return [Candidate(first, stop, anchored, True, nominative=as_is)]

    def _names_none(self, first: int, stop: int) -> bool:
        """Whether a span is a place, a work, a board or an abbreviation of something else."""
        texts = self.texts
        place = self._noun(first, stop)
        if is_region(texts[place]) and (place == stop - 1 or place == first == stop - 2):
            return True
        if stop - first > 1:
            board = fold(" ".join(texts[first:stop])).endswith(" директоров")
            return board or self.is_country(first, stop) or is_work(texts[place])
        short = abbreviation(texts[first])
        if (short or texts[first]) in NOT_ORGANIZATIONS or self._only_place(first):
            return True
        return is_adjective(texts[first]) and not short

    def _head(self, first: int, stop: int) -> int | None:
        """Where a span's head noun is, behind adjectives only."""
        for i in range(first, stop):
            word = self.texts[i]
            if head_of(word) and (i + 1 == stop or not is_adjective(word)):
                return i
            if not may_be_adjective(word):
                return None
        return None

    def _is_subject(self, first: int, stop: int) -> bool:
        """Whether a single unknown word is in the nominative by its place: nothing governs it,
        and a verb follows («Хезболла» ответила) or goes before a form that can be one."""
        name = self.texts[first + (self.texts[first] in QUOTES)]
        if stop - first not in (1, 3) or is_known(name):
            return False
        before = self.texts[first - 1] if first and self.joined(first) else "."
        governs = is_noun(before) or is_adjective(before) or before.lower() in PREPOSITIONS
        if governs and before != "и":
            return False
        if any(map(is_verb, self.texts[stop : stop + 1])):
            return True
        return "nomn" in cases(name) and (before in SENTENCE_END or is_verb(before))

    def _headed(self, first: int, stop: int, head: int) -> Candidate:
        """A span with a head noun, as far as the phrase around the noun goes."""
        lemma = head_of(self.texts[head])
        stop = self.place_tail(stop) if stop == head + 1 else stop
        opening = next((i for i in range(head + 2, stop) if self.texts[i] in QUOTES), None)
        if opening and lemma not in SUBDIVISIONS and head_of(self.texts[opening - 1]) in NAMED:
            return Candidate(opening, stop, tagged=True, nominative=True)
        phrase = self.phrase(head, lemma, tagged=True)
        if phrase is None:
            return Candidate(first, stop, stop - first > 1, True)
        if phrase.first > head:
            return replace(phrase, tagged=True)
        begin = phrase.first if self._leads_nowhere(first, phrase.first) else first
        while stop > phrase.stop and self._trails(stop - 1):
            stop -= 1
        begin, end = min(begin, phrase.first), max(stop, phrase.stop)
        named = lemma in BODIES and is_capitalised(self.texts[first])
        anchored = end - begin > 1 or named or bool(abbreviation(self.texts[first]))
        return Candidate(begin, end, anchored, True, name_stop=max(end, phrase.name_stop))

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

    def _says(self, index: int) -> bool:
        """Whether a word only says something of the body before it: Минцифры рада помочь."""
        body = self.texts[index - 1]
        return is_predicate(self.texts[index]) and bool(abbreviation(body) or known_name(body))

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
        inside = index > 0 and self.texts[index - 1].lower() in ("в", "из")
        if country_of(word) or inside and is_place_word(word):
            return True
        if self.is_tagged_place(word):
            return True
        begins = index == 0 or index in self.words.breaks
        return begins and word.isupper() and self.texts[index + 1 : index + 2] == [","]

"""Where an article names organizations: the tagger's spans and the words around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.entities.organization_nouns import (
    REFERRING,
    ANAPHORIC,
    BODIES,
    BY_TOPIC,
    LEGAL_FORMS,
    NAMED,
    NATIONAL,
    PERSONAL,
    PLACED,
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
    is_place_word,
    may_be_adjective,
)
from index.entities.organization_names import key, nominative, nominative_word
from index.entities.organization_clues import (
    country_of,
    has_surname,
    head_of,
    is_common_noun,
    is_parent,
    is_person_name,
    is_person_noun,
    is_plural,
    is_undertaking,
    is_verb,
    is_work,
    known_name,
)
from index.entities.organization_phrases import LONGEST_NAME, Phrases
from index.entities.state_bodies import NOT_ORGANIZATIONS
from index.mentions import Span
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


class Finder(Phrases):
    """Candidates of one article; positions are word indices throughout."""

    def phrase(self, head: int, lemma: str) -> Candidate | None:
        """The name that a head noun heads, if it tells which organization is meant."""
        following = head + 1
        word = self.texts[following] if self.joined(following) else ""
        if lemma in NAMED or lemma in TOPICAL or lemma in SUBDIVISIONS:
            if word in QUOTES:
                stop = self.quoted(following)
                if stop and stop - following > 2 and self.is_name(following + 1, stop):
                    first = self.lead(head, lemma)
                    if lemma in SUBDIVISIONS and lemma not in NAMED:
                        return Candidate(first, stop)
                    if first < head and is_capitalised(self.texts[first]) and not (
                        self.words.begins_sentence(first)
                    ):
                        return Candidate(first, stop)
                    return Candidate(following, stop, nominative=self._stands_nominative(following))
                return None
            if word and LATIN.match(word) and is_capitalised(word) and lemma in NAMED:
                stop = self.latin_run(following)
                return Candidate(following, stop)
            if lemma in NAMED and self._is_title(following):
                return Candidate(following, following + 1)
        stop, placed, topical, by = self.tail(head, lemma)
        first = self.lead(head, lemma)
        if lemma in NAMED and lemma not in TOPICAL and lemma not in SUBDIVISIONS:
            stop, placed, topical, by = head + 1, False, False, False
        capital = is_capitalised(self.texts[head]) and not self.words.begins_sentence(head)
        leading = first < head and is_capitalised(self.texts[first]) and not (
            self.words.begins_sentence(first)
        )
        national = lemma in NATIONAL and any(country_of(self.texts[i]) for i in range(first, head))
        if self.is_country(first, head + 1):
            return None
        anchored = (
            (capital and lemma in TOPICAL | BODIES and (placed or topical or by or first < head))
            or leading
            or (lemma in PLACED and (placed or national))
            or (lemma == "министерство" and topical)
            or (lemma in BY_TOPIC and by)
        ) and not is_plural(self.texts[head])
        if stop > head + 1 and self.bracketed(stop) and not is_plural(self.texts[head]):
            anchored = True
        name_stop = stop
        if stop < len(self.texts) and stop in self.blocked and stop not in self.words.breaks:
            after_office = stop > head + 1 and is_parent(self.texts[stop - 1])
            if after_office or (stop == head + 1 and lemma in PERSONAL):
                while name_stop in self.blocked and name_stop < stop + 4:
                    name_stop += 1
                anchored = True
        if not anchored and (is_plural(self.texts[head]) or lemma not in ANAPHORIC):
            return None
        return Candidate(first, stop, anchored, name_stop=name_stop)

    def _is_title(self, index: int) -> bool:
        """Whether a word in the nominative names what the noun before it calls: клуб Челси."""
        if not self.joined(index) or index in self.located or index in self.tagged:
            return False
        word = self.texts[index]
        if not is_capitalised(word) or abbreviation(word) or not word[0].isalpha() or len(word) < 3:
            return False
        return "nomn" in cases(word) and not is_adjective(word) and not is_person_name(word)

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
            or texts[first].lower() in PREPOSITIONS and stop - first > 1 and not LATIN.match(texts[first])
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
            if self._names_other(first, stop):
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
            as_is = bool(descriptor) and self._stands_nominative(first)
            return [Candidate(first, stop, tagged=True, nominative=as_is)]
        return [Candidate(first, stop, not self._is_common(first, stop), True)]

    def _stands_nominative(self, opening: int) -> bool:
        """Whether a quoted name may stand in the nominative as it is."""
        name = self.texts[opening + 1]
        return "nomn" in cases(name) or not is_known(name)

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

    def _names_other(self, first: int, stop: int) -> bool:
        """Whether a quotation or Latin name is a work's or a thing's, or no name at all."""
        quoted = self.texts[first] in QUOTES
        if "nomn" not in cases(self.texts[first + quoted]) and self.texts[first + quoted][0].isalpha():
            return False
        before = first - 1
        limit = first - LONGEST_NAME
        while quoted and before > max(1, limit) and (
            self.texts[before] in "и," and self.texts[before - 1] in CLOSING
        ):
            before -= 2
            while before > max(0, limit) and self.texts[before] not in QUOTES:
                before -= 1
            before -= 1
        if before < 0 or not self.joined(first):
            return False
        noun = self.texts[before]
        return is_work(noun) or (quoted and is_undertaking(noun))

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

    def heads(self) -> list[Candidate]:
        """Names that a noun heads."""
        found = []
        for index, word in enumerate(self.texts):
            lemma = head_of(word)
            if lemma and index not in self.blocked:
                phrase = self.phrase(index, lemma)
                if phrase:
                    found.append(phrase)
            elif word in QUOTES and index and index - 1 not in self.blocked:
                stop = self.quoted(index)
                if stop and self._names_other(index, stop):
                    found.append(Candidate(index, stop, other=True))
        return found

    def known(self) -> list[Candidate]:
        """Organizations known everywhere, by their own name."""
        found = []
        for index, word in enumerate(self.texts):
            if not word[0].isupper() or not known_name(word):
                continue
            if index in self.blocked or self._shouted(index):
                continue
            found.append(Candidate(self.country_lead(index), self.place_tail(index + 1)))
        return found

    def sources(self) -> list[Candidate]:
        """Media and companies in Latin letters that a text refers to: сообщает comScore."""
        found = []
        for before, word in enumerate(self.texts):
            if word in REFERRING and self.joined(before + 1):
                name = self.texts[before + 1]
                if LATIN.match(name) and ("." in name or any(map(str.isupper, name))):
                    found.append(Candidate(before + 1, self.latin_run(before + 1)))
        return found

    def repeated(self, kept: Sequence[Candidate], used: set[int]) -> list[Candidate]:
        """Further places of the one-word and quoted names that were found."""
        single, quoted = set(), set()
        for c in kept:
            if c.other or not c.anchored:
                continue
            if self.texts[c.first] in QUOTES:
                quoted.add(self._inner(c.first, c.stop))
            elif c.stop - c.first == 1 and is_capitalised(self.texts[c.first]):
                if not is_common_noun(self.texts[c.first]):
                    single.add(nominative_word(self.texts[c.first]))
        found = []
        beginnings = {name[:2] for name in single}
        for index, word in enumerate(self.texts):
            if (word[:2] not in beginnings and word not in QUOTES) or index in used:
                continue
            if word in QUOTES and quoted:
                stop = self.quoted(index)
                if stop and self._inner(index, stop) in quoted:
                    found.append(Candidate(index, stop))
            elif single and is_capitalised(word) and index not in self.located:
                if nominative_word(word) in single:
                    found.append(Candidate(index, self.place_tail(index + 1)))
        return found

    def _inner(self, first: int, stop: int) -> str:
        return fold(nominative(" ".join(self.texts[first + 1 : stop - 1])))

    def _shouted(self, index: int) -> bool:
        """Whether the words around are in capitals too."""
        around = [
            self.texts[i] for i in (index - 1, index + 1)
            if 0 <= i < len(self.texts) and len(self.texts[i]) > 3
        ]
        return bool(around) and all(word.isupper() for word in around)


def candidates(words: Words, spans: Sequence[Span], blocked: frozenset[int]) -> list[Candidate]:
    """Candidates by position, none over another: of two that overlap the longer one."""
    finder = Finder(words, spans, blocked)
    found = finder.spans() + finder.heads() + finder.known() + finder.sources()
    for candidate in list(found):
        named = candidate.anchored and not candidate.other
        alias = finder.bracketed(candidate.stop) if named else None
        if alias:
            found.append(Candidate(*alias))
    found.sort(key=lambda c: (not c.other, not c.anchored, c.first - c.stop, not c.tagged, c.first))
    used = set(finder.blocked)
    kept = _apart(found, used)
    kept += _apart(finder.repeated(kept, used), used)
    return sorted(kept, key=lambda c: c.first)


def _apart(found: Sequence[Candidate], used: set[int]) -> list[Candidate]:
    """Those candidates that overlap none before them; their words are added to ``used``."""
    kept = []
    for candidate in found:
        place = range(candidate.first, candidate.stop)
        if used.isdisjoint(place):
            used.update(place)
            kept.append(candidate)
    return kept

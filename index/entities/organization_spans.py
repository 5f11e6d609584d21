"""Where an article names organizations: by the tagger, by a noun, by a name known before."""

from collections.abc import Sequence

from index.entities.organization_clues import (
    METONYM_BEGINNINGS,
    is_common_noun,
    is_verb,
    known_name,
)
from index.entities.organization_heads import Candidate
from index.entities.organization_names import nominative, nominative_word
from index.entities.organization_nouns import METONYMS, REFERRING
from index.entities.organization_tags import Tags
from index.entities.organization_words import LATIN, QUOTES, Words, is_capitalised
from index.mentions import Span
from index.morphology import fold


class Finder(Tags):
    """All candidates of one article."""

    def known(self) -> list[Candidate]:
        """Organizations known everywhere, by their own name."""
        found = []
        for index in self.signals:
            if not is_capitalised(self.texts[index]) or not known_name(self.texts[index]):
                continue
            if index in self.blocked or self._shouted(index):
                continue
            found.append(Candidate(self.country_lead(index), self.place_tail(index + 1)))
        return found

    def metonyms(self) -> list[Candidate]:
        """Residences that do what only a body can do: Кремль сообщил."""
        found = []
        for index in self.signals:
            word = self.texts[index]
            if word in METONYM_BEGINNINGS:
                stop = index + (1 if word.lower() in METONYMS else 2)
                name = " ".join(self.texts[index:stop]).lower()
                if name in METONYMS and any(map(is_verb, self.texts[stop : stop + 3])):
                    if self.texts[index - 1 : index] not in (["в"], ["на"], ["через"]):
                        found.append(Candidate(index, stop))
        return found

    def sources(self) -> list[Candidate]:
        """Media and companies in Latin letters that a text refers to: сообщает NewWave."""
        found = []
        for before in self.signals:
            if self.texts[before] in REFERRING and self.joined(before + 1):
                name = self.texts[before + 1]
                if LATIN.match(name) and ("." in name or any(map(str.isupper, name))):
                    found.append(Candidate(before + 1, self.latin_run(before + 1)))
        return found

    def repeated(self, kept: Sequence[Candidate], used: set[int]) -> list[Candidate]:
        """Further places of the one-word and quoted names that were found."""
        single, quoted = set(), []
        for c in kept:
            if c.other or not c.anchored:
                continue
            if self.texts[c.first] in QUOTES:
                quoted.append((c.first, c.stop))
            elif c.stop - c.first == 1 and is_capitalised(self.texts[c.first]):
                if not is_common_noun(self.texts[c.first]):
                    single.add(nominative_word(self.texts[c.first]))
        found = self._quoted_again(quoted, used) if quoted else []
        beginnings = {name[:2] for name in single}
        for index in self.marked if single else ():
            word = self.texts[index]
            if word[:2] not in beginnings or index in used or index in self.located:
                continue
            if is_capitalised(word) and nominative_word(word) in single:
                found.append(Candidate(index, self.place_tail(index + 1)))
        return found

    def _quoted_again(self, names: list[tuple[int, int]], used: set[int]) -> list[Candidate]:
        """Further places of quoted names."""
        places = [i for i in self.signals if self.texts[i] in QUOTES and i not in used]
        stops = [(index, self.quoted(index)) for index in places]
        alike = {fold(self.texts[first + 1][:2]) for first, _ in names}
        again = [
            (index, stop)
            for index, stop in stops
            if stop and fold(self.texts[index + 1][:2]) in alike
        ]
        known = {self._inner(first, stop) for first, stop in names} if again else set()
        return [
            Candidate(index, stop) for index, stop in again if self._inner(index, stop) in known
        ]

    def _inner(self, first: int, stop: int) -> str:
        return fold(nominative(" ".join(self.texts[first + 1 : stop - 1])))

    def _shouted(self, index: int) -> bool:
        """Whether the words around are in capitals too."""
        around = [
            self.texts[i]
            for i in (index - 1, index + 1)
            if 0 <= i < len(self.texts) and len(self.texts[i]) > 3
        ]
        return bool(around) and all(word.isupper() for word in around)


def candidates(words: Words, spans: Sequence[Span], blocked: frozenset[int]) -> list[Candidate]:
    """Candidates by position, none over another: of two that overlap the longer one."""
    finder = Finder(words, spans, blocked)
    found = finder.spans() + finder.heads() + finder.known()
    found += finder.sources() + finder.metonyms()
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

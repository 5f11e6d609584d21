"""Lemmas: the plausible dictionary forms of a word, with their probabilities.

They are what pymorphy2's parses say. Of a word that its dictionary does not know they are found
here from the dictionary's words and endings, without a parse for each reading: a corpus has more
names than words, and indexing asks for nothing else of them.

>>> lemmas("Токаевым")
('токаев',)
>>> lemmas("стали")
('стать', 'сталь')
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from pymorphy2.units.by_analogy import (
    KnownPrefixAnalyzer,
    KnownSuffixAnalyzer,
    UnknownPrefixAnalyzer,
)

from index.morphology import analyzer, fold, holds, looked_up, parses, unit

PLAUSIBLE = 0.02
"""A lemma is plausible from this share of a form's probability on (стали → сталь has 0.025)."""

MOST_LEMMAS = 4
"""Lemmas kept of one form at the most."""

LONGEST_ENDING = 5
"""Letters of the endings that pymorphy2 has counted."""

LONGEST_PREFIX, SHORTEST_KNOWN = 5, 3
"""Letters of a prefix that pymorphy2 does not know, and of the known word after it."""

CACHED_LEMMAS, CACHED_ENDS = 1 << 17, 1 << 14
"""Forms whose lemmas are kept, and ends of unknown words for each step of reading these: some
45 and 65 MB at the most."""

_GUESSED = re.compile("[а-яё]{4,}")
_ANY_START = "\ue000" * 32
"""Stands for what a guessed word begins with, and is longer than any ending."""


_Lemmas = tuple[tuple[str, float], ...]
"""Lemmas with their shares, the likeliest first."""

_Reading = tuple[str, str, int]
"""What tells two readings of a word apart: the known word that it is, its tag and paradigm."""

_Counted = tuple[str, str, int, str, float]
"""A reading by an ending: its word, tag, paradigm, lemma and score."""


@lru_cache(CACHED_LEMMAS)
def weighted_lemmas(form: str) -> _Lemmas:
    """The plausible lemmas of a form, folded, with their probabilities, the likeliest first.

    Probabilities are pymorphy2's P(tag | word), estimated from OpenCorpora, summed over the
    parses of one lemma.
    """
    if form.isdecimal():
        return ((form, 1.0),)
    word = form.lower()
    known = looked_up(word)
    if not known and (guessed := _guessed(word)):
        return guessed
    return _plausible((fold(parse[2]), parse[3]) for parse in known or parses(word))


def lemmas(form: str) -> tuple[str, ...]:
    """The plausible lemmas of a form, folded, the likeliest first."""
    return tuple([lemma for lemma, _ in weighted_lemmas(form)])


def _plausible(readings: Iterable[tuple[str, float]]) -> _Lemmas:
    """The lemmas of readings, each given with its lemma and share."""
    shares: dict[str, float] = {}
    for lemma, share in readings:
        shares[lemma] = shares.get(lemma, 0.0) + share
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    plausible = [item for item in ranked[:MOST_LEMMAS] if item[1] >= PLAUSIBLE]
    return tuple(plausible or ranked[:1])


class _Form(NamedTuple):
    """A form of a paradigm: what to take from its beginning and end, and to put there instead."""

    tag: str
    is_productive: bool
    prefix: int
    suffix: int
    lemma_prefix: str
    lemma_suffix: str

    def lemma(self, word: str) -> str:
        return self.lemma_prefix + word[self.prefix : len(word) - self.suffix] + self.lemma_suffix


@cache
def _form(paradigm: int, index: int) -> _Form:
    forms = analyzer().dictionary.build_paradigm_info(paradigm)
    lemma_prefix, _, lemma_suffix = forms[0]
    prefix, tag, suffix = forms[index]
    productive = tag.is_productive()
    return _Form(
        str(tag), productive, len(prefix), len(suffix), fold(lemma_prefix), fold(lemma_suffix)
    )


def _guessed(word: str) -> _Lemmas:
    """The lemmas of a word in lower case, not in the dictionary, that pymorphy2 would read by its
    end alone; empty for another word.

    It is read after a prefix that pymorphy2 knows. One without is read as a known word after a
    prefix of a few letters, and by its ending. All of that depends on no more than the longest of
    these known words or, where that is longer, the ending: so words that end alike are read
    once."""
    if not _is_guessed(word):
        return ()
    if _splits(word):
        return _lemmas(_readings(word) or ())
    last = _longest_prefix(word)
    first = len(word)
    for n in range(1, last + 1):
        if holds(word[n:]) and _productive(word[n:]):
            first = n
            break
    length, ended = _ending(word[-LONGEST_ENDING:])
    if ended is None or word.startswith(_paradigm_prefixes()):
        return _lemmas(_joined(_prefixed(word, first, last), "", _counted(word)))
    begin = min(first, len(word) - length)
    found = _by_tail(word[begin:], first - begin, last - begin)
    start = fold(word[:begin])
    return tuple([(start + lemma, share) for lemma, share in found])


def _is_guessed(word: str) -> bool:
    shares = analyzer().prob_estimator.p_t_given_w
    return bool(_GUESSED.fullmatch(word)) and not shares.has_keys_with_prefix(f"{word}:")


def _splits(word: str) -> list[tuple[str, str]]:
    """The prefixes that pymorphy2 knows in a word, the longest first, and what follows each."""
    known = unit(KnownPrefixAnalyzer)
    return list(known.possible_splits(word)) if known.get_prefixes(word) else []


def _longest_prefix(word: str) -> int:
    return min(LONGEST_PREFIX, len(word) - SHORTEST_KNOWN)


@lru_cache(CACHED_ENDS)
def _readings(word: str) -> list[_Counted] | None:
    """The readings of a word that can make new words, in pymorphy2's order and with its shares
    for scores; None for a word that is neither known nor read by its end."""
    if known := looked_up(word):
        return [
            (spelt, str(tag), place[0][2], fold(normal), share)
            for spelt, tag, normal, share, place in known
            if tag.is_productive()
        ]
    if not _is_guessed(word):
        return None
    multiplier = unit(KnownPrefixAnalyzer).score_multiplier
    found: dict[_Reading, tuple[str, float]] = {}
    for prefix, rest in _splits(word):
        readings = _readings(rest)
        if readings is None:
            return None
        for known, tag, paradigm, lemma, share in readings:
            reading = prefix + known, tag, paradigm
            found.setdefault(reading, (fold(prefix) + lemma, share * multiplier))
    if found:
        return _shares([(*reading, *scored) for reading, scored in found.items()])
    return _joined(_prefixed(word, 1, _longest_prefix(word)), "", _counted(word)) or None


@lru_cache(CACHED_ENDS)
def _by_tail(tail: str, first: int, last: int) -> _Lemmas:
    """The lemmas of words with this end, less what they begin with: it may be ``first`` to
    ``last`` letters and a known word, and has an ending that is read."""
    length, ended = _ending(tail[-LONGEST_ENDING:])
    start = tail[: len(tail) - length]
    return _lemmas(_joined(_prefixed(tail, first, last), start, ended or ()))


def _prefixed(word: str, first: int, last: int) -> dict[_Reading, str]:
    """The lemma of each reading as a known word after ``first`` to ``last`` letters."""
    found: dict[_Reading, str] = {}
    for n in range(first, last + 1):
        prefix = word[:n]
        for known, tag, paradigm, lemma in _productive(word[n:]) if holds(word[n:]) else ():
            found.setdefault((prefix + known, tag, paradigm), fold(prefix) + lemma)
    return found


def _joined(prefixed: dict[_Reading, str], start: str, ended: Iterable[_Counted]) -> list[_Counted]:
    """The readings of a word with their shares, from those after a prefix and those of its
    ending, which is what follows ``start``."""
    score, folded = unit(UnknownPrefixAnalyzer).score_multiplier, fold(start)
    readings = [(*reading, lemma, score) for reading, lemma in prefixed.items()]
    readings += [
        (start + known, tag, paradigm, folded + lemma, score)
        for known, tag, paradigm, lemma, score in ended
        if not (prefixed and (start + known, tag, paradigm) in prefixed)
    ]
    return _shares(readings)


def _shares(readings: list[_Counted]) -> list[_Counted]:
    """Readings with the shares that their scores are of all."""
    total = sum(score for *_, score in readings)
    return [(*reading, score * (1.0 / total)) for *reading, score in readings]


def _lemmas(readings: Iterable[_Counted]) -> _Lemmas:
    return _plausible((lemma, share) for _, _, _, lemma, share in readings)


@lru_cache(CACHED_ENDS)
def _productive(word: str) -> tuple[tuple[str, str, int, str], ...]:
    """The readings of a known word that can make new words: the word as it is known, its tag,
    paradigm and lemma."""
    loaded = analyzer()
    places = loaded.dictionary.words.similar_items(word, loaded.char_substitutes)
    if not places:
        return ()
    found = ((known, number, _form(number, index)) for known, ns in places for number, index in ns)
    return tuple(
        [
            (known, form.tag, number, form.lemma(fold(word)))
            for known, number, form in found
            if form.is_productive
        ]
    )


@lru_cache(CACHED_ENDS)
def _ending(end: str) -> tuple[int, list[_Counted] | None]:
    """The longest ending of unknown words with this end, LONGEST_ENDING letters of them or all:
    its length and how it is read."""
    length = _longest_ending(0, end)
    return length, _by_ending(end[-length:])


@lru_cache(CACHED_ENDS)
def _by_ending(ending: str) -> list[_Counted] | None:
    """The readings that unknown words have by this ending, less what they begin with; None where
    a lemma does not begin as the word does."""
    found, start = _counted(_ANY_START + ending), len(_ANY_START)
    if not all(lemma.startswith(_ANY_START) for _, _, _, lemma, _ in found):
        return None
    return [(word[start:], tag, n, lemma[start:], score) for word, tag, n, lemma, score in found]


def _counted(word: str) -> list[_Counted]:
    """The readings of an unknown word by its ending, the likeliest first."""
    multiplier = unit(KnownSuffixAnalyzer).score_multiplier
    folded, found = fold(word), {}
    for number, prefix in reversed(list(enumerate(analyzer().dictionary.paradigm_prefixes))):
        if word.startswith(prefix):
            length = _longest_ending(number, word)
            start, forms = word[: len(word) - length], _forms_of_ending(number, word[-length:])
            total = 1 + sum(count for _, count, _, _ in forms)
            for ending, count, paradigm, form in forms:
                reading = start + ending, form.tag, paradigm
                found.setdefault(reading, (form.lemma(folded), count / total * multiplier))
    readings = [(*reading, *lemma) for reading, lemma in found.items()]
    return sorted(readings, key=lambda reading: -reading[-1])


@cache
def _paradigm_prefixes() -> tuple[str, ...]:
    return tuple(filter(None, analyzer().dictionary.paradigm_prefixes))


def _longest_ending(prefix: int, word: str) -> int:
    """The length of the longest ending of a word that those of the dictionary with a paradigm's
    prefix have; 0 for none."""
    for length in range(min(LONGEST_ENDING, len(word)), 0, -1):
        if _forms_of_ending(prefix, word[-length:]):
            return length
    return 0


@lru_cache(CACHED_ENDS)
def _forms_of_ending(prefix: int, ending: str) -> list[tuple[str, int, int, _Form]]:
    """How the dictionary's words with a paradigm's prefix and an ending are read: ending, number,
    paradigm and form of each."""
    loaded = analyzer()
    endings = loaded.dictionary.prediction_suffixes_dawgs[prefix]
    return [
        (ending, count, paradigm, form)
        for ending, places in endings.similar_items(ending, loaded.char_substitutes)
        for count, paradigm, index in places
        if (form := _form(paradigm, index)).is_productive
    ]

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
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pymorphy2.units.by_analogy import (
    KnownPrefixAnalyzer,
    KnownSuffixAnalyzer,
    UnknownPrefixAnalyzer,
)
from pymorphy2.utils import word_splits

from index.morphology import CACHED_FORMS, analyzer, fold, parses, unit

PLAUSIBLE = 0.02
"""A lemma is plausible from this share of a form's probability on (стали → сталь has 0.025)."""

MOST_LEMMAS = 4
"""Lemmas kept of one form at the most."""

LONGEST_ENDING = 5
"""Letters of the endings that pymorphy2 has counted."""

_GUESSED = re.compile("[а-яё]{4,}")
_ANY_START = "\ue000" * 32
"""Stands for what a guessed word begins with, and is longer than any ending."""


@lru_cache(CACHED_FORMS)
def weighted_lemmas(form: str) -> tuple[tuple[str, float], ...]:
    """The plausible lemmas of a form, folded, with their probabilities, the likeliest first.

    Probabilities are pymorphy2's P(tag | word), estimated from OpenCorpora, summed over the
    parses of one lemma.
    """
    if form.isdecimal():
        return ((form, 1.0),)
    shares: dict[str, float] = {}
    for lemma, share in _guessed(form.lower()) or _parsed(form.lower()):
        shares[lemma] = shares.get(lemma, 0.0) + share
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    plausible = [item for item in ranked[:MOST_LEMMAS] if item[1] >= PLAUSIBLE]
    return tuple(plausible or ranked[:1])


def lemmas(form: str) -> tuple[str, ...]:
    """The plausible lemmas of a form, folded, the likeliest first."""
    return tuple([lemma for lemma, _ in weighted_lemmas(form)])


def _parsed(word: str) -> Iterator[tuple[str, float]]:
    for parse in parses(word):
        yield fold(parse.normal_form), parse.score


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


def _guessed(word: str) -> list[tuple[str, float]]:
    """The lemma and the share of each reading of a word in lower case that pymorphy2 would read
    by its end alone, in pymorphy2's order; empty for another word."""
    morph = analyzer()
    if (
        not _GUESSED.fullmatch(word)
        or morph.dictionary.words.similar_keys(word, morph.char_substitutes)
        or any(True for _ in unit(KnownPrefixAnalyzer).possible_splits(word))
        or morph.prob_estimator.p_t_given_w.keys(f"{word}:")
    ):
        return []
    readings = _readings(word)
    total = sum(score for _, score in readings)
    return [(lemma, score * (1.0 / total)) for lemma, score in readings]


def _readings(word: str) -> list[tuple[str, float]]:
    """The lemma and the score of each reading of an unknown word: as a known one after a prefix
    of a few letters, then by its ending."""
    score = unit(UnknownPrefixAnalyzer).score_multiplier
    seen, found = set(), []
    for prefix, rest in word_splits(word):
        for known, tag, paradigm, lemma in _productive(rest):
            reading = prefix + known, tag, paradigm
            if reading not in seen:
                seen.add(reading)
                found.append((fold(prefix) + lemma, score))
    start, ended = word[:-LONGEST_ENDING], _by_ending(word[-LONGEST_ENDING:])
    if ended is None or word.startswith(_paradigm_prefixes()):
        start, ended = "", _counted(word)
    folded = fold(start)
    return found + [
        (folded + lemma, score)
        for known, tag, paradigm, lemma, score in ended
        if not (seen and (start + known, tag, paradigm) in seen)
    ]


@lru_cache(CACHED_FORMS)
def _productive(word: str) -> tuple[tuple[str, str, int, str], ...]:
    """The readings of a known word that can make new words: the word as it is known, its tag,
    paradigm and lemma."""
    places = analyzer().dictionary.words.similar_items(word, analyzer().char_substitutes)
    found = ((known, number, _form(number, index)) for known, ns in places for number, index in ns)
    return tuple(
        (known, form.tag, number, form.lemma(fold(word)))
        for known, number, form in found
        if form.is_productive
    )


@lru_cache(CACHED_FORMS)
def _by_ending(end: str) -> list[tuple[str, str, int, str, float]] | None:
    """The readings that words with this end have by their ending, less what they begin with;
    None where a lemma does not begin as the word does."""
    found, start = _counted(_ANY_START + end), len(_ANY_START)
    if not all(lemma.startswith(_ANY_START) for _, _, _, lemma, _ in found):
        return None
    return [(word[start:], tag, n, lemma[start:], score) for word, tag, n, lemma, score in found]


def _counted(word: str) -> list[tuple[str, str, int, str, float]]:
    """The readings of an unknown word by its ending, the likeliest first: the known word that it
    would be, its tag, paradigm, lemma and score."""
    multiplier = unit(KnownSuffixAnalyzer).score_multiplier
    folded, found = fold(word), {}
    start, end = word[:-LONGEST_ENDING], word[-LONGEST_ENDING:]
    for number, prefix in reversed(list(enumerate(analyzer().dictionary.paradigm_prefixes))):
        if word.startswith(prefix):
            total, forms = _forms_of_ending(number, end)
            for ending, count, paradigm, form in forms:
                reading = start + ending, form.tag, paradigm
                found.setdefault(reading, (form.lemma(folded), count / total * multiplier))
    readings = [(*reading, *lemma) for reading, lemma in found.items()]
    return sorted(readings, key=lambda reading: -reading[-1])


@cache
def _paradigm_prefixes() -> tuple[str, ...]:
    return tuple(filter(None, analyzer().dictionary.paradigm_prefixes))


def _forms_of_ending(prefix: int, end: str) -> tuple[int, list[tuple[str, int, int, _Form]]]:
    """How the dictionary's words with a paradigm's prefix and the longest known part of an
    ending are read: one more than their number; ending, number, paradigm and form of each."""
    endings = analyzer().dictionary.prediction_suffixes_dawgs[prefix]
    for length in range(LONGEST_ENDING, 0, -1):
        forms = [
            (end[:-length] + ending, count, paradigm, _form(paradigm, index))
            for ending, places in endings.similar_items(end[-length:], analyzer().char_substitutes)
            for count, paradigm, index in places
        ]
        if productive := [found for found in forms if found[3].is_productive]:
            return 1 + sum(count for _, count, _, _ in productive), productive
    return 1, []

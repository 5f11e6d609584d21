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


@lru_cache(CACHED_FORMS)
def weighted_lemmas(form: str) -> tuple[tuple[str, float], ...]:
    """The plausible lemmas of a form, folded, with their probabilities, the likeliest first.

    Probabilities are pymorphy2's P(tag | word), estimated from OpenCorpora, summed over the
    parses of one lemma.
    """
    shares: dict[str, float] = {}
    for lemma, share in _guessed(form.lower()) or _parsed(form.lower()):
        shares[lemma] = shares.get(lemma, 0.0) + share
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    plausible = [item for item in ranked[:MOST_LEMMAS] if item[1] >= PLAUSIBLE]
    return tuple(plausible or ranked[:1])


def lemmas(form: str) -> tuple[str, ...]:
    """The plausible lemmas of a form, folded, the likeliest first."""
    return tuple(lemma for lemma, _ in weighted_lemmas(form))


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
    words, substitutes = analyzer().dictionary.words, analyzer().char_substitutes
    folded = fold(word)
    seen, found = set(), []
    multiplier = unit(UnknownPrefixAnalyzer).score_multiplier
    for prefix, rest in word_splits(word):
        for known, places in words.similar_items(rest, substitutes):
            for paradigm, index in places:
                form = _form(paradigm, index)
                reading = prefix + known, form.tag, paradigm
                if form.is_productive and reading not in seen:
                    seen.add(reading)
                    start = len(prefix)
                    found.append((folded[:start] + form.lemma(folded[start:]), multiplier))
    multiplier = unit(KnownSuffixAnalyzer).score_multiplier
    counted = []
    start, end = word[:-LONGEST_ENDING], word[-LONGEST_ENDING:]
    for number, prefix in reversed(list(enumerate(analyzer().dictionary.paradigm_prefixes))):
        if word.startswith(prefix):
            total, forms = _by_ending(number, end)
            for ending, count, paradigm, form in forms:
                reading = start + ending, form.tag, paradigm
                if reading not in seen:
                    seen.add(reading)
                    counted.append((form.lemma(folded), count / total * multiplier))
    return found + sorted(counted, key=lambda item: -item[1])


@lru_cache(CACHED_FORMS)
def _by_ending(prefix: int, end: str) -> tuple[int, list[tuple[str, int, int, _Form]]]:
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

"""Morphology: the one owner of pymorphy2.

pymorphy2 0.9.1 asks for ``inspect.getargspec`` (gone since Python 3.11) and for
``pkg_resources`` (no longer installed since 3.12). Here it gets the argument names from
``inspect.signature`` and its dictionary by path, so that it works on 3.10 and later; the
compiled ``dawg2`` is picked up by pymorphy2 itself where it is installed.

>>> lemmas("Токаевым")
('токаев',)
>>> lemmas("стали")
('стать', 'сталь')
"""

import inspect
import os
from functools import cache, lru_cache
from unicodedata import name

import pymorphy2
import pymorphy2_dicts_ru
from pymorphy2.analyzer import MorphAnalyzer, Parse
from pymorphy2.units.base import BaseAnalyzerUnit

CACHED_FORMS = 1 << 17
"""Distinct forms that are kept parsed in memory (news repeats itself)."""

PLAUSIBLE = 0.02
"""A lemma is plausible from this share of a form's probability on (стали → сталь has 0.025)."""

MOST_LEMMAS = 4
"""Lemmas kept of one form at the most."""

# MorphVocab of natasha loads pymorphy2 by itself and takes the dictionary's path from here.
os.environ.setdefault(MorphAnalyzer.DICT_PATH_ENV_VARIABLE, pymorphy2_dicts_ru.get_path())


def _param_names(cls: type) -> list[str]:
    if cls.__init__ is object.__init__:
        return []
    return sorted(list(inspect.signature(cls.__init__).parameters)[1:])


BaseAnalyzerUnit._get_param_names = classmethod(_param_names)


@cache
def analyzer() -> MorphAnalyzer:
    """The process's pymorphy2 analyzer, loaded at the first call (some 0.2 s)."""
    return pymorphy2.MorphAnalyzer(path=pymorphy2_dicts_ru.get_path())


@lru_cache(CACHED_FORMS)
def parses(form: str) -> tuple[Parse, ...]:
    """All parses of a form, at least one, the most probable first (pymorphy2's own order)."""
    try:
        return tuple(analyzer().parse(form))
    except ValueError:  # pymorphy2 asks each letter for its Unicode name, and some have none
        return tuple(analyzer().parse("".join(c if name(c, "") else "\ufffd" for c in form)))


def fold(word: str) -> str:
    """The word in lower case with ё as е: how words are compared everywhere.

    >>> fold("Соловьёв")
    'соловьев'
    """
    return word.lower().replace("ё", "е")


def is_known(word: str) -> bool:
    """Whether the dictionary holds the word (in lower case, with ё or е)."""
    return analyzer().word_is_known(word.lower())


@lru_cache(CACHED_FORMS)
def weighted_lemmas(form: str) -> tuple[tuple[str, float], ...]:
    """The plausible lemmas of a form, folded, with their probabilities, the likeliest first.

    Probabilities are pymorphy2's P(tag | word), estimated from OpenCorpora, summed over the
    parses of one lemma.
    """
    shares: dict[str, float] = {}
    for parse in parses(form.lower()):
        lemma = fold(parse.normal_form)
        shares[lemma] = shares.get(lemma, 0.0) + parse.score
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    plausible = [item for item in ranked[:MOST_LEMMAS] if item[1] >= PLAUSIBLE]
    return tuple(plausible or ranked[:1])


def lemmas(form: str) -> tuple[str, ...]:
    """The plausible lemmas of a form, folded, the likeliest first."""
    return tuple(lemma for lemma, _ in weighted_lemmas(form))
